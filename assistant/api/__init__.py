"""The assistant asked by other programs: OpenAI's chat form, and plain routes of our own.

request ──access──▶ who asks ──routes, chat──▶ answer; every error is a problem (RFC 9457) with one
Chinese sentence.
"""

from assistant.api.app import add_api, build_api
from assistant.api.keys import KeyStore

__all__ = ["KeyStore", "add_api", "build_api"]
