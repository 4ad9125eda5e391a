"""From a citation back to the whole article that it quotes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.types import Citation
from corpus.catalog import Corpus
from corpus.references import cross_references, format_reference
from corpus.types import Article


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place in an article's text that leads to another article, and the question for it."""

    start: int
    end: int
    question: str


def pointers_in(citation: Citation, article: Article, corpus: Corpus) -> list[Pointer]:
    """The cross-references of a cited article to articles that the corpus holds."""
    return [
        Pointer(r.start, r.end, format_reference(r))
        for r in cross_references(article.text, citation.title, corpus.names)
        if r.key and r.key != article.key and corpus.has_article(r.key)
    ]


def article_of(citation: Citation, corpus: Corpus, day: date) -> Article | None:
    """The article that holds the quote: the version to show for ``day`` first, then any other."""
    return next(
        (
            article
            for article in _candidates(citation, corpus, day)
            if citation.quote in article.text
        ),
        None,
    )


def _candidates(citation: Citation, corpus: Corpus, day: date) -> Iterator[Article]:
    shown = corpus.article(citation.key, day)
    if shown:
        yield shown[1]
    for document in reversed(corpus.versions(citation.title)):
        yield from (article for article in document.articles if article.key == citation.key)
