"""How a draft cites: every place of a statute that a text names, with where it stands in the text.

A question names one place or two, in any words (``references``); a draft names many, formally, and
one leans on the other: a list, a range, 「该法第…条」, a bare 「第…条」 behind its title.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from corpus.language.citation_signs import (
    KIND,
    LONGEST_RANGE,
    OWN_ARTICLE,
    Level,
    find_levels,
    find_named,
    own_articles,
    unnamed_title,
)
from corpus.language.numerals import NUMBER_PATTERN
from corpus.language.references import TitleFound
from corpus.language.text import fold_in_place

_N = NUMBER_PATTERN
_POINTING = re.compile(
    rf"(?P<whose>该|此|上述|前述|前引|同一?|本)(?P<kind>{KIND})(?=\s*(?:中|的)?\s*第)"
)
#: What may stand between a title and its article: brackets, headings, 的, 中.
_BETWEEN = re.compile(
    rf"(?:\s|的|中|之|》|[(][^()]{{1,30}}[)]|(?>第{_N}(?:编|分编|章|节|部分)[^第。;,]{{0,20}}))*+"
)
_LIST = re.compile(r"[^\S\n]*(?:、|,|和|与|及|或|以及|或者|并|;)*[^\S\n]*(?:第)?[^\S\n]*")
_RANGE = re.compile(r"[^\S\n]*(?:至|到|—|-|~)+[^\S\n]*")
_INSIDE = re.compile(r"[^\S\n]*(?:的|中|之)?[^\S\n]*")
#: 「该条第三款」「同款第(二)项」: of the last article, the last 款.
_SAME = re.compile(r"(?:该|同一?|此|这一|上述|前述|本)(?P<of>条|款)[^\S\n]*(?:的|中|之)?[^\S\n]*$")
#: 「第三条措施」「合同第三条」: no article of a statute.
_NO_ARTICLE = re.compile(
    r"(?:措施|建议|要求|意见|线|河|路|街|禁令|经验|理由|问题|生产|产线|战线|标准线|巷|渠|沟|管)"
)
_NO_STATUTE = re.compile(
    r"(?:合同书?|协议书?|契约|章程|公约|方案|制度|附件|清单|手册|纪要|判决书?|裁定书?|决定书|通知书"
    r"|告知书|文件|预案|承诺书?|标书|报告书?|本单|条款)(?:的|中|之|书)?\s*$"
)
#: A paragraph alone (「第二款规定」) leans on the article before it.
_TOLD_BEHIND = re.compile(r"\s*(?:规定|的|所|中|又|还|则|也|明确|要求|第|[,。;、)])")
#: So far behind its title an article may stand with headings and brackets between, and so much of
#: the line before it tells whose it is.
_FARTHEST, _BEFORE = 300, 60
_HAS_ARTICLES = re.compile(r"(?:法|法典|条例|办法|规定|细则|规则)(?:[(][^()]*[)])?$")


@dataclass(frozen=True, slots=True)
class Place:
    """An article, or a 款 or 项 of it; ``paragraph`` and ``item`` are None where none is named."""

    article: int
    suffix: str = ""
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """What a text cites at ``[start:end]``: a title, and places of it where any are named.

    ``known`` tells whether the title is one of the names given, ``is_own`` that the text cites
    itself (本办法), ``is_named`` that the title stands here and not before.
    """

    title: str
    start: int
    end: int
    places: tuple[Place, ...] = ()
    known: bool = True
    is_own: bool = False
    is_named: bool = True


@dataclass(frozen=True, slots=True)
class Citations:
    """All citations of a text in its order, and the numbers of its own articles where it has
    some."""

    found: tuple[Citation, ...]
    own_articles: frozenset[int]


def find_citations(text: str, names: Mapping[str, str]) -> Citations:
    """Every citation in ``text``; ``names`` maps the folded names of texts to their titles."""
    folded, places = fold_in_place(text)
    own = own_articles(folded)
    found = _Reader(folded, names, own).read()
    placed = tuple(replace(c, start=places[c.start], end=_end(places, c.end)) for c in found)
    return Citations(placed, own)


def titles_of(citations: Iterable[Citation]) -> tuple[str, ...]:
    """The titles that are cited, each once."""
    return tuple(dict.fromkeys(c.title for c in citations if c.title))


def _end(places: list[int], end: int) -> int:
    """Where what ends before ``end`` of the folded text ends in the text."""
    return places[end - 1] + 1 if end else 0


class _Reader:
    """Goes through the signs of a text from left to right."""

    def __init__(self, folded: str, names: Mapping[str, str], own: frozenset[int]) -> None:
        self._text = folded
        self._own = own
        self._has_own = bool(own)
        heads = OWN_ARTICLE.finditer(folded) if own else ()
        self._own_lines = {match.start(1) - 1 for match in heads}
        self._titles = find_named(folded, names)
        self._starts = [title.start for title in self._titles]
        self._ends = [title.end for title in self._titles]
        self._found: list[Citation] = []
        self._used: set[int] = set()
        #: The last citation with an article, where others lean on it.
        self._last: Citation | None = None
        #: The last one of another text, before an article of the draft's own began.
        self._before: Citation | None = None

    def read(self) -> list[Citation]:
        """Every citation, in the order of the text."""
        for level in find_levels(self._text):
            if self._is_in_title(level.start):
                continue
            if level.kind == "条":
                self._article(level)
            else:
                self._part(level)
        alone = [
            Citation(t.title, t.start, t.end, known=t.known)
            for t in self._titles
            if t.start not in self._used
        ]
        return sorted([*self._found, *alone], key=lambda c: c.start)

    def _is_in_title(self, place: int) -> bool:
        after = bisect_right(self._starts, place)
        return after > 0 and place < self._titles[after - 1].end

    def _article(self, level: Level) -> None:
        if level.start in self._own_lines:
            self._before, self._last = self._last or self._before, None
            return
        gap = self._gap(level)
        last = self._last
        if last and _RANGE.fullmatch(gap) and last.places and last.places[-1].item is None:
            first = last.places[-1].article
            more = [
                Place(n)
                for n in range(first + 1, min(level.numbers[-1], first + LONGEST_RANGE) + 1)
            ]
            self._replace(replace(last, places=(*last.places, *more), end=level.end))
            return
        places = tuple(Place(n, level.suffix) for n in level.numbers)
        cited = self._whose(level, gap)
        if cited is None:
            self._last = None
            return
        self._found.append(replace(cited, places=places, end=level.end))
        self._last = self._found[-1]

    def _gap(self, level: Level) -> str:
        return self._text[self._last.end : level.start] if self._last else "\n"

    def _whose(self, level: Level, gap: str) -> Citation | None:
        """The title that an article is of, as a citation without places."""
        before = self._titles[: bisect_right(self._ends, level.start)]
        nearest = before[-1] if before else None
        is_near = nearest is not None and level.start - nearest.end <= _FARTHEST
        if nearest and is_near and _BETWEEN.fullmatch(self._text[nearest.end : level.start]):
            self._used.add(nearest.start)
            return Citation(nearest.title, nearest.start, level.end, known=nearest.known)
        pointing = next(
            _POINTING.finditer(self._text, max(0, level.start - 12), level.start + 1), None
        )
        if pointing and self._is_before(pointing.end(), level.start):
            return self._pointed(pointing, level, before)
        if self._last and _LIST.fullmatch(gap):
            return replace(self._last, start=level.start, is_named=False)
        line = self._text[self._text.rfind("\n", 0, level.start) + 1 : level.start]
        if (
            _NO_STATUTE.search(line)
            or line.endswith("》")
            or _NO_ARTICLE.match(self._text, level.end)
        ):
            return None
        if unnamed := unnamed_title(line):
            return Citation(unnamed, level.start - len(unnamed), level.end, known=False)
        return self._leaning(level, before)

    def _is_before(self, end: int, start: int) -> bool:
        return _INSIDE.fullmatch(self._text[end:start]) is not None

    def _pointed(
        self, pointing: re.Match[str], level: Level, before: list[TitleFound]
    ) -> Citation | None:
        kind = {"法律": "法", "法典": "法典"}.get(pointing["kind"], pointing["kind"])
        if pointing["whose"] == "本" and self._has_own and not self._is_quoted(level.start):
            return Citation("", pointing.start(), level.end, is_own=True, is_named=False)
        fitting = [t for t in before if _is_kind(t.title, kind)] or [
            t for t in before if _HAS_ARTICLES.search(t.title)
        ]
        if not fitting:
            return None
        meant = fitting[-1]
        return Citation(meant.title, pointing.start(), level.end, known=meant.known, is_named=False)

    def _leaning(self, level: Level, before: list[TitleFound]) -> Citation | None:
        """A bare article is one of the title before it; in a text with articles of its own only
        within the sentence."""
        since = (
            max(self._text.rfind(mark, 0, level.start) for mark in "。\n") if self._has_own else 0
        )
        able = [t for t in before if _HAS_ARTICLES.search(t.title)]
        near = [t for t in able if t.start >= since]
        if self._has_own and not near and set(level.numbers) <= self._own:
            return Citation("", level.start, level.end, is_own=True, is_named=False)
        if not able:
            return None
        meant = able[-1]
        return Citation(meant.title, level.start, level.end, known=meant.known, is_named=False)

    def _is_quoted(self, at: int) -> bool:
        line = self._text[self._text.rfind("\n", 0, at) + 1 : at]
        return line.count("“") > line.count("”") or line.count("「") > line.count("」")

    def _part(self, level: Level) -> None:
        """A 款 or 项 of the last article."""
        last = self._last
        cited = last or self._before
        if cited and (same := _SAME.search(self._text, cited.end, level.start)):
            self._same(level, cited, same)
            return
        if last is None:
            return
        gap = self._gap(level)
        place, is_next = last.places[-1], bool(_INSIDE.fullmatch(gap))
        named = place.paragraph if level.kind == "款" else place.item
        if is_next or _LIST.fullmatch(gap):
            numbers = level.numbers
        elif named is not None and _RANGE.fullmatch(gap):
            numbers = tuple(range(named + 1, min(level.numbers[-1], named + LONGEST_RANGE) + 1))
        else:
            is_told = "\n" not in gap and _TOLD_BEHIND.match(self._text, level.end)
            if level.kind == "款" and is_told:
                self._alone(level, last)
            return
        kept = last.places[:-1] if is_next and named is None else last.places
        new = tuple(_part(place, level.kind, number) for number in numbers)
        self._replace(replace(last, places=(*kept, *new), end=level.end))

    def _alone(self, level: Level, last: Citation) -> None:
        article = last.places[-1]
        if self._text[level.start - 1 : level.start] in "前该此本上":
            return
        places = tuple(_part(article, "款", number) for number in level.numbers)
        self._found.append(
            replace(last, start=level.start, end=level.end, places=places, is_named=False)
        )
        self._last = self._found[-1]

    def _same(self, level: Level, last: Citation, same: re.Match[str]) -> None:
        """「该条第三款」: another part of the article that was cited last."""
        place = last.places[-1]
        if same["of"] == "条":
            place = replace(place, paragraph=None, item=None)
        places = tuple(_part(replace(place, item=None), level.kind, n) for n in level.numbers)
        self._found.append(
            replace(last, start=same.start(), end=level.end, places=places, is_named=False)
        )
        self._last = self._found[-1]

    def _replace(self, citation: Citation) -> None:
        self._found[-1] = self._last = citation


def _part(place: Place, kind: str, number: int) -> Place:
    if kind == "款":
        return replace(place, paragraph=number, item=None)
    return replace(place, item=number) if kind == "项" else place


def _is_kind(title: str, kind: str) -> bool:
    plain = re.sub(r"[(][^()]*[)]$", "", title)
    return plain.endswith(kind) or (kind == "法" and plain.endswith("法典"))
