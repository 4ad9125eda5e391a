"""From a citation back to the whole article that it quotes."""

from collections.abc import Iterator
from datetime import date

from assistant.types import Citation
from corpus.catalog import Corpus
from corpus.types import Article


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
