"""A text on two days: what is asked for, and the comparison → HTML."""

from collections import Counter
from datetime import date, timedelta
from html import escape

from assistant.checking import Became, Comparison, Difference
from assistant.ui.html import changed_words
from assistant.ui.library import texts
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.key import short_title


def render_comparison_form(corpus: Corpus, day: date) -> str:
    """Which text, and which days: those around the day on which the law last changed."""
    held = {d.title: d for d in corpus.documents if d.kind is Kind.STATUTE}
    changed = [t for t in held if len(corpus.versions(t)) > 1 or corpus.repeal(t)]
    if not changed:
        return ""
    repeals = [repeal.day for t in changed if (repeal := corpus.repeal(t)) and repeal.day <= day]
    before = max(repeals, default=day) - timedelta(days=1)
    options = "".join(
        f'<option value="{escape(title)}">{escape(short_title(title))}</option>'
        for title in changed
    )
    return (
        f'<details class="comparing"><summary>{texts.COMPARE}</summary>'
        f'<form class="compare"><div class="row"><label>{texts.COMPARE_TITLE}'
        f'<select name="title">{options}</select></label><label>{texts.COMPARE_FROM}'
        f'<input type="date" name="from" value="{before.isoformat()}" required></label>'
        f'<label>{texts.COMPARE_TO}<input type="date" name="to" value="{day.isoformat()}" required>'
        f"</label><button>{texts.COMPARE_DO}</button></div></form>"
        f'<div class="compared" aria-live="polite" data-busy="{texts.COMPARE_BUSY}" '
        f'data-failed="{texts.COMPARE_FAILED}"></div></details>'
    )


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
