"""An article of the library → HTML, with all that leads from it to others."""

from collections.abc import Sequence
from html import escape

from assistant.ui.article import render_text
from assistant.ui.html import ask_link, note
from assistant.ui.library import texts
from assistant.ui.texts import CITED_BY
from corpus.browsing import Browsing, Place
from corpus.collection import Kind
from corpus.key import short_title


def render_article(browsing: Browsing, place: Place) -> str:
    """Label, text with its cross-references, what it became or was before, and a question."""
    article, document = place.article, place.document
    ask = ""
    if document.kind is Kind.STATUTE:
        question = f"《{document.title}》{article.label}"
        ask = ask_link(question, texts.ASK_ARTICLE, f"{texts.ASK_ARTICLE}：{article.label}")
    return (
        f'<article id="a{place.index}" tabindex="-1"><div class="head">'
        f"<h3>{escape(article.label)}{note(article.note)}</h3>{ask}</div>"
        f"{render_text(article.text, browsing.pointers(place), link_to)}"
        f"{_correspondence(browsing, place)}{_citing(browsing, place)}</article>"
    )


def link_to(place: Place, words: str = "") -> str:
    """A link that opens an article in the library."""
    title = short_title(place.document.title)
    shown = words or f"《{title}》{place.article.label}"
    return (
        f'<a class="to" href="#library" data-to="{escape(place.document.id)}" '
        f'data-index="{place.index}">{escape(shown)}</a>'
    )


def _citing(browsing: Browsing, place: Place) -> str:
    found = browsing.citing(place)
    if not found:
        return ""
    head = CITED_BY.format(count=len(found))
    return f'<details class="citing"><summary>{head}</summary><p>{_links(found)}</p></details>'


def _correspondence(browsing: Browsing, place: Place) -> str:
    found = browsing.correspondence(place)
    if found.is_repealed:
        head = f"{texts.GOVERNED}：{_links(found.became)}" if found.became else texts.DROPPED
        return f'<p class="became">{head}。{escape(found.note)}（{texts.OURS}）</p>'
    if found.was:
        return f'<p class="became">{texts.GOVERNS}：{_links(found.was)}（{texts.OURS}）</p>'
    return ""


def _links(places: Sequence[Place]) -> str:
    return "、".join(link_to(place) for place in places)
