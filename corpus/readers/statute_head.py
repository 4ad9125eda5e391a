"""What the head of a statute says: title, issuer, days of adoption and of taking effect.

（2019年11月29日山东省第十三届人民代表大会常务委员会第十五次会议通过　根据…《关于…》修正）
2021年1月24日 中华人民共和国国务院令第736号公布
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.language import strip_stray_spaces, to_int

_DATE = re.compile(
    r"([12]\d{3}|[一二][〇零○一二三四五六七八九]{3})\s*年\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
#: How far behind its date an act is named.
_REACH = 120
#: A head is short; a longer text above the first article is a preface.
_MAX_HEAD = 20_000
_QUOTED = re.compile(r"《[^《》]*》")
_ACT = re.compile(r"(通过|修订|修正|修改|公布|发布|颁布|批准)|(?:起|\s|^)(施行|实施)")
_PUBLISHED = ("公布", "发布", "颁布")
_IN_FORCE = re.compile(rf"自\s*{_DATE.pattern}\s*(?:起|开始)\s*(?:施行|实施|执行|生效)")
_FROM_PUBLICATION = re.compile(r"自(?:公布|发布|颁布|印发)之日起(?:施行|实施|执行|生效)")
_CONGRESS = re.compile(
    r"([\u4e00-\u9fff]{1,14}?[省市县区州盟旗])?第?[零一二三四五六七八九十百\d]{1,6}届(全国)?"
    r"(人民代表大会(?:常务委员会)?)"
)
_STATE_COUNCIL = re.compile(r"国务院(?:令|公布|发布|第.{1,6}次常务会议)")
_OFFICE = re.compile(
    r"([\u4e00-\u9fff]{1,20}?(?:部|委员会|总局|局|厅|署|院|银行|人民政府))(?:令|公告|第.{1,6}号令)"
)
#: Whose plan it is: 济南市生态环境局2026年工作要点.
_PLANNER = re.compile(
    r"([\u4e00-\u9fff]{2,20}?(?:生态环境[局厅]|环境保护[局厅]|环保局|人民政府办公[厅室]|人民政府|委员会))"
)
#: A head is so many lines; a line with the day of issue is no longer than this.
_HEAD_LINES = 4
_SHORT = 40
_LEAD_IN = re.compile(r"^(?:经|由|以|和|已于|并)+")
_COUNTRY = "中华人民共和国"
_TITLE = re.compile(
    r"(?:法|条例|办法|规定|规则|细则|决定|决议|章程|规程|规范|准则|标准|制度|守则|公约|解释)"
    r"(?:[（(][^（）()]{2,12}[）)])?$"
)
_NO_TITLE = re.compile(r"[。；，：]|^[（(]|^\d{4}年")


@dataclass(frozen=True, slots=True)
class StatuteHead:
    """What was found; None and "" for what the text does not say."""

    adopted: date | None
    effective: date | None
    issuer: str


@dataclass(frozen=True, slots=True)
class _Act:
    """An act named in the head: 「2021年1月24日 中华人民共和国国务院令第736号公布」."""

    day: date
    name: str
    body: str


def read_head(lines: Sequence[str], closing: str) -> StatuteHead:
    """Read the lines above the articles, and the text of the last articles, the last one first.

    ``adopted`` is the latest day on which the text was passed, approved, published or amended.
    Where it is in force 「自公布之日起」, that is the first day of publication named, else the
    latest day of adoption.
    """
    text = _normal("\n".join(lines)[-_MAX_HEAD:])
    acts = list(_acts(text))
    passed = [act for act in acts if act.name not in ("施行", "实施")]
    adopted = max((act.day for act in passed), default=None)
    begun = [act.day for act in acts if act.name in ("施行", "实施")]
    effective = _effective(_normal(closing)) or _effective(text) or next(iter(begun), None)
    if effective is None and _FROM_PUBLICATION.search(_normal(closing) + text):
        published = [act.day for act in passed if act.name in _PUBLISHED]
        effective = min(published) if published else adopted
    return StatuteHead(adopted, effective, _issuer(passed, text))


def read_policy_head(title: str, lines: Sequence[str]) -> StatuteHead:
    """What the head and the end of a plan say: whose it is, and the day on which it was issued.

    The issuer is read from the title, else from a line at either end; the day from one of the
    first lines, or from one at the end that is nothing but a date.
    """
    ends = [_normal(line) for line in (*lines[:_HEAD_LINES], *lines[-_HEAD_LINES:])]
    named = (m for text in (_normal(title), *ends) if (m := _PLANNER.match(text)))
    issuer = next((match[1] for match in named), "")
    dated = [m for line in ends[:_HEAD_LINES] if len(line) <= _SHORT for m in _DATE.finditer(line)]
    dated += [m for line in ends if (m := _DATE.fullmatch(line.strip("（）()")))]
    return StatuteHead(next((day for m in dated if (day := _day(m))), None), None, issuer)


def title_line(lines: Sequence[str]) -> str:
    """The line nearest to the articles that reads like a statute's title, or ""."""
    named = [line for line in lines if _TITLE.search(line) and not _NO_TITLE.search(line)]
    return next((line for line in reversed(named) if len(line) <= 60), "")


def _normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).replace("○", "〇")
    return "\n".join(strip_stray_spaces(line) for line in folded.split("\n"))


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(to_int(match[1].replace("○", "〇")), to_int(match[2]), to_int(match[3]))
    except ValueError:
        return None


def _acts(text: str) -> Iterator[_Act]:
    """Every date of the head with the act that follows it; a date that stands alone signs."""
    plain = _QUOTED.sub("", text)
    dates = list(_DATE.finditer(plain))
    for index, match in enumerate(dates):
        end = dates[index + 1].start() if index + 1 < len(dates) else len(plain)
        body = plain[match.end() : min(end, match.end() + _REACH)]
        day, act = _day(match), _ACT.search(body)
        line = plain[plain.rfind("\n", 0, match.start()) + 1 : end].split("\n")[0]
        if day and line.strip() == match[0].strip() and _is_order(plain[: match.start()]):
            yield _Act(day, "公布", plain[: match.start()])
        elif day and act:
            yield _Act(day, act[1] or act[2], body)


def _is_order(text: str) -> bool:
    """An order of promulgation ends with the day of its signature."""
    return "令" in text and any(word in text for word in _PUBLISHED)


def _effective(text: str) -> date | None:
    match = _IN_FORCE.search(text)
    return _day(match) if match else None


def _issuer(acts: Sequence[_Act], text: str) -> str:
    """Who passed or published the latest version; who approved it is not the issuer."""
    own = sorted((act for act in acts if act.name != "批准"), key=lambda act: act.day)
    for body in (*(act.body for act in reversed(own)), text):
        if name := _body_name(body):
            return name
    return ""


def _body_name(text: str) -> str:
    if match := _CONGRESS.search(text):
        area = "全国" if match[2] else _LEAD_IN.sub("", match[1] or "")
        return area + match[3] if area else ""
    if _STATE_COUNCIL.search(text):
        return "国务院"
    if match := _OFFICE.search(text):
        return _LEAD_IN.sub("", match[1]).removeprefix(_COUNTRY)
    return ""
