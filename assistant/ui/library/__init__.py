"""The tab 法规库."""

from assistant.ui.library.comparison import render_comparison
from assistant.ui.library.tab import add_library

__all__ = ["add_library", "render_comparison"]
