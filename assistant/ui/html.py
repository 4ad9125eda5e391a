"""Small pieces of HTML that several views share; every text from outside is escaped."""

from collections.abc import Iterable
from datetime import date
from html import escape
from urllib.parse import quote, urlencode, urlsplit

from assistant.checking import Change
from assistant.export import is_web_page
from assistant.types import ADDED_LABEL
from assistant.ui import texts
from corpus.language import chinese_date
from corpus.splitting import is_item
from corpus.standing import said_of_day, said_of_today
from corpus.types import Status

_BADGES = {
    Status.IN_FORCE: "in-force",
    Status.REPEALED: "repealed",
    Status.EXPIRED: "repealed",
    Status.SUPERSEDED: "superseded",
    Status.NOT_YET: "not-yet",
    Status.NEWS: "news",
    Status.POLICY: "news",
    Status.EARLIER: "superseded",
}


def ask_link(question: str, words: str, label: str) -> str:
    """A link that asks a question on the chat's page."""
    return (
        f'<a class="ask" href="?q={quote(question)}" data-ask="{escape(question)}" '
        f'aria-label="{escape(label)}">{escape(words)}</a>'
    )


def lines(text: str) -> str:
    """Text with its line breaks."""
    return escape(text).replace("\n", "<br>")


def paragraphs(text: str) -> str:
    """A quote with a paragraph a line, its 项 set in."""
    kinds = ((' class="set-in"' if is_item(line) else "", line) for line in text.split("\n"))
    return "".join(f"<p{kind}>{escape(line)}</p>" for kind, line in kinds)


def line_class(line: str) -> str:
    """``item`` for a 项, else ``line``."""
    return "item" if is_item(line) else "line"


def badge(status: str, shown: str = "") -> str:
    """The coloured badge of a status; ``shown`` says it in other words."""
    kind = next((name for value, name in _BADGES.items() if value.value == status), "other")
    return f'<span class="badge {kind}">{escape(shown or status)}</span>'


def standing(status: str, today: Status | None) -> str:
    """What a text was on the day of an answer, beside it what it is today.

    ``today`` is None where that day is today.
    """
    now = said_of_today(today) if today else ""
    if today is None or not now:
        return badge(status)
    return badge(status, said_of_day(status)) + badge(today.value, now)


def added(is_added: bool) -> str:
    """Beside the status: that the text was added by whoever runs this; else nothing."""
    return f'<span class="badge other">{ADDED_LABEL}</span>' if is_added else ""


def effective(day: str) -> str:
    """Since or from when a text is in force; ``day`` is YYYY-MM-DD or empty."""
    if not day:
        return ""
    shown = texts.EFFECTIVE.format(day=chinese_date(date.fromisoformat(day)))
    return f'<span class="effective">{shown}</span>'


def note(text: str) -> str:
    """Our remark on a fault of the source."""
    return f'<span class="note">{escape(text)}</span>' if text else ""


def official_link(url: str) -> str:
    """A link to the official page; nothing where the address is no web page."""
    if not is_web_page(url):
        return ""
    shown = escape(texts.OFFICIAL_PAGE.format(host=urlsplit(url).netloc))
    return (
        f'<a class="official" href="{escape(url)}" target="_blank" '
        f'rel="noopener noreferrer">{shown}</a>'
    )


def source_url(key: str, day: date, quoted: str = "") -> str:
    """Where the whole article is shown, the quote marked; every such link opens the panel."""
    given = {"key": key, "day": day.isoformat()} | ({"quote": quoted} if quoted else {})
    return "source?" + urlencode(given)


def source_link(address: str, inner: str, attributes: str = "") -> str:
    """A link that opens the panel; ``inner`` and ``attributes`` are HTML."""
    return f'<a data-source href="{escape(address)}"{attributes}>{inner}</a>'


def changed_words(changes: Iterable[Change]) -> str:
    """Words that were left out and words that were added."""
    return "".join(map(_change, changes))


def _change(change: Change) -> str:
    if not change.is_change:
        return escape(change.before)
    gone = f"<del>{escape(change.before)}</del>" if change.before else ""
    return gone + (f"<ins>{escape(change.after)}</ins>" if change.after else "")
