"""A text on two days: what is asked for, and the comparison → HTML."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby

from assistant.checking import Became, Comparison, Difference
from assistant.intake import FIRST_DAY, LAST_DAY
from assistant.ui.html import changed_words, lines, source_link, source_url
from assistant.ui.library import texts
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.key import Key, short_title
from corpus.language import chinese_date
from corpus.types import Document

#: So many cards are looked through without a filter.
_FEW = 10


@dataclass(frozen=True, slots=True)
class _Offer:
    """What can be compared: a text over the day on which its rules changed; ``by`` is what took
    its place, empty where a version of its own did."""

    group: str
    shown: str
    title: str
    changed: date
    by: str = ""

    def days(self, day: date) -> tuple[date, date]:
        """The days to compare, of which ``day`` is one: with the one before the change or, of a
        change to come, with its day."""
        return min(self.changed - timedelta(days=1), day), max(self.changed, day)

    def option(self, day: date) -> str:
        """The choice, with the days to compare."""
        before, after = self.days(day)
        return (
            f'<option value="{escape(self.title)}" data-from="{before}" data-to="{after}">'
            f"{escape(self.shown)}</option>"
        )

    def link(self, words: str, today: date) -> str:
        """A link that opens the comparison."""
        before, after = self.days(today)
        return (
            f'<a class="to-compare" href="#library" data-title="{escape(self.title)}" '
            f'data-from="{before}" data-to="{after}">{escape(words)}</a>'
        )


def render_comparison_form(corpus: Corpus, day: date) -> str:
    """Which text, and which days: an old law with the one that took its place, and what was
    revised."""
    offers = sorted(_offers(corpus), key=lambda offer: offer.group == texts.COMPARE_REVISED)
    if not offers:
        return ""
    options = "".join(
        f'<optgroup label="{escape(group)}">{"".join(o.option(day) for o in members)}</optgroup>'
        for group, members in groupby(offers, key=lambda offer: offer.group)
    )
    before, after = offers[0].days(day)
    limits = f'min="{FIRST_DAY}" max="{LAST_DAY}" required'
    return (
        f'<details class="comparing"><summary>{texts.COMPARE}</summary>'
        f'<form class="compare"><div class="row"><label>{texts.COMPARE_TITLE}'
        f'<select name="title">{options}</select></label><label>{texts.COMPARE_FROM}'
        f'<input type="date" name="from" value="{before}" {limits}></label>'
        f'<label>{texts.COMPARE_TO}<input type="date" name="to" value="{after}" {limits}>'
        f"</label><button>{texts.COMPARE_DO}</button></div></form>"
        f'<div class="compared" tabindex="-1" aria-live="polite" data-busy="{texts.COMPARE_BUSY}" '
        f'data-failed="{texts.COMPARE_FAILED}"></div></details>'
    )


def _offers(corpus: Corpus) -> Iterator[_Offer]:
    for title in dict.fromkeys(d.title for d in corpus.documents if d.kind is Kind.STATUTE):
        yield from _offers_of(corpus, title)


def _offers_of(corpus: Corpus, title: str) -> Iterator[_Offer]:
    name, repeal = short_title(title), corpus.repeal(title)
    if repeal:
        by = short_title(Key.parse(repeal.by).owner)
        group = texts.COMPARE_REPLACED.format(by=by)
        yield _Offer(group, texts.COMPARE_PAIR.format(old=name, by=by), title, repeal.day, by)
    for version in corpus.versions(title)[1:]:
        if start := version.in_force_from:
            shown = texts.COMPARE_VERSION.format(title=name, day=chinese_date(start))
            yield _Offer(texts.COMPARE_REVISED, shown, title, start)


def comparison_links(corpus: Corpus, document: Document, day: date) -> str:
    """On a document's own page: its comparison with what took its place, or with the version
    before it; empty where there is neither."""
    links = [
        offer.link(words, day)
        for offer in _offers_of(corpus, document.title)
        if (words := _said_on_page(offer, document))
    ]
    return f'<p class="comparisons">{"".join(links)}</p>' if links else ""


def _said_on_page(offer: _Offer, document: Document) -> str:
    if offer.by:
        return texts.COMPARE_LINK_REPLACED.format(by=offer.by)
    return texts.COMPARE_LINK_REVISED if offer.changed == document.in_force_from else ""


def render_comparison(found: Comparison) -> str:
    """What holds on each day, and what became of every article that is not the same."""
    if not found.differences:
        return f'<p class="sum" role="status">{escape(found.says)}{texts.SAME}</p>'
    counts = Counter(one.became.name.lower() for one in found.differences)
    told = texts.COUNTS.format(**{k: counts[k] for k in ("changed", "added", "gone", "moved")})
    rows = "".join(_row(one, found) for one in found.differences)
    return (
        f'<p class="sum" role="status">{escape(found.says)}<span>{told}</span>。</p>'
        f'{_bar(len(found.differences))}<ol class="differences">{rows}</ol>'
    )


def _bar(count: int) -> str:
    """What stays in sight over the cards: the way back, and of many cards a filter."""
    back = f'<button type="button" class="back">{texts.BACK}</button>'
    if count <= _FEW:
        return f'<div class="bar">{back}</div>'
    return (
        f'<div class="bar" role="search">{back}<label>{texts.COMPARE_FILTER}<input type="search" '
        f'name="cards" maxlength="40" autocomplete="off" placeholder="{texts.COMPARE_FILTER_HINT}">'
        '</label><span class="quiet" role="status"></span></div>'
    )


def _row(one: Difference, found: Comparison) -> str:
    sides = [(one.before, found.first), (one.after, found.second)]
    there = [(side, day) for side, day in sides if side]
    is_one_text = len({document.title for (document, _), _ in there}) == 1
    names = {
        article.label if is_one_text else f"《{short_title(document.title)}》{article.label}": link
        for (document, article), day in there
        if (link := source_url(article.key, day))
    }
    head = " → ".join(source_link(link, escape(name)) for name, link in names.items())
    numbers = " ".join(Key.parse(article.key).place for (_, article), _ in there)
    return (
        f'<li data-numbers="{escape(numbers)}"><p class="what">'
        f'<span class="verdict">{one.became.value}</span><span>{head}</span></p>'
        f"{_note(one, found.second)}{_wording(one)}</li>"
    )


def _note(one: Difference, day: date) -> str:
    others = "、".join(
        source_link(source_url(article.key, day), escape(article.label)) for _, article in one.also
    )
    also = f"{texts.COMPARE_ALSO}{others}。" if others else ""
    return f'<p class="quiet">{escape(one.note)}{also}</p>' if one.note or also else ""


def _wording(one: Difference) -> str:
    """The two texts: what changed in them, or the one under the other."""
    if one.is_rewritten and one.before and one.after:
        return "".join(
            f'<p class="side">{head}</p><blockquote class="difference">{lines(article.text)}'
            "</blockquote>"
            for head, (_, article) in (
                (texts.COMPARE_BEFORE, one.before),
                (texts.COMPARE_AFTER, one.after),
            )
        )
    text = changed_words(one.changes)
    if one.became in (Became.ADDED, Became.GONE):
        tag = "ins" if one.became is Became.ADDED else "del"
        side = one.after or one.before
        text = f"<{tag}>{escape(side[1].text)}</{tag}>" if side else ""
    return f'<p class="difference">{text}</p>'.replace("\n", "<br>") if text else ""
