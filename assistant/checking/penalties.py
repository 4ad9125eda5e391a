"""Whether a single fine, multiple or number of days that a draft sets lies within what the cited
articles allow."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.checking.reading import Cited, Draft, part_of
from assistant.checking.segments import Place, clause_at, cue
from assistant.checking.types import Finding, Verdict
from corpus.key import short_title
from corpus.language import fold, names_item, to_int
from corpus.splitting import find_part
from corpus.statutes import in_marks

_DIGITS = "0-9零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟"
_NUMBER = rf"[{_DIGITS}][{_DIGITS},，.]*(?:[万亿][{_DIGITS}]*)*"
_MONEY = rf"(?:人民币)?[¥￥]?(?P<{{}}>{_NUMBER})元(?!以)整?"
_SUM = r"(?:\s*[（(][^（）()]{0,24}[）)])?"
#: 「处五万元罚款」「罚款人民币伍万元整（¥50000元）」「拘留五日」「处违法所得三倍的罚款」
_PENALTY = re.compile(
    rf"{_MONEY.format('fine')}{_SUM}(?:人民币)?的?(?:行政)?罚款(?!数额|幅度|标准|上限|下限)"
    rf"|罚款?(?:金额|数额)?(?:共计|计|为|是|了|[：:])?{_MONEY.format('fined')}"
    rf"|拘留(?:处罚)?(?P<held>{_NUMBER})[日天](?!以)"
    rf"|(?P<days>{_NUMBER})[日天]的?(?:行政)?拘留"
    rf"|(?P<times>{_NUMBER})倍(?!以)的?罚款"
)
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟〇", "一二三四五六七八九十百千零")
_SCALES = {"亿": 100_000_000.0, "万": 10_000.0}
#: What is the end of a range, or a bound, is no single amount.
_WITHIN = re.compile(
    r"(?:以上|以下|不满|不足|最高|最多|超过|不低于|不少于|至少|上限为?|下限为?|[至到~—～-])\s*$"
)
_RANGE = re.compile(
    rf"(?:(?P<low>{_NUMBER})(?P<low_unit>元|日|倍)?以上)?(?P<high>{_NUMBER})(?P<unit>元|日|倍)(?P<bound>以下)?"
)
_FORMS = {"元": "罚款", "日": "拘留", "倍": "罚款"}
#: A fine that is so much for each day, piece or share of a value is compared with no sum, nor one
#: that another article sets.
_PER = re.compile(
    r"每[日天立平吨件台辆只头株人亩米套名户处次]|按日|倍[^，。；]{0,8}罚款|百分之[^，。；]{0,16}罚款"
    r"|依照[^，。；]{0,30}规定[^，。；]{0,4}处罚"
)
#: Several fines in one, or one that grows by the day.
_SUMMED = re.compile(r"合计|共计|总计|累计|合并|加处|按日|每日|每天|连续处罚|之和|分别")
_MITIGATED = re.compile(
    r"(?<!无从轻、)(?<!无)(?<!没有)(?<!不具有)(?<!从轻或者)减轻(?:行政)?处罚|减轻情节"
)
_ITEMS = re.compile("[；。\\n]")
#: A range of its own for what few are about: 「其中，污染物为……的，罚款数额为……」.
_SPECIAL = re.compile(r"^其中，[^，。]*?([^，。]{2})的，")
_OPENS = re.compile(r"[：:]\s*$")
#: A list begins so few lines above.
_ABOVE = 4


@dataclass(frozen=True, slots=True)
class _Range:
    """What an article allows: from ``low`` to ``high``, in its own words."""

    low: float
    high: float
    unit: str
    words: str


def judge_penalties(draft: Draft) -> Iterator[Finding]:
    """A finding for every single fine, multiple or number of days of detention that is imposed:
    within a range of the cited articles, outside of all, or not to be compared."""
    if not draft.cited:
        return
    for match in _PENALTY.finditer(draft.text):
        group = next(name for name, text in match.groupdict().items() if text)
        value = _value(match[group])
        clause = draft.text[slice(*clause_at(draft.text, match.start()))]
        is_hidden = any(q.start <= match.start() < q.end for q in draft.quotations)
        is_bound = _WITHIN.search(draft.text[: match.start(group)][-8:]) is not None
        if value is None or is_hidden or is_bound or cue("told_of_before", clause):
            continue
        unit = {"held": "日", "days": "日", "times": "倍"}.get(group, "元")
        yield _judge(draft, match.span(group), value, unit)


def _judge(draft: Draft, span: tuple[int, int], value: float, unit: str) -> Finding:
    start, end = span[0], span[1] + 1  # with its unit
    nearest: Place | None = None
    for cited in _cited_for(draft, start):
        pieces = [(place, _spoken_of(draft.text, _pieces(place, item))) for place, item in cited]
        if fitting := [p for p, texts in pieces if _fits(value, unit, texts)]:
            return _finding(draft, start, end, Verdict.STANDS, "的幅度里有这个数。", fitting[0])
        held = [(p, r) for p, texts in pieces for r in _ranges_of(texts) if r.unit == unit]
        others = [p for p, texts in pieces if any(_PER.search(text) for text in texts)]
        if held or others:
            is_of_others = bool(others) and (unit == "元" or not held)
            why = _why_not(draft, start, value, unit, [] if is_of_others else [r for _, r in held])
            place = others[0] if is_of_others else held[0][0]
            if why:
                return _finding(draft, start, end, Verdict.NOT_COMPARED, why, place)
            own = "、".join(dict.fromkeys(r.words for p, r in held if p is place))
            says = f"的{_FORMS[unit]}是{own}，没有{draft.text[start:end]}。"
            return _finding(draft, start, end, Verdict.FIGURE, says, place)
        nearest = nearest or cited[0][0]
    says = f"没有写{_FORMS[unit]}的数额，这个数没有核对。"
    return _finding(draft, start, end, Verdict.NOT_COMPARED, says, nearest)


def _why_not(draft: Draft, at: int, value: float, unit: str, held: Sequence[_Range]) -> str:
    """Why a number outside of the ranges ``held`` isn't said to be wrong; empty where it is."""
    if not held:
        return f"的{_FORMS[unit]}按别的单位计算或者由别的条文规定，这个数没有核对。"
    if _SUMMED.search(draft.text[slice(*draft.sentence_at(at))]):
        return "，稿子写的是几笔合起来或者按日计算的数，没有核对。"
    if value < min(r.low for r in held) and _MITIGATED.search(draft.text):
        return f"的{_FORMS[unit]}没有这么低，稿子说了减轻处罚，够不够减轻没有核对。"
    return ""


