"""The chat page: built with Gradio, served on the reader's own machine."""

import errno
import logging
import socket
from collections.abc import Iterator
from datetime import date
from typing import Any

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.types import Audience
from assistant.ui import texts
from assistant.ui.conversation import Turn, converse, read_day, show
from assistant.ui.layout import Parts, lay_out
from assistant.ui.privacy import StayOnMachine
from assistant.ui.rendering import render_header
from assistant.ui.theme import make_theme
from corpus.errors import EcoPolicyError, OptionError

#: In place of the day on which the page was built, today's; sv-SE writes it as YYYY-MM-DD.
_TODAY = "day => day === '%s' ? new Intl.DateTimeFormat('sv-SE').format(new Date()) : day"
_STOP_WITHIN_S = 1


def build_app(assistant: Assistant, settings: Settings) -> gr.Blocks:
    """The page; ``web_app`` or ``serve`` shows it."""

    def header(day: date) -> str:
        return render_header(settings.title, assistant.corpus, day)

    def change_day(day: str) -> Any:
        try:
            return header(read_day(day))
        except EcoPolicyError:  # half a date, say; asking tells
            return gr.skip()

    page = gr.Blocks(title=settings.title, analytics_enabled=False, fill_width=True)
    with page:
        today = date.today()
        parts = lay_out(header(today), today.isoformat())
        loaded = page.load(
            None,
            parts.day,
            parts.day,
            js=_TODAY % today.isoformat(),
            show_progress="hidden",
            api_visibility="private",
        )
        for trigger in (loaded.then, parts.day.change):
            trigger(
                change_day,
                parts.day,
                parts.header,
                show_progress="hidden",
                api_visibility="private",
                concurrency_id="header",
            )
        _bind_questions(parts, assistant)
    return page


def _bind_questions(parts: Parts, assistant: Assistant) -> None:
    def ask(
        question: str | None, audience: str, day: str | None, turns: tuple[Turn, ...]
    ) -> Iterator[tuple[Any, ...]]:
        asked = question or ""
        box: Any = ""
        for grown in converse(assistant, turns, asked, Audience(audience), day or ""):
            last = grown[-1]
            yield show(grown), grown, box, gr.Column(visible=False)
            box = gr.skip()
        if not last.is_remembered:
            yield gr.skip(), gr.skip(), asked, gr.skip()

    outputs = [parts.conversation, parts.turns, parts.box, parts.empty_state]
    events: list[Any] = [
        trigger(
            ask,
            [source, parts.audience, parts.day, parts.turns],
            outputs,
            show_progress="hidden",
            api_visibility="private",
            concurrency_id="ask",
        )
        for trigger, source in (
            (parts.box.submit, parts.box),
            (parts.send.click, parts.box),
            *((example.click, example) for example in parts.examples),
        )
    ]
    parts.clear.click(
        lambda: (show(()), (), "", gr.Column(visible=True)),
        None,
        outputs,
        show_progress="hidden",
        api_visibility="private",
        cancels=events,
    )


def web_app(page: gr.Blocks) -> FastAPI:
    """The page as a web application: no API pages, no links out, no run history."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(StayOnMachine)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=make_theme(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    return app


def check_port(host: str, port: int) -> None:
    """OptionError where nothing can listen there."""
    _bind(host, port).close()


def serve(page: gr.Blocks, host: str, port: int) -> None:
    """Show the page until interrupted; OptionError where nothing can listen there."""
    listener = _bind(host, port)
    config = uvicorn.Config(
        web_app(page), log_level="warning", timeout_graceful_shutdown=_STOP_WITHIN_S
    )
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
