"""How Chinese cites: 「《…法》第…条第…款第（…）项」 → structured references, and back."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.key import Key
from corpus.language.numerals import NUMBER_PATTERN, to_chinese, to_int
from corpus.language.text import fold

_N = NUMBER_PATTERN
_INSIDE = r"\s*(?:(?:的|中的?|里的?|里面的?)(?=\s*第))?\s*"
#: 「第9条六项处罚」 counts the items, 「第9条六项」 names one.
_ITEM = (
    rf"(?:第[(]?(?P<item>{_N})[)]?项|[(](?P<marked_item>{_N})[)]项?"
    rf"|(?P<bare_item>{_N})项(?=\s*(?:$|[,。?!;的说怎规和与])))"
)
_ARTICLE = re.compile(
    rf"(?:第\s*(?P<number>{_N})\s*条|(?<![0-9.第])(?P<bare>[0-9]{{1,4}})\s*条(?!款|目标|措施|建议|河)"
    rf"|(?<=[法典例》到至跟和与、])(?P<spoken>[一二三四五六七八九十百千零]{{2,}})条(?!措施|目标|建议|河|禁令|意见)"
    rf"|(?<=[0-9条][跟和与、])(?P<also_only>[0-9]{{1,4}})(?=\s*(?:$|[,。?!;的分各]))"
    rf"|(?<=[法典》])\s*(?P<number_only>[0-9]{{1,4}})(?=\s*(?:$|[,。?!、;的和与跟是怎咋写讲说])))"
    rf"(?:之(?P<suffix>[一二三四五六七八九十]))?"
    rf"(?:{_INSIDE}(?:第|(?<=条))(?P<paragraph>{_N})款)?"
    rf"(?:{_INSIDE}{_ITEM})?"
)
#: 「……第(二)项、第(三)项」: more of the same article.
_MORE_ITEMS = re.compile(rf"\s*[、和与及或,]\s*(?:第[(]?(?P<item>{_N})[)]?项)")
#: What the title of a text ends with; what else stands in 《》 (许可证, 决定书) is no text.
_TEXT = re.compile(
    r"(?:法|法典|条例|办法|规定|规则|细则|标准|名录|目录|通知|意见|决定|规范|指南|规划|方案|解释|准则"
    r"|清单|公告|通告|令|纲要|导则|批复|计划|总结|报告|部署|公报|部分)(?:[（(][^）)]*[）)])?[0-9—-]*$"
)
_QUOTED = re.compile(r"《([^《》]{2,60})》")
_LINK = re.compile(r"^\s*(?:、|和|跟|与|及|以及|或者?|,)?\s*$")
_UNNAMED = re.compile(r"[\u4e00-\u9fff]{2,24}?(?:条例|办法|规定|细则|规则|法)\s*$")
_LEAD_IN = re.compile(r"^(?:请问|查一下|看看|根据|按照|依据|依照|违反|那么|那|在|按|和|与)+")
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff]")
_OWN_TITLES = ("本法", "本条例", "本办法", "本规定", "本法典")
_CONNECTIVES = "和与按依照据查看问是在对的了及由按用把违反适"
#: 「水污染防治法律法规」「大气污染防治法治」 name no statute.
_GOES_ON = re.compile("(?<=法)(?:律|规|院|官|庭|治|学|制|案|人|定)")
_OTHER_PARAGRAPH = re.compile(r"前款|第[一二三四五]款")
_ITEMS_SPOKEN = re.compile(r"(?:第[一二三四五六七八九十]+项(?:至|、|和|或者)?)+")
_ITEM_RANGE = re.compile(r"第([一二三四五六七八九十]+)项(?:至第([一二三四五六七八九十]+)项)?")
_RANGE = re.compile(r"^\s*(?:至|到|-|—|~)\s*第?$")


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited place. ``title`` is None where none was named; ``known`` tells whether we have it,
    ``is_assumed`` that it was not named but taken for meant.

    ``start`` and ``end`` are offsets in the folded text.
    """

    title: str | None
    article: int | None = None
    suffix: str = ""
    paragraph: int | None = None
    item: int | None = None
    last_article: int | None = None
    known: bool = True
    is_assumed: bool = False
    start: int = 0
    end: int = 0

    @property
    def key(self) -> str | None:
        """The citation key, where title and article are named."""
        if self.title is None or self.article is None:
            return None
        return str(Key(self.title, "#", f"{self.article}{self.suffix}"))


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A title at ``[start:end]`` of a folded text; ``known``: whether it is one of the names."""

    start: int
    end: int
    title: str
    known: bool


def parse_references(text: str, names: Mapping[str, str]) -> list[Reference]:
    """Find all references; ``names`` maps the folded names that statutes go by to their titles.

    A title without an article is a reference of its own; an article takes the title that stands
    before it, in a list (第三条、第五条) that of the article before.
    """
    folded = fold(text)
    titles = find_titles(folded, names)
    found: list[Reference] = []
    used: set[int] = set()
    title: TitleFound | None = None
    previous_end = 0
    for match in _ARTICLE.finditer(folded):
        before = [n for n in titles if previous_end <= n.start and n.end <= match.start()]
        if before:
            title = before[-1]
            used.add(title.start)
        gap = folded[previous_end : match.start()]
        if not before and (unknown := _unknown_name(gap, previous_end)):
            before, title = [unknown], unknown
        if found and not before and _RANGE.match(gap) and found[-1].article is not None:
            found[-1] = replace(found[-1], last_article=_number(match), end=match.end())
        else:
            linked = bool(before) or (bool(found) and bool(_LINK.match(gap)))
            reference = _reference(match, title if linked else None)
            found += [reference, *_more_items(folded, reference)]
        previous_end = max(match.end(), found[-1].end)
    found += [
        Reference(n.title, known=n.known, start=n.start, end=n.end)
        for n in titles
        if n.start not in used
    ]
    return sorted(found, key=lambda r: r.start)


def expand_ranges(references: Iterable[Reference], limit: int) -> Iterator[Reference]:
    """Each article of a range as a reference of its own, at most ``limit`` of each range."""
    for reference in references:
        last = reference.last_article
        if reference.article is None or last is None or last < reference.article:
            yield reference
            continue
        for number in range(reference.article, min(last, reference.article + limit - 1) + 1):
            yield replace(reference, article=number, last_article=None)


def cross_references(text: str, title: str, names: Mapping[str, str]) -> list[Reference]:
    """The articles that an article of ``title`` points to, with offsets in ``text``.

    「本法」 and an article without a title mean ``title`` itself; 「前款」 and 「本条」 stay inside
    the article and are left out. Empty where folding would move the offsets.
    """
    if len(fold(text)) != len(text):
        return []
    own = dict.fromkeys(_OWN_TITLES, title)
    found = parse_references(text, {**names, **own})
    return [
        replace(reference, title=reference.title or title)
        for reference in _side_by_side(text, found)
        if reference.article is not None and reference.known
    ]


def _side_by_side(text: str, references: Iterable[Reference]) -> Iterator[Reference]:
    """Those of a list under one title (本法第三条、第五条), each but the first from its own number
    on, so that none covers another."""
    taken = 0
    for reference in references:
        number = _ARTICLE.search(fold(text), taken) if reference.start < taken else None
        yield replace(reference, start=number.start()) if number else reference
        taken = max(taken, reference.end)


def _unknown_name(gap: str, offset: int) -> TitleFound | None:
    """A title that we do not have, written without 《》 right before an article."""
    match = _UNNAMED.search(gap)
    if not match:
        return None
    name = _LEAD_IN.sub("", match[0].strip())
    if name in (*_OWN_TITLES, "该法", "此法", "该条例") or len(name) < 3:
        return None
    return TitleFound(offset + match.end() - len(name), offset + match.end(), name, False)


def _number(match: re.Match[str]) -> int:
    named = ("number", "bare", "spoken", "number_only", "also_only")
    return to_int(next(match[name] for name in named if match[name]))


def _reference(match: re.Match[str], title: TitleFound | None) -> Reference:
    item = match["item"] or match["marked_item"] or match["bare_item"]
    return Reference(
        title=title.title if title else None,
        article=_number(match),
        suffix=f"之{match['suffix']}" if match["suffix"] else "",
        paragraph=to_int(match["paragraph"]) if match["paragraph"] else None,
        item=to_int(item) if item else None,
        known=title.known if title else True,
        start=title.start if title else match.start(),
        end=match.end(),
    )


def _more_items(folded: str, first: Reference) -> Iterator[Reference]:
    """The further 项 of the article that are listed behind its first one."""
    end = first.end
    while first.item is not None and (match := _MORE_ITEMS.match(folded, end)):
        end = match.end()
        yield replace(first, item=to_int(match["item"]), start=match.start("item"), end=end)


def find_titles(folded: str, names: Mapping[str, str]) -> list[TitleFound]:
    """Every title in 《》 and every known name outside, longest first, in the order of the text."""
    found: list[TitleFound] = []
    taken = [False] * len(folded)
    for match in _QUOTED.finditer(folded):
        title = names.get(match[1])
        if title or _TEXT.search(match[1]):
            found.append(
                TitleFound(match.start(), match.end(), title or match[1], title is not None)
            )
        taken[match.start() : match.end()] = [True] * (match.end() - match.start())
    for name in sorted(names, key=len, reverse=True):
        start = folded.find(name)
        while start >= 0:
            end = start + len(name)
            is_free = not any(taken[start:end]) and not _GOES_ON.match(folded, end)
            if is_free and _stands_alone(folded, start, name):
                found.append(TitleFound(start, end, names[name], True))
                taken[start:end] = [True] * len(name)
            start = folded.find(name, end)
    return sorted(found, key=lambda n: n.start)


def _stands_alone(folded: str, start: int, name: str) -> bool:
    """A name of two characters (水法) inside another word (节水法规) is not that name."""
    before = folded[start - 1 : start]
    return (
        name in _OWN_TITLES
        or len(name) > 2
        or not _HAN_BEFORE.match(before)
        or before in _CONNECTIVES
    )


def ordinal(number: int) -> str:
    """In Chinese, as far as statutes count; a number that no statute has as it was written."""
    return to_chinese(number) if 0 < number < 10_000 else str(number)


def format_reference(reference: Reference) -> str:
    """Write a reference as a document does: 《…》第一百七十六条第一款第（二）项."""
    text = f"《{reference.title}》" if reference.title else ""
    if reference.article is not None:
        text += f"第{ordinal(reference.article)}条{reference.suffix}"
    if reference.last_article is not None:
        text += f"至第{ordinal(reference.last_article)}条"
    if reference.paragraph is not None:
        text += f"第{ordinal(reference.paragraph)}款"
    if reference.item is not None:
        text += f"第（{ordinal(reference.item)}）项"
    return text


def names_item(clause: str, number: int) -> bool:
    """Whether a clause speaks of another 款 and its item ``number`` (or a range with it):
    「有前款第一项至第三项情形之一的」."""
    if not _OTHER_PARAGRAPH.search(clause):
        return False
    spoken = _ITEMS_SPOKEN.search(clause)
    pairs = _ITEM_RANGE.findall(spoken[0]) if spoken else []
    return any(to_int(first) <= number <= to_int(last or first) for first, last in pairs)
