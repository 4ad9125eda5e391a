"""An article as HTML: in the panel beside an answer, and its text wherever it is shown."""

from assistant.ui.article.correspondence import render_citing
from assistant.ui.article.kept import (
    KeptOf,
    kept_in_library,
    render_kept,
    send_original,
    send_page,
)
from assistant.ui.article.panel import render_missing, render_source
from assistant.ui.article.sources import find_source, stretch_of
from assistant.ui.article.text import render_text

__all__ = [
    "KeptOf",
    "find_source",
    "kept_in_library",
    "render_citing",
    "render_kept",
    "render_missing",
    "render_source",
    "render_text",
    "send_original",
    "send_page",
    "stretch_of",
]
