"""A draft as it is judged: its sentences, its citations with what they point to, its quotations."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from math import log

from corpus.catalog import Corpus
from corpus.key import Key
from corpus.language import Citation, Citations, Place, fold, load_cues, pairs
from corpus.splitting import find_part
from corpus.types import Article, Document

_ENDS = re.compile(r"[。！？!?\n]+[”」』）)]*")
_QUOTED = re.compile(r"“([^“”\n]+)”|「([^「」\n]+)」|『([^『』\n]+)』|\"([^\"\n]{8,})\"")
#: What may stand between a quotation and the citation in brackets behind it.
_BEHIND = re.compile(
    r"[”」』\"]?\s*(?:[（(〔]|——|—|--|(?:正|就)?[是系为即])\s*(?:见|出自|参见|引自|摘自|依据|根据)?\s*"
)
#: 「《农业法》（2026年修订）」 means the version of that year.
_YEAR = re.compile(r"\s*[（(]\s*([0-9]{4})年?[^（）()]{0,12}(?:修订|修正|修改|版|本|通过|公布)")
_OPENS_LIST = re.compile(r"[：:]\s*$")
#: 「该法第一千零八十条」 of a law with a hundred articles means another one.
_FAR = 2


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation and the document that it means on the day; None where that is not held."""

    citation: Citation
    document: Document | None

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.citation.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.citation.end


