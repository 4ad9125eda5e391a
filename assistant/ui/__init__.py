"""The page."""

from assistant.ui.app import build_app
from assistant.ui.server import serve

__all__ = ["build_app", "serve"]
