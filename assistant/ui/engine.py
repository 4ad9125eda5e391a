"""Gradio's queue and event stream, behind a page of our own.

Gradio's own front end weighs 558 KB in 83 requests, needs inline and evaluated scripts, and loses
what it shows when the connection breaks. Its engine is what is worth having: a generator becomes an
event stream, and a reader who leaves ends it. ``gradio.Server`` would bring that engine with
a server of its own and with every other route of Gradio's (files, uploads, components) on the same
paths as ours; so the engine is mounted by itself, and nothing but asking is let through to it.
"""

from collections.abc import AsyncIterator

import gradio as gr
from fastapi import FastAPI
from gradio.events import api
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.page_options import PageOptions
from assistant.serving import address_of
from assistant.ui.chat import Asked, Desk

_PATH = "/engine"
#: A question is sent here; ``…/<event>`` streams what becomes of it.
ASK_PATH = f"{_PATH}/gradio_api/call/ask"


def add_engine(app: FastAPI, desk: Desk, options: PageOptions) -> None:
    """Take questions at :data:`ASK_PATH`: each reply is an object of ``html`` and ``is_taken``."""

    async def ask(
        question: str, audience: str, day: str, context: str, request: gr.Request
    ) -> AsyncIterator[dict[str, object]]:
        asked = Asked.read(question, audience, day, context)
        async for reply in desk.reply(asked, address_of(request, options.client_header)):
            yield {"html": reply.html, "is_taken": reply.is_taken}

    ask.__annotations__["return"] = dict[str, object]  # Gradio reads what one item is
    with gr.Blocks(analytics_enabled=False, mode="server") as engine:
        # The desk has a queue of its own, which shows one's place.
        api(ask, api_name="ask", concurrency_limit=None)
    gr.mount_gradio_app(
        app,
        engine,
        path=_PATH,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    app.add_middleware(_OnlyAsking)


class _OnlyAsking:
    """ASGI middleware: of the engine's routes only asking is there."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        path = scope.get("path", "")
        if path.startswith(_PATH) and ASK_PATH not in (path, path.rpartition("/")[0]):
            await PlainTextResponse("", 404)(scope, receive, send)
            return
        await self._app(scope, receive, send)
