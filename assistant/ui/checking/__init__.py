"""The tab 核验稿件."""

from assistant.ui.checking.rendering import render_report
from assistant.ui.checking.tab import lay_out_check

__all__ = ["lay_out_check", "render_report"]
