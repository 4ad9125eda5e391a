"""What governs today what a repealed article did, and what an article of today replaced: the
articles themselves, folded."""

from collections.abc import Iterable
from datetime import date
from html import escape

from assistant.ui import texts
from assistant.ui.article.sources import Source
from assistant.ui.article.text import render_text
from assistant.ui.html import source_link, source_url
from corpus.browsing import Browsing, Place
from corpus.catalog import Corpus
from corpus.key import short_title


def render_correspondence(source: Source, corpus: Corpus, day: date) -> str:
    """The articles that the panel's one became by ``day``, the first of them open, or those that
    it replaced; empty where nothing is known of either."""
    browsing = Browsing(corpus, day)
    place = Place(source.document, source.document.articles.index(source.article))
    found = browsing.correspondence(place)
    if found.is_repealed:
        told = f"{found.note}（{texts.OUR_TABLE}）"
        head = texts.GOVERNED_BY if found.became else texts.RULE_DROPPED
        return _section("became", head, told, _folded(found.became, browsing, opens=True))
    if found.renewed:
        folded = _folded([found.renewed], browsing, opens=True)
        return _section("became", texts.RENEWED_BY, texts.MAY_HAVE_MOVED, folded)
    if found.was:
        return _section("was", texts.REPLACED, texts.OUR_TABLE, _folded(found.was, browsing))
    return ""


def render_citing(source: Source, corpus: Corpus, day: date) -> str:
    """The articles that cite the panel's one, folded; empty where there is none."""
    found = Browsing(corpus, day).citing(
        Place(source.document, source.document.articles.index(source.article))
    )
    if not found:
        return ""
    links = "、".join(
        source_link(
            source_url(place.article.key, day),
            escape(f"《{short_title(place.document.title)}》{place.article.label}"),
        )
        for place in found
    )
    return (
        f'<section class="corresponding citing"><details>'
        f"<summary>{texts.CITED_BY.format(count=len(found))}</summary>"
        f"<p>{links}</p></details></section>"
    )


def _section(kind: str, head: str, told: str, articles: str) -> str:
    return (
        f'<section class="corresponding {kind}"><h3>{head}</h3>'
        f'<p class="told">{escape(told)}</p>{articles}</section>'
    )


def _folded(places: Iterable[Place], browsing: Browsing, opens: bool = False) -> str:
    return "".join(
        _article(place, browsing, opens and number == 0) for number, place in enumerate(places)
    )


def _article(place: Place, browsing: Browsing, is_open: bool) -> str:
    """An article whole, its references linked, and a link that opens it."""
    document, article = place.document, place.article

    def link(target: Place, words: str) -> str:
        address = source_url(target.article.key, browsing.day)
        return source_link(address, escape(words), ' class="ref"')

    name = f"《{short_title(document.title)}》{article.label}"
    status = browsing.corpus.status(document, browsing.day).value
    opened = link(place, texts.OPEN_ARTICLE.format(name=name))
    return (
        f"<details{' open' if is_open else ''}><summary>{escape(name)}"
        f'<span class="told">（{escape(status)}）</span></summary>'
        f'<div class="whole">{render_text(article.text, browsing.pointers(place), link)}</div>'
        f'<p class="state">{opened}</p></details>'
    )
