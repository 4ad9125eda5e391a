"""The chat tab."""

from assistant.ui.chat.desk import Desk
from assistant.ui.chat.exchanges import read_exchange, read_exchanges, read_verdict
from assistant.ui.chat.frame import render_header, render_panel
from assistant.ui.chat.tab import lay_out_questions

__all__ = [
    "Desk",
    "lay_out_questions",
    "read_exchange",
    "read_exchanges",
    "read_verdict",
    "render_header",
    "render_panel",
]
