"""The page."""

from assistant.ui.app import build_app

__all__ = ["build_app"]
