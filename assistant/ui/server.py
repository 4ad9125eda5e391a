"""Listening for the browser, until interrupted."""

import logging
import socket

import uvicorn
from fastapi import FastAPI

from assistant.listening import bind

_STOP_WITHIN_S = 1


def serve(app: FastAPI, host: str, port: int) -> None:
    """Show the page until interrupted; OptionError where nothing can listen there."""
    listener = bind(host, port)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_STOP_WITHIN_S)
    with listener:
        _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Cuts off pages that are still open when it stops, which is nothing to report."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
        await super().shutdown(sockets)
