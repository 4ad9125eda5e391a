"""The signs by which a draft cites: titles, the names that it gives them, 条, 款 and 项."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.language.numerals import NUMBER_PATTERN, to_int
from corpus.language.references import TitleFound, find_titles

_N = NUMBER_PATTERN
_ONE = rf"[(]?{_N}[)]?"
_AND = r"\s*(?:[、和及与或至到—~-]|以及|或者)+\s*"
_LEVEL = re.compile(
    rf"第\s*(?P<numbers>{_ONE}(?:{_AND}第?\s*{_ONE}){{0,60}})\s*(?P<level>条|款|项|目)"
    rf"(?:之(?P<suffix>{_N})(?![0-9]))?"
    rf"|(?P<marked>[(]{_N}[)](?:{_AND}[(]{_N}[)]){{0,60}})\s*项?"
    r"|(?<=[法典例定则》])\s*(?P<bare>[0-9]{1,4})\s*条"
)
_PIECE = re.compile(rf"(?P<to>[至到—~-]+)?\s*第?\s*[(]?(?P<number>{_N})[)]?")
_DEFINED = re.compile(
    r"\s*[(](?:[^()]{0,20}[,;])?以下(?:统称|合称|简称|称)(?:为|:)?\s*[“\"「《]*([^”\"」》()]{1,20}?)[”\"」》]*[)]"
)
OWN_ARTICLE = re.compile(
    rf"^[ \t\u3000]*第({_N})条(?:之{_N})?(?=[ \u3000\t:(]|[\u4e00-\u9fff])", re.M
)
#: Only these have articles to lean on.
#: A name right before an article is one, whatever stands before it (属法典第三条).
_BEFORE_ARTICLE = re.compile(
    rf"([\u4e00-\u9fff]{{2,20}}?)(?=[^\S\n]*+(?:的|中)?+[^\S\n]*+第?+[^\S\n]*+{_N}[^\S\n]*+条)"
)
_UNNAMED = re.compile(r"[\u4e00-\u9fff]{2,24}?(?:条例|办法|规定|细则|规则|法)\s*$")
_LEAD_IN = re.compile(r"^.*?(?:根据|按照|依据|依照|违反|适用|参照|符合|执行|和|与|及|以及|或者)")
#: What a text that is cited may be, by the end of its name.
KIND = "法典|法律|法|条例|办法|规定|标准|规则|细则|准则|决定|意见|通知|方案|解释"
LONGEST_RANGE = 60
_LEAST_OWN = 3


@dataclass(frozen=True, slots=True)
class Level:
    """A 条, 款 or 项 as it stands: its numbers, whether it ends in one."""

    start: int
    end: int
    kind: str
    numbers: tuple[int, ...]
    suffix: str = ""


def find_levels(folded: str) -> Iterator[Level]:
    """Every 条, 款 and 项 of a folded text that has a number."""
    for match in _LEVEL.finditer(folded):
        numbers = tuple(_numbers(match["numbers"] or match["marked"] or match["bare"]))
        if numbers and 0 not in numbers:
            kind = match["level"] or ("条" if match["bare"] else "项")
            suffix = f"之{match['suffix']}" if match["suffix"] else ""
            yield Level(match.start(), match.end(), kind, numbers, suffix)


def _numbers(text: str) -> Iterator[int]:
    """「十一、十二」 → 11, 12; 「三至五」 → 3, 4, 5."""
    last = 0
    for match in _PIECE.finditer(text):
        number = _int(match["number"])
        if match["to"] and last:
            yield from range(last + 1, min(number, last + LONGEST_RANGE))
        yield number
        last = number


def _int(text: str) -> int:
    try:
        return to_int(text)
    except ValueError:
        return 0


def find_named(folded: str, names: Mapping[str, str]) -> list[TitleFound]:
    """Every title, with what the text says that it goes by from there on."""
    found = [*find_titles(folded, names)]
    taken = [(t.start, t.end) for t in found]
    for match in _BEFORE_ARTICLE.finditer(folded):
        name = next((match[1][i:] for i in range(len(match[1]) - 1) if match[1][i:] in names), "")
        start = match.end(1) - len(name)
        if name and not any(s < match.end(1) and start < e for s, e in taken):
            found.append(TitleFound(start, match.end(1), names[name], True))
    found.sort(key=lambda title: title.start)
    short: dict[str, TitleFound] = {}
    for number, title in enumerate(found):
        if defined := _DEFINED.match(folded, title.end):
            found[number] = replace(title, end=defined.end())
            short.setdefault(defined[1].strip(), found[number])
    again = [
        replace(title, start=match.start(), end=match.end())
        for name, title in short.items()
        for match in re.finditer(
            rf"《{re.escape(name)}》|{re.escape(name)}(?=\s*(?:的|中)?\s*第\s*{_N})", folded
        )
        if match.start() >= title.end
    ]
    defining = [t for t in found if t in short.values()]
    taken = [(t.start, t.end) for t in (*defining, *again)]
    kept = [t for t in found if not any(s < t.end and t.start < e for s, e in taken)]
    return sorted([*defining, *kept, *again], key=lambda t: t.start)


def own_articles(folded: str) -> frozenset[int]:
    """The numbers of the articles that the text itself is made of; none where it has no such."""
    numbers = [_int(match[1]) for match in OWN_ARTICLE.finditer(folded)]
    rises = sum(n < after for n, after in pairwise(numbers))
    return frozenset(numbers) if 1 in numbers and rises >= _LEAST_OWN - 1 else frozenset()


def unnamed_title(line: str) -> str:
    """A title written without 《》 right before an article, that is not one of the names."""
    match = _UNNAMED.search(line)
    if not match:
        return ""
    name = _LEAD_IN.sub("", match[0].strip()) or match[0].strip()
    is_pointing = re.fullmatch(
        rf"(?:该|此|上述|同|本|前述|的|相关|有关|等|以及).*|(?:{KIND})", name
    )
    return "" if is_pointing or len(name) < 4 else name
