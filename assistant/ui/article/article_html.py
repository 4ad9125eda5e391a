"""An article of the library → HTML, with all that leads from it to others."""

import re
from collections.abc import Sequence
from html import escape

from assistant.ui import browse_texts as texts
from assistant.ui.board import ask_link
from corpus.browsing import Browsing, Place, Pointer
from corpus.collection import Kind
from corpus.key import short_title
from corpus.types import Status

_ITEM = re.compile(r"（[一二三四五六七八九十百]+）")


def render_article(browsing: Browsing, place: Place) -> str:
    """Label, text with its cross-references, what it became or was before, and a question."""
    article, document = place.article, place.document
    note = f'<span class="note">{escape(article.note)}</span>' if article.note else ""
    ask = ""
    if document.kind is Kind.STATUTE:
        question = f"《{document.title}》{article.label}"
        ask = ask_link(question, texts.ASK_ARTICLE, f"{texts.ASK_ARTICLE}：{article.label}")
    return (
        f'<article id="a{place.index}" tabindex="-1"><div class="head">'
        f"<h3>{escape(article.label)}{note}</h3>{ask}</div>"
        f"{_text(article.text, browsing.pointers(place))}"
        f"{_correspondence(browsing, place)}</article>"
    )


def link_to(place: Place, words: str = "") -> str:
    """A link that opens an article in the library."""
    title = short_title(place.document.title)
    shown = words or f"《{title}》{place.article.label}"
    return (
        f'<a class="to" href="#library" data-to="{escape(place.document.id)}" '
        f'data-index="{place.index}">{escape(shown)}</a>'
    )


def _text(text: str, pointers: Sequence[Pointer]) -> str:
    """A paragraph a line, with links where it points to other articles."""
    parts, offset = [], 0
    for line in text.split("\n"):
        end = offset + len(line)
        inner, at = [], offset
        for pointer in pointers:
            if at <= pointer.start and pointer.end <= end:
                inner.append(escape(text[at : pointer.start]))
                inner.append(link_to(pointer.place, text[pointer.start : pointer.end]))
                at = pointer.end
        kind = "item" if _ITEM.match(line) else "line"
        parts.append(f'<p class="{kind}">{"".join(inner)}{escape(text[at:end])}</p>')
        offset = end + 1
    return "".join(parts)


def _correspondence(browsing: Browsing, place: Place) -> str:
    article, document = place.article, place.document
    corpus = browsing.corpus
    successor = corpus.successors.get(article.key)
    if successor and corpus.status(document, browsing.day) is Status.REPEALED:
        new = browsing.governing(article)
        head = f"{texts.GOVERNED}：{_links(new)}" if new else texts.DROPPED
        note = f"{escape(successor.note)}（{texts.OURS}）"
        return f'<p class="became">{head}。{note}</p>'
    if old := browsing.governed_before(article):
        return f'<p class="became">{texts.GOVERNS}：{_links(old)}（{texts.OURS}）</p>'
    return ""


def _links(places: Sequence[Place]) -> str:
    return "、".join(link_to(place) for place in places)
