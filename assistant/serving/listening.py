"""Listening at an address: told at once where that cannot be, before anything is loaded."""

import errno
import gc
import logging
import socket
from ipaddress import ip_address
from math import ceil

import uvicorn
from fastapi import FastAPI

from corpus.errors import OptionError

#: A connection on which nothing is asked any more is closed.
_IDLE_S = 15
#: More connections than this are told to come again (503), while those there are served.
_MOST_CONNECTIONS = 1000


def check_port(host: str, port: int) -> None:
    """OptionError where nothing can listen there."""
    bind(host, port).close()


def check_local(host: str) -> None:
    """OptionError where an address is not this machine's own: what asks nobody who he is."""
    try:
        is_local = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        is_local = False
    if not is_local:
        raise OptionError(
            f"“{host}”不是本机地址：MCP 不问来的是谁，只在本机开；"
            "要给别的机器用，请在前面加上认证。"
        )


def bind(host: str, port: int) -> socket.socket:
    """A socket bound to the address; OptionError where nothing can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError) as error:
        raise _cannot_listen(host, port, error) from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError | UnicodeError) -> OptionError:
    if isinstance(error, UnicodeError):
        return OptionError(f"“{host}”不是地址，请用 --host 换一个。")
    if error.errno == errno.EADDRINUSE:
        return OptionError(f"端口 {port} 已被占用，请用 --port 换一个，或先停掉占用它的程序。")
    return OptionError(
        f"不能在 {host}:{port} 上监听（{error.strerror}），请用 --host 和 --port 换一个地址。"
    )


def serve(app: FastAPI, host: str, port: int, stop_within_s: float = 1) -> None:
    """Serve until interrupted; OptionError where nothing can listen there.

    When it is interrupted nothing new is taken, and what is under way has ``stop_within_s`` to end.
    """
    listener = bind(host, port)
    # What was loaded so far stays: the collector need not look through it whenever an index is
    # opened, a third of a second in which nobody is answered.
    gc.collect()
    gc.freeze()
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_IDLE_S,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=ceil(stop_within_s),
    )
    with listener:
        _Server(config).run(sockets=[listener])


class _Server(uvicorn.Server):
    """What is cut off when it stops is nothing to report."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)
        await super().shutdown(sockets)
