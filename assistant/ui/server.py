"""Listening for the browser, until interrupted."""

import errno
import logging
import socket

import uvicorn
from fastapi import FastAPI

from assistant.ui import texts
from corpus.errors import OptionError

_STOP_WITHIN_S = 1


def check_port(host: str, port: int) -> None:
    """OptionError where nothing can listen there."""
    _bind(host, port).close()


def serve(app: FastAPI, host: str, port: int) -> None:
    """Show the page until interrupted; OptionError where nothing can listen there."""
    listener = _bind(host, port)
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_STOP_WITHIN_S)
    with listener:
        _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Cuts off pages that are still open when it stops, which is nothing to report."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
        await super().shutdown(sockets)


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> OptionError:
    if error.errno == errno.EADDRINUSE:
        return OptionError(texts.PORT_IN_USE.format(port=port))
    return OptionError(texts.CANNOT_LISTEN.format(host=host, port=port, reason=error.strerror))
