"""The tab 目标与措施."""

from assistant.ui.board.rendering import ask_link
from assistant.ui.board.tab import lay_out_board

__all__ = ["ask_link", "lay_out_board"]
