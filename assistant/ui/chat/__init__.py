"""The chat: questions in, turns as HTML out, kept conversations read back."""

from assistant.ui.chat.desk import Asked, Desk
from assistant.ui.chat.exchanges import (
    asked_in,
    read_exchange,
    read_exchanges,
    read_kept,
    read_verdict,
)

__all__ = [
    "Asked",
    "Desk",
    "asked_in",
    "read_exchange",
    "read_exchanges",
    "read_kept",
    "read_verdict",
]