def _spoken_of(draft: str, texts: Sequence[str]) -> list[str]:
    """The sentences without those for a case of which the draft says nothing."""
    special = [(text, _SPECIAL.match(text)) for text in texts]
    return [text for text, match in special if not match or match[1] in draft]


def _fits(value: float, unit: str, texts: Sequence[str]) -> bool:
    return any(r.unit == unit and r.low <= value <= r.high for r in _ranges_of(texts))


def _finding(
    draft: Draft, start: int, end: int, verdict: Verdict, says: str, place: Place | None
) -> Finding:
    text = draft.text[start:end]
    if place is None:
        says = "前后没有引写明幅度的条文，这个数没有核对。"
        return Finding(verdict, start, end, text, says)
    document, article, part = place
    told = f"{in_marks(short_title(document.title))}{article.label}{says}"
    source = article.text[slice(*part)] if verdict is not Verdict.STANDS else ""
    keys = (article.key,)
    return Finding(verdict, start, end, text, told, document.title, keys, article.label, source)


def _cited_for(draft: Draft, at: int) -> Iterator[list[tuple[Place, int | None]]]:
    """The articles that a penalty may be by, the likeliest first: cited last before it in the
    sentence, elsewhere in it, in the line, above the list that it stands in."""
    sentence, line = draft.sentence_at(at), draft.line_at(at)
    before = [c for c in draft.within((sentence[0], at)) if c.citation.places]
    near = [c for c in before if not before or c.start >= before[-1].start]
    groups = [near, draft.within(sentence), draft.within(line), _above(draft, line[0])]
    for group in groups:
        if found := [placed for cited in group for placed in _places(draft, cited)]:
            yield found


def _above(draft: Draft, start: int) -> Sequence[Cited]:
    for _ in range(_ABOVE):
        if start <= 0:
            return ()
        line = draft.line_at(start - 1)
        if _OPENS.search(draft.text[slice(*line)]):
            return draft.within(line)
        start = line[0]
    return ()


def _places(draft: Draft, cited: Cited) -> Iterator[tuple[Place, int | None]]:
    """Each article with the 款 that is named, where that sets an amount, and the 项."""
    for place, (document, article) in draft.places_of(cited):
        part = part_of(document, article, replace(place, item=None))
        if place.item and place.paragraph is None:
            part = find_part(article, document.collection, None, None)
        whole = (0, len(article.text))
        chosen = part if part and _ranges(article.text[slice(*part)]) else whole
        yield (document, article, chosen), place.item


def _pieces(place: Place, item: int | None) -> list[str]:
    """The sentences of the part; of those that say for which 项 they are, the one of ``item``."""
    pieces = _ITEMS.split(place[1].text[slice(*place[2])])
    if item is None:
        return pieces
    own = [p for p in pieces if names_item(p, item) or not cue("names_items", p)]
    return own if _ranges_of(own) else pieces


def _ranges_of(texts: Sequence[str]) -> list[_Range]:
    return [found for text in texts for found in _ranges(text)]


@lru_cache(maxsize=4096)
def _ranges(text: str) -> tuple[_Range, ...]:
    """The ranges of fines and of days of detention in a sentence of an article."""
    found = []
    for match in _RANGE.finditer(text):
        unit = match["unit"]
        is_one = not match["low"] and not match["bound"]
        clause = text[slice(*clause_at(text, match.start()))]
        behind = text[match.end() : match.end() + 12]
        form = "拘留" if unit == "日" else "罚款"
        if form not in clause and "罚款数额" not in text[: match.start()]:
            continue
        if is_one and not behind.lstrip("的").startswith(form):
            continue
        if _PER.search(text[max(0, match.start() - 10) : match.start()]):
            continue
        high = _value(match["high"])
        low = _value(match["low"]) if match["low"] else None
        if high is not None:
            least = low if low is not None else (high if is_one else 0.0)
            found.append(_Range(least, high, unit, match[0]))
    return tuple(found)


def _value(text: str) -> float | None:
    """「伍万」「50,000」「5.5万」「二十五万六千」 as a number; None where it is none."""
    rest = fold(text).translate(_CAPITALS).replace(",", "")
    total = 0.0
    for sign, scale in _SCALES.items():
        head, found, tail = rest.partition(sign)
        if found:
            share = _number(head)
            if share is None:
                return None
            total, rest = total + share * scale, tail
    last = _number(rest) if rest else 0.0
    return None if last is None else total + last


def _number(text: str) -> float | None:
    try:
        return float(text) if text[:1].isdigit() and text.isascii() else float(to_int(text))
    except ValueError:
        return None
