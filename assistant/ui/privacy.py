"""Keeps the page on the machine: the browser is told to load nothing from anywhere else."""

from collections.abc import Mapping, Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Scripts and styles are files of ours: nothing inline, nothing evaluated, no other host.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class StayOnMachine:
    """ASGI middleware that adds the headers to every response.

    ``origins`` are the sites that may show the page in a frame of theirs; ``stricter`` are headers
    of pages that allow less, by the beginning of their path.
    """

    def __init__(
        self,
        app: ASGIApp,
        origins: Sequence[str] = (),
        stricter: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._app = app
        self._stricter = tuple((stricter or {}).items())
        policy = " ".join((_POLICY, *origins))
        self._headers = {"Content-Security-Policy": policy, **_HEADERS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = next((h for p, h in self._stricter if scope["path"].startswith(p)), {})
                MutableHeaders(scope=message).update({**self._headers, **own})
            await send(message)

        await self._app(scope, receive, send_with_headers)
