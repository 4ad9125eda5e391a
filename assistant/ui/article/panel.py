"""The panel's content: a whole article, the quoted words marked, and where it leads."""

from datetime import date
from html import escape

from assistant.ui import texts
from assistant.ui.article.correspondence import render_correspondence
from assistant.ui.article.sources import Source
from assistant.ui.article.text import render_text
from assistant.ui.html import (
    added,
    effective,
    note,
    official_link,
    source_link,
    source_url,
    standing,
)
from corpus.browsing import Place
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.language import chinese_date
from corpus.types import Article


def render_source(
    source: Source,
    corpus: Corpus,
    day: date,
    links: str = "",
    today: date | None = None,
    cited: str = "",
) -> str:
    """A piece of HTML for the panel; ``links`` lead to the original, ``cited`` is HTML that tells
    which articles cite this one.

    Where ``today`` is another day than ``day``, what is true then stands beside.
    """
    document, article = source.document, source.article
    path = " › ".join(escape(part) for part in (*article.path, source.locator))
    since = effective(document.effective.isoformat() if document.effective else "")

    def link(place: Place, words: str) -> str:
        return source_link(source_url(place.article.key, day), escape(words), ' class="ref"')

    now = corpus.status(document, today) if today and today != day else None
    body = render_text(article.text, source.pointers, link, source.quote)
    return (
        f'<article class="source-article" data-key="{escape(article.key)}">'
        f'<h2 tabindex="-1">{escape(document.title)}</h2>'
        f'<p class="path">{path}</p>'
        f'<p class="state">{standing(corpus.status(document, day).value, now)}'
        f"{added(document.title in corpus.added)}{since}"
        f"{_adopted(source)}{note(article.note)}</p>"
        f'<div class="text"><p class="article-label">{escape(article.label)}</p>{body}</div>'
        f"{render_correspondence(source, corpus, today or day)}"
        f"{cited}{_ask(source)}{links}"
        f'<nav class="neighbours" aria-label="{texts.NEIGHBOURS}">'
        f"{_neighbour(source.previous, texts.PREVIOUS, day)}"
        f"{_neighbour(source.following, texts.FOLLOWING, day)}</nav>"
        f'<p class="state">{official_link(document.url)}'
        f"<span>{texts.STATUS_ON.format(day=chinese_date(day))}</span></p></article>"
    )


def render_missing() -> str:
    """What the panel says of an article that is not in the corpus."""
    return f'<article class="source-article"><h2 tabindex="-1">{texts.NOT_HELD}</h2></article>'


def _adopted(source: Source) -> str:
    document = source.document
    if document.adopted is None or document.adopted == document.effective:
        return ""
    shown = texts.ADOPTED.format(day=chinese_date(document.adopted))
    return f'<span class="effective">{shown}</span>'


def _ask(source: Source) -> str:
    """A button that asks about the article."""
    if source.document.kind is not Kind.STATUTE:
        return ""
    question = f"《{source.document.title}》{source.article.label}"
    return (
        f'<p class="state"><button type="button" class="chip" data-ask="{escape(question)}">'
        f"{texts.ASK_ARTICLE}</button></p>"
    )


def _neighbour(article: Article | None, direction: str, day: date) -> str:
    if article is None:
        return f'<span class="none">{direction.format(label=texts.NO_NEIGHBOUR)}</span>'
    return source_link(source_url(article.key, day), escape(direction.format(label=article.label)))