#: Of each article, by its key, the pairs of characters that it and our lay wording of it have; and
#: how rare a pair is among the articles, ``-log`` of their share, in nats.
Wording = tuple[Mapping[str, frozenset[str]], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in quotation marks: ``text[start:end]``, without the marks."""

    start: int
    end: int
    text: str


class Draft:
    """A text with its citations, as of ``day``."""

    def __init__(self, text: str, citations: Citations, corpus: Corpus, day: date) -> None:
        self.text = text
        self.corpus = corpus
        self.day = day
        self.own_articles = citations.own_articles
        self.cited = tuple(self._meant(citations.found))
        self._wordings: dict[str, Wording] = {}

    def _meant(self, citations: Sequence[Citation]) -> Iterator[Cited]:
        """Each citation with its document. One that leans on what stands before is of the nearest
        text that has such an article."""
        before: list[Document] = []
        for citation in citations:
            document = self._version(citation) if citation.title else None
            if document and not citation.is_named and citation.places:
                fitting = (d for d in reversed(before) if _has(d, citation.places[0]))
                far = citation.places[0].article > _FAR * len(document.articles)
                is_bare = self.text[citation.start] == "第"
                if not _has(document, citation.places[0]) and (is_bare or far):
                    document = next(fitting, document)
                    citation = replace(citation, title=document.title)
            if document:
                before.append(document)
            yield Cited(citation, document)

    def _version(self, citation: Citation) -> Document | None:
        """The version of the day; the newest that was adopted where the draft says that it means
        the revised one."""
        shown = self.corpus.version_on(citation.title, self.day)
        versions = self.corpus.versions(citation.title)
        year = _YEAR.match(self.text, self.text.find("》", citation.start) + 1)
        if year and self.text[citation.start] == "《":
            return next(
                (v for v in versions if v.adopted and str(v.adopted.year) == year[1]), shown
            )
        before = self.text[max(0, citation.start - 8) : citation.start]
        if shown and load_cues("assistant.checking", "words.toml")["revised"].found_in(before):
            return versions[-1]
        return shown

    @cached_property
    def _starts(self) -> list[int]:
        return [cited.start for cited in self.cited]

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """``[start:end]`` of every sentence; a line's end is one as well."""
        found, start = [], 0
        for match in _ENDS.finditer(self.text):
            found.append((start, match.end()))
            start = match.end()
        return (*found, (start, len(self.text))) if start < len(self.text) else tuple(found)

    @cached_property
    def quotations(self) -> tuple[Quoted, ...]:
        """Everything in quotation marks."""
        return tuple(
            Quoted(match.start() + 1, match.end() - 1, match[0][1:-1])
            for match in _QUOTED.finditer(self.text)
        )

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """How seldom two neighbouring characters stand in an article of those that took the place
        of repealed ones, or in what it is called in plain words: ``-log`` of the share of the
        articles, in nats."""
        keys = {key for s in self.corpus.successors.values() for key in s.new}
        found = [one for key in keys if (one := self.corpus.article(key, self.day))]
        counts = Counter(pair for _, article in found for pair in self._pairs_of(article))
        return {pair: log((len(found) + 1) / count) for pair, count in counts.items()}

    def _pairs_of(self, article: Article) -> frozenset[str]:
        """The pairs of characters of an article and of what it is called in plain words."""
        gist, lay = self.corpus.gist(article.key), self.corpus.lay_texts(article.key)
        return pairs(fold("\n".join((article.text, gist, *lay))))

    def wording_of(self, document: Document) -> Wording:
        """What each numbered article of a document speaks of."""
        if document.id not in self._wordings:
            told = {
                article.key: self._pairs_of(article)
                for article in document.articles
                if Key.parse(article.key).is_article
            }
            counts = Counter(pair for own in told.values() for pair in own)
            rarity = {pair: log((len(told) + 1) / count) for pair, count in counts.items()}
            self._wordings[document.id] = (told, rarity)
        return self._wordings[document.id]

    def words_in(self, span: tuple[int, int]) -> str:
        """The words of a span without its citations."""
        parts, at = [], span[0]
        for cited in self.within(span):
            parts.append(self.text[at : cited.start])
            at = max(at, cited.end)
        return "\n".join((*parts, self.text[at : span[1]]))

    def sentence_at(self, place: int) -> tuple[int, int]:
        """The sentence that a place is in."""
        after = bisect_right(self.sentences, (place, len(self.text)))
        found = self.sentences[after - 1] if after else (place, place)
        return found if found[0] <= place < found[1] else (place, place)

    def line_at(self, place: int) -> tuple[int, int]:
        """The line that a place is in."""
        start = self.text.rfind("\n", 0, place) + 1
        end = self.text.find("\n", place)
        return start, end if end >= 0 else len(self.text)

    def within(self, span: tuple[int, int]) -> list[Cited]:
        """The citations that begin in a span."""
        return list(
            self.cited[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]
        )

    def meant_by(self, quoted: Quoted) -> list[Cited]:
        """The citations that a quotation may be of: the one in brackets behind it, or those before
        it in the sentence, the nearest first; in a line of its own, or where the sentence has none,
        what is cited last before."""
        behind = _BEHIND.match(self.text, quoted.end)
        if behind and (after := self.within((behind.end(), behind.end() + 1))):
            return after
        sentence = self.sentence_at(quoted.start)
        before = [c for c in self.within((sentence[0], quoted.start)) if c.end <= quoted.start]
        if before:
            return before[::-1]
        line = self.line_at(quoted.start)
        before = [c for c in self.within((line[0], quoted.start)) if c.end <= quoted.start]
        if before:
            return before[-1:]
        above = self.line_at(max(0, line[0] - 1))
        if line[0] and _OPENS_LIST.search(self.text[above[0] : above[1]]):
            return self.within(above)[-1:]
        return []

    def places_of(self, cited: Cited) -> Iterator[tuple[Place, tuple[Document, Article]]]:
        """The places that a citation names, with their articles, as far as these exist."""
        if cited.document is None:
            return
        by_key = {article.key: article for article in cited.document.articles}
        for place in cited.citation.places:
            article = by_key.get(f"{cited.document.title}#{place.article}{place.suffix}")
            if article:
                yield place, (cited.document, article)

    def articles_of(self, cited: Cited) -> Iterator[tuple[Document, Article]]:
        """The articles that a citation names and that exist; of a title alone, none."""
        return (found for _, found in self.places_of(cited))


def _has(document: Document, place: Place) -> bool:
    key = f"{document.title}#{place.article}{place.suffix}"
    return any(article.key == key for article in document.articles)


def part_of(document: Document, article: Article, place: Place) -> tuple[int, int] | None:
    """``[start:end]`` of the 款 or 项 that is named in an article, None where it has none such."""
    if place.paragraph is None and place.item is None:
        return 0, len(article.text)
    return find_part(article, document.collection, place.paragraph, place.item)
