"""An article for the panel: which version holds the quote, what it points to, its neighbours."""

from dataclasses import dataclass
from datetime import date

from assistant.ui import texts
from corpus.browsing import Browsing, Place, Pointer
from corpus.catalog import Corpus
from corpus.splitting import locator_over
from corpus.standing import find_version
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
        """条, 款 and 项 of the quote; of the article where there is none."""
        start = self.article.text.find(self.quote) if self.quote else -1
        if start < 0:
            return self.article.label
        end = start + len(self.quote)
        return locator_over(self.article, self.document.collection, start, end)


def stretch_of(corpus: Corpus, key: str, day: date, quote: str) -> str:
    """Where in its article a quote stands: 开头, 中间 or 末尾; empty of the whole article, and of
    a quote that stands in no version."""
    source = find_source(corpus, key, day, quote)
    text = source.article.text.strip() if source and source.quote else ""
    if not text or text == quote.strip():
        return ""
    if text.startswith(quote.strip()):
        return texts.BEGINS
    return texts.ENDS if text.endswith(quote.strip()) else texts.WITHIN


def find_source(corpus: Corpus, key: str, day: date, quote: str = "") -> Source | None:
    """The article ``key`` in the version that holds the quote: that shown for ``day`` first.

    Where no version holds it the one for the day is shown, without a quote.
    """
    found = find_version(corpus, key, day, quote)
    if found is None:
        return None
    document, article, is_held = found
    place = document.articles.index(article)
    return Source(
        document=document,
        article=article,
        quote=quote if is_held else "",
        pointers=tuple(Browsing(corpus, day).pointers(Place(document, place))),
        previous=document.articles[place - 1] if place else None,
        following=next(iter(document.articles[place + 1 : place + 2]), None),
    )
