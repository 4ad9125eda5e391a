"""The page."""

from assistant.ui.app import build_app
from assistant.ui.server import check_port, serve

__all__ = ["build_app", "check_port", "serve"]
