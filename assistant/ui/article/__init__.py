"""An article as HTML, in the panel and in the library."""

from assistant.ui.article.article_html import link_to, render_article
from assistant.ui.article.badges import badge, official_page
from assistant.ui.article.source_view import render_missing, render_source
from assistant.ui.article.sources import find_source

__all__ = [
    "badge",
    "find_source",
    "link_to",
    "official_page",
    "render_article",
    "render_missing",
    "render_source",
]
