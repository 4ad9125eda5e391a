"""Small pieces that the library shows of a document."""

from html import escape
from urllib.parse import urlsplit

from assistant.export import is_web_page
from assistant.ui import browse_texts as texts
from corpus.types import Status

_KINDS = {
    Status.IN_FORCE: "in-force",
    Status.REPEALED: "repealed",
    Status.SUPERSEDED: "superseded",
    Status.NOT_YET: "not-yet",
    Status.NEWS: "news",
    Status.UNDATED: "other",
}


def badge(status: Status) -> str:
    """A status, coloured."""
    return f'<span class="badge {_KINDS[status]}">{status.value}</span>'


def official_page(url: str) -> str:
    """A link to a document's official page; empty for anything but a web page."""
    if not is_web_page(url):
        return ""
    shown = texts.OFFICIAL_PAGE.format(host=urlsplit(url).netloc)
    return (
        f'<a class="official" href="{escape(url)}" target="_blank" '
        f'rel="noopener noreferrer">{escape(shown)}</a>'
    )
