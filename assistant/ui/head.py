"""The page's head as others see it: its own name and icon where it is shared, not its maker's."""

import re
from html import escape
from importlib import resources

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.page_options import PageOptions
from assistant.ui import texts

#: What Gradio says of itself to those who show a link to the page.
_SHARED = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')


def icon_path() -> str:
    """The page's icon."""
    return str(resources.files("assistant.ui") / "icon.svg")


class OwnHead:
    """ASGI middleware that puts the page's own name into its head."""

    def __init__(self, app: ASGIApp, options: PageOptions) -> None:
        self._app = app
        told = escape(texts.SHARED_LINE)
        title = escape(options.title)
        self._head = (
            f'<meta property="og:title" content="{title}">'
            f'<meta property="og:type" content="website">'
            f'<meta property="og:description" content="{told}">'
            f'<meta name="description" content="{told}">'
        ).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; only the page itself is touched."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def gather(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body"):
                return
            page = _SHARED.sub(b"", bytes(body)).replace(b"</head>", self._head + b"</head>", 1)
            MutableHeaders(scope=start)["content-length"] = str(len(page))
            await send(start)
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, gather)
