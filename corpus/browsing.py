"""Looking around in the corpus: outlines, plain search, and which old article became which new."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import groupby

from corpus.catalog import Corpus
from corpus.language import (
    NUMBER_PATTERN,
    cross_references,
    fold,
    parse_references,
    pieces,
    simplify,
    to_int,
)
from corpus.types import Article, Document, Status

_NUMBER = re.compile(
    rf"^第?(?P<number>{NUMBER_PATTERN})条?(?:之(?P<suffix>[一二三四五六七八九十]))?$"
)


@dataclass(frozen=True, slots=True)
class Section:
    """Neighbouring articles under the same headings: ``articles[first:end]`` of a document."""

    path: tuple[str, ...]
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """An article by its position in a document."""

    document: Document
    index: int

    @property
    def article(self) -> Article:
        """The article there."""
        return self.document.articles[self.index]


@dataclass(frozen=True, slots=True)
class Pointer:
    """``text[start:end]`` of an article leads to ``place``."""

    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class Correspondence:
    """What an article became, or what it was before.

    ``became`` are the articles that govern today what a repealed one did, the main one first, with
    our ``note``; ``is_repealed`` with none of them tells that the rule was dropped. ``renewed`` is
    the article of the same number in the version that took the place of this one; ``was`` are the
    repealed articles whose matter this one governs.
    """

    is_repealed: bool = False
    became: tuple[Place, ...] = ()
    note: str = ""
    renewed: Place | None = None
    was: tuple[Place, ...] = ()


def sections(document: Document) -> tuple[Section, ...]:
    """The document in reading order, cut where the headings change."""
    found, first = [], 0
    for path, group in groupby(document.articles, key=lambda article: article.path):
        end = first + len(list(group))
        found.append(Section(path, first, end))
        first = end
    return tuple(found)


class Browsing:
    """A corpus as seen on ``day``."""

    def __init__(self, corpus: Corpus, day: date) -> None:
        self.corpus = corpus
        self.day = day

    def find(self, key: str) -> Place | None:
        """Where an article stands, in the version to show for the day."""
        found = self.corpus.article(key, self.day)
        if found is None:
            return None
        document, article = found
        return Place(document, self._positions[document.id][article.key])

    def governing(self, article: Article) -> list[Place]:
        """What governs today what a repealed article did, the main one first."""
        keys = self.corpus.governing(article.key, self.day)
        return [place for key in keys if (place := self.find(key))]

    def governed_before(self, article: Article) -> list[Place]:
        """The repealed articles whose matter this one governs today."""
        return [p for key in self._predecessors.get(article.key, ()) if (p := self.find(key))]

    def correspondence(self, place: Place) -> Correspondence:
        """What an article became by the day, or was before; empty where nothing is known of it."""
        article, status = place.article, self.corpus.status(place.document, self.day)
        successor = self.corpus.successors.get(article.key)
        if successor and status is Status.REPEALED:
            return Correspondence(True, tuple(self.governing(article)), successor.note)
        if status is Status.SUPERSEDED:
            later = self.find(article.key)
            is_other = later is not None and later.document is not place.document
            return Correspondence(renewed=later if is_other else None)
        return Correspondence(was=tuple(self.governed_before(article)))

    def pointers(self, place: Place) -> list[Pointer]:
        """The cross-references of an article to others that the corpus holds."""
        article, title = place.article, place.document.title
        return [
            Pointer(reference.start, reference.end, target)
            for reference in cross_references(article.text, title, self.corpus.names)
            if reference.key and reference.key != article.key
            if (target := self.find(reference.key))
        ]

    def citing(self, place: Place) -> list[Place]:
        """The articles that cite this one, those of other documents in the version to show for
        the day."""
        found = _citing(self.corpus).get(place.article.key, ())
        return [
            one
            for one in found
            if one.document is place.document
            or ((shown := self.find(one.article.key)) and shown.document is one.document)
        ]

    def search(self, words: str, document: Document | None = None) -> list[Place]:
        """Articles that hold all the words, or have the number.

        A reference (环境保护法第六十条) is that article; a number (176, 第一百七十六条) the
        articles with it. Anything else is looked for letter by letter, and where a text has a
        word's parts apart (餐饮油烟), by these: the fewer parts and the nearer together, the
        earlier; else in the order of the catalog.
        """
        asked = " ".join(simplify(words).split())
        if not asked:
            return []
        if document is None and (named := self._named(asked)):
            return named
        if number := _NUMBER.match(fold(asked)):
            return list(self._numbered(_suffix(number), document))
        wanted = asked.lower().split(" ")
        found = [
            (apart, place)
            for place in self._places(document)
            if (apart := _apart(wanted, place.article.text.lower()))
        ]
        return [place for _, place in sorted(found, key=lambda pair: pair[0])]

    def _named(self, asked: str) -> list[Place]:
        keys = [r.key for r in parse_references(asked, self.corpus.names) if r.key]
        return [place for key in keys if (place := self.find(key))]

    def _numbered(self, suffix: str, document: Document | None) -> Iterator[Place]:
        return (p for p in self._places(document) if p.article.key.endswith(suffix))

    def _places(self, document: Document | None) -> Iterator[Place]:
        for one in [document] if document else self.corpus.documents:
            yield from (Place(one, index) for index in range(len(one.articles)))

    @cached_property
    def _positions(self) -> Mapping[str, Mapping[str, int]]:
        return {
            document.id: {article.key: i for i, article in enumerate(document.articles)}
            for document in self.corpus.documents
        }

    @cached_property
    def _predecessors(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for old, successor in self.corpus.successors.items():
            for new in successor.new:
                found[new].append(old)
        return found


@lru_cache(maxsize=2)
def _citing(corpus: Corpus) -> Mapping[str, Sequence[Place]]:
    """By the key of an article those that cite it, each once."""
    found: dict[str, dict[tuple[str, int], Place]] = defaultdict(dict)
    for document in corpus.documents:
        for index, article in enumerate(document.articles):
            if "条" not in article.text:
                continue
            for one in cross_references(article.text, document.title, corpus.names):
                if one.key and one.key != article.key:
                    found[one.key][document.id, index] = Place(document, index)
    return {key: tuple(places.values()) for key, places in found.items()}


def _apart(words: Sequence[str], text: str) -> tuple[int, ...]:
    """In how many parts more than the words themselves a text has them, and over how many
    characters the parts of a word are spread there; empty where it has not all of them."""
    found = [pieces(word, text) for word in words]
    if not all(found):
        return ()
    places = [[text.find(part) for part in parts] for parts in found]
    more = sum(map(len, found)) - len(words)
    return more, sum(max(at) - min(at) for at in places)


def _suffix(match: re.Match[str]) -> str:
    suffix = f"之{match['suffix']}" if match["suffix"] else ""
    return f"#{to_int(match['number'])}{suffix}"
