"""An article for the panel: which version holds the quote, what it points to, its neighbours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.browsing import Browsing, Place, Pointer
from corpus.catalog import Corpus
from corpus.key import Key
from corpus.splitting import spans
from corpus.types import Article, Document


@dataclass(frozen=True, slots=True)
class Source:
    """A whole article in the version to show, and the words of it that are quoted."""

    document: Document
    article: Article
    quote: str
    pointers: tuple[Pointer, ...]
    previous: Article | None
    following: Article | None

    @property
    def locator(self) -> str:
        """条, 款 and 项 of the quote; of the article where the quote spans several."""
        start = self.article.text.find(self.quote) if self.quote else -1
        end = start + len(self.quote)
        covered = [
            span
            for span in spans(self.article, self.document.collection)
            if start >= 0 and span.start < end and start < span.end
        ]
        return covered[0].locator if len(covered) == 1 else self.article.label


def find_source(corpus: Corpus, key: str, day: date, quote: str = "") -> Source | None:
    """The article ``key`` in the version that holds the quote: that shown for ``day`` first.

    Where no version holds it the one for the day is shown, without a quote.
    """
    versions = list(_versions(corpus, key, day))
    if not versions:
        return None
    holding = next(((d, a) for d, a in versions if quote in a.text), None)
    document, article = holding or versions[0]
    place = document.articles.index(article)
    return Source(
        document=document,
        article=article,
        quote=quote if holding else "",
        pointers=tuple(Browsing(corpus, day).pointers(Place(document, place))),
        previous=document.articles[place - 1] if place else None,
        following=next(iter(document.articles[place + 1 : place + 2]), None),
    )


def _versions(corpus: Corpus, key: str, day: date) -> Iterator[tuple[Document, Article]]:
    shown = corpus.article(key, day)
    if shown:
        yield shown
    for document in reversed(corpus.versions(Key.parse(key).owner)):
        yield from ((document, a) for a in document.articles if a.key == key)
