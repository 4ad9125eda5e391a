"""The tab 目标与措施."""

from assistant.ui.board.tab import lay_out_board

__all__ = ["lay_out_board"]
