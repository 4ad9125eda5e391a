"""What stands before every route: an id, the names that the server answers to, a limit on what is
sent, a sentence where something fails, and a line in the log."""

import logging
import time
import uuid
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("ecopolicy.requests")

#: No route takes more; most take far less.
_MOST_MB = 64
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104

WRONG_NAME = (
    "这个服务不以“{name}”为名：请在设置 allowed_hosts（ECOPOLICY_ALLOWED_HOSTS）里写上它，"
    "再重新启动。"
)
TOO_LARGE = f"发来的内容超过 {_MOST_MB} MB，请拆成几次发送。"
UNEXPECTED = "程序出了意外，请再试一次；若仍不行，请把编号 {id} 告诉管理这个服务的人。"


def own_names(host: str, allowed: Collection[str]) -> tuple[str, ...]:
    """The names under which a server that listens at ``host`` answers; none where under any.

    A page of another site can make a reader's browser call a name that leads to this machine; under
    a name that is not ours nothing is answered.
    """
    if allowed:
        return (*allowed, *_LOOPBACK)
    return () if host in _ANYWHERE else (host, *_LOOPBACK)


class Guard:
    """ASGI middleware; ``names`` are those that the server answers to, any where there are none.

    The id is ``scope["state"]["request_id"]`` and the header ``X-Request-ID``. With ``is_logging``
    every request is a line in the log: never its query or its body, which may hold a question.
    """

    def __init__(self, app: ASGIApp, names: Collection[str] = (), is_logging: bool = False) -> None:
        self._app = app
        self._names = frozenset(name.lower() for name in names)
        self._is_logging = is_logging

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name, started = uuid.uuid4().hex, time.perf_counter()
        scope.setdefault("state", {})["request_id"] = name
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", name.encode())]
            await send(message)

        try:
            refusal = self._refusal(scope)
            await (refusal or self._app)(scope, _limited(receive), send_with_id)
        except _TooLargeError:
            if not status:
                await PlainTextResponse(TOO_LARGE, 413)(scope, receive, send_with_id)
        except Exception:
            _log.exception("request %s failed", name)
            if not status:  # else it breaks off, which the client sees
                says = UNEXPECTED.format(id=name)
                await PlainTextResponse(says, 500)(scope, receive, send_with_id)
        finally:
            if self._is_logging:
                seen = {"id": name, "method": scope["method"], "path": scope["path"]}
                took = round(1000 * (time.perf_counter() - started), 1)
                _log.info("request", extra={"fields": {**seen, "status": status, "ms": took}})

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        name = _name_in(host)
        if self._names and name not in self._names:
            return PlainTextResponse(WRONG_NAME.format(name=name[:100]), 421)
        length = headers.get(b"content-length", b"0")
        if length.isdigit() and int(length) > _MOST_MB * 1024 * 1024:
            return PlainTextResponse(TOO_LARGE, 413)
        return None


class _TooLargeError(Exception):
    """More was sent than any route takes."""


def _name_in(host: str) -> str:
    """The name of a Host header, without its port."""
    try:
        return "" if "@" in host else (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _limited(receive: Receive) -> Receive:
    count = 0

    async def limited() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > _MOST_MB * 1024 * 1024:
            raise _TooLargeError
        return message

    return limited
