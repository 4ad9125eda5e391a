"""The panel's content: a whole article, the quoted words marked, and where it leads."""

from collections.abc import Sequence
from datetime import date
from html import escape

from assistant.ui import texts
from assistant.ui.article.sources import Pointer, Source
from assistant.ui.html import (
    badge,
    effective,
    line_class,
    note,
    official_link,
    source_link,
    source_url,
)
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.language import chinese_date
from corpus.types import Article


def render_source(source: Source, corpus: Corpus, day: date) -> str:
    """A piece of HTML for the panel."""
    document, article = source.document, source.article
    path = " › ".join(escape(part) for part in (*article.path, source.locator))
    since = effective(document.effective.isoformat() if document.effective else "")
    body = highlight(article.text, source.quote, source.pointers, day)
    return (
        f'<article class="source-article" data-key="{escape(article.key)}">'
        f'<h2 tabindex="-1">{escape(document.title)}</h2>'
        f'<p class="path">{path}</p>'
        f'<p class="state">{badge(corpus.status(document, day).value)}{since}'
        f"{_adopted(source)}{note(article.note)}</p>"
        f'<div class="text"><p class="article-label">{escape(article.label)}</p>{body}</div>'
        f"{_ask(source)}"
        f'<nav class="neighbours" aria-label="{texts.NEIGHBOURS}">'
        f"{_neighbour(source.previous, texts.PREVIOUS, day)}"
        f"{_neighbour(source.following, texts.FOLLOWING, day)}</nav>"
        f'<p class="state">{official_link(document.url)}'
        f"<span>{texts.STATUS_ON.format(day=chinese_date(day))}</span></p></article>"
    )


def render_missing() -> str:
    """What the panel says of an article that is not in the corpus."""
    return f'<article class="source-article"><h2 tabindex="-1">{texts.NOT_HELD}</h2></article>'


def highlight(text: str, quote: str, pointers: Sequence[Pointer] = (), day: date = date.max) -> str:
    """The article's text, a paragraph a line, with the first place of ``quote`` marked.

    ``pointers`` are the places in it that lead to other articles, as they are on ``day``.
    """
    start = text.find(quote) if quote else -1
    end = start + len(quote) if start >= 0 else -1
    paragraphs = []
    offset = 0
    for line in text.split("\n"):
        first = min(max(start - offset, 0), len(line))
        last = max(first, min(max(end - offset, 0), len(line)))
        cuts = ((0, first, False), (first, last, True), (last, len(line), False))
        inner = "".join(
            f"<mark>{part}</mark>" if is_quote else part
            for a, b, is_quote in cuts
            if (part := _with_pointers(text, offset + a, offset + b, pointers, day))
        )
        offset += len(line) + 1
        paragraphs.append(f'<p class="{line_class(line)}">{inner}</p>')
    return "".join(paragraphs)


def _with_pointers(text: str, start: int, end: int, pointers: Sequence[Pointer], day: date) -> str:
    """``text[start:end]``, the pointers that lie wholly in it as links."""
    parts = []
    for pointer in pointers:
        if start <= pointer.start and pointer.end <= end:
            parts.append(escape(text[start : pointer.start]))
            words = escape(text[pointer.start : pointer.end])
            parts.append(source_link(source_url(pointer.key, day), words, ' class="ref"'))
            start = pointer.end
    return "".join([*parts, escape(text[start:end])])


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
        return f'<span class="none"><small>{direction}</small>{texts.NO_NEIGHBOUR}</span>'
    inner = f"<small>{direction}</small>{escape(article.label)}"
    return source_link(source_url(article.key, day), inner)
