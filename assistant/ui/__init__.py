"""The page."""

from assistant.ui.app import build_app
from assistant.ui.engine import ASK_PATH

__all__ = ["ASK_PATH", "build_app"]
