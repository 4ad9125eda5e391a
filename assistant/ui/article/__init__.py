"""An article as HTML: in the panel beside an answer, and its text wherever it is shown."""

from assistant.ui.article.originals import (
    Originals,
    originals_of,
    render_links,
    send_original,
    send_page,
)
from assistant.ui.article.panel import render_missing, render_source
from assistant.ui.article.sources import find_source
from assistant.ui.article.text import render_text

__all__ = [
    "Originals",
    "find_source",
    "originals_of",
    "render_links",
    "render_missing",
    "render_source",
    "render_text",
    "send_original",
    "send_page",
]
