"""The tab 目标与措施."""

from assistant.ui.board.tab import add_board

__all__ = ["add_board"]
