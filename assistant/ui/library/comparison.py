"""A text on two days: what is asked for, and the comparison → HTML."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby

from assistant.checking import Became, Comparison, Difference
from assistant.intake import FIRST_DAY, LAST_DAY
from assistant.ui.html import changed_words
from assistant.ui.library import texts
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.key import Key, short_title
from corpus.language import chinese_date


@dataclass(frozen=True, slots=True)
class _Offer:
    """What can be compared: a text over the day on which its rules changed."""

    group: str
    shown: str
    title: str
    changed: date

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
        f'<div class="compared" aria-live="polite" data-busy="{texts.COMPARE_BUSY}" '
        f'data-failed="{texts.COMPARE_FAILED}"></div></details>'
    )


def _offers(corpus: Corpus) -> Iterator[_Offer]:
    for title in dict.fromkeys(d.title for d in corpus.documents if d.kind is Kind.STATUTE):
        name, repeal = short_title(title), corpus.repeal(title)
        if repeal:
            by = short_title(Key.parse(repeal.by).owner)
            group = texts.COMPARE_REPLACED.format(by=by)
            yield _Offer(group, texts.COMPARE_PAIR.format(old=name, by=by), title, repeal.day)
        for version in corpus.versions(title)[1:]:
            if start := version.in_force_from:
                shown = texts.COMPARE_VERSION.format(title=name, day=chinese_date(start))
                yield _Offer(texts.COMPARE_REVISED, shown, title, start)


def render_comparison(found: Comparison) -> str:
    """What holds on each day, and what became of every article that is not the same."""
    if not found.differences:
        return f'<p class="sum" role="status">{escape(found.says)}{texts.SAME}</p>'
    counts = Counter(one.became.name.lower() for one in found.differences)
    told = texts.COUNTS.format(**{k: counts[k] for k in ("changed", "added", "gone", "moved")})
    rows = "".join(map(_row, found.differences))
    return (
        f'<p class="sum" role="status">{escape(found.says)}{told}。</p>'
        f'<ol class="differences">{rows}</ol>'
    )


def _row(one: Difference) -> str:
    sides = [side for side in (one.before, one.after) if side]
    is_one_text = len({document.title for document, _ in sides}) == 1
    names = [
        article.label if is_one_text else f"《{short_title(document.title)}》{article.label}"
        for document, article in sides
    ]
    head = escape(" → ".join(dict.fromkeys(names)))
    text = changed_words(one.changes)
    if one.became in (Became.ADDED, Became.GONE):
        tag = "ins" if one.became is Became.ADDED else "del"
        text = f"<{tag}>{escape(sides[0][1].text)}</{tag}>"
    note = f'<p class="quiet">{escape(one.note)}</p>' if one.note else ""
    body = f'<p class="difference">{text}</p>'.replace("\n", "<br>") if text else ""
    return (
        f'<li><p class="what"><span class="verdict">{one.became.value}</span>{head}</p>'
        f"{note}{body}</li>"
    )
