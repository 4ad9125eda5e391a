"""The tab 核验稿件."""

from assistant.ui.checking.form import render_form
from assistant.ui.checking.rendering import render_report

__all__ = ["render_form", "render_report"]
