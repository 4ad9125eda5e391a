"""The tab 法规库."""

from assistant.ui.library.comparison import render_comparison
from assistant.ui.library.tab import lay_out_library

__all__ = ["lay_out_library", "render_comparison"]
