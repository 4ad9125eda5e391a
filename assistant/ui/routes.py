"""What the page's script asks for besides answers: sources, kept conversations, files, feedback.

Nothing of a conversation stays on the server: the browser sends what it keeps, and it is checked.
"""

import logging
import time
from collections.abc import Awaitable, Callable
from datetime import date
from importlib import resources
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.checking import check_text, compare
from assistant.export import to_commented_docx, to_docx, to_findings_xlsx, to_markdown
from assistant.limits import RateLimit, address_of
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import Database, FeedbackQueue
from assistant.ui import texts
from assistant.ui.article import (
    Originals,
    find_source,
    render_links,
    render_missing,
    render_source,
    send_original,
    send_page,
)
from assistant.ui.chat import Desk, read_exchange, read_exchanges, read_verdict
from assistant.ui.checking import render_report
from assistant.ui.library import render_comparison
from corpus.catalog import Corpus
from corpus.errors import EcoPolicyError, OptionError
from corpus.key import Key
from corpus.loading import load_whole
from corpus.readers import MAX_BYTES, read_plain

#: A request may be this long, in bytes.
_MOST = 2_000_000
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_JSON, _FILE = "application/json", "application/octet-stream"

#: So many sources may be opened, texts checked and answers taken away for each question.
_PER_QUESTION = 4

Handler = Callable[[Request], Awaitable[Response]]


def make_routes(
    assistant: Assistant,
    options: PageOptions,
    desk: Desk,
    records: Database,
    originals: Originals = lambda document: None,
) -> APIRouter:
    """The routes, to be mounted beside the page; ``originals`` gives the files of documents."""
    router = APIRouter()
    queue = FeedbackQueue(records)

    async def restore(request: Request) -> Response:
        exchanges = read_exchanges(await _body(request), assistant.corpus)
        return HTMLResponse(await run_in_threadpool(desk.restore, exchanges))

    async def export(request: Request) -> Response:
        body = await _body(request)
        exchanges = read_exchanges(body, assistant.corpus)
        today = date.today()
        corpus = assistant.corpus
        if request.path_params["kind"] == "md":
            text = await run_in_threadpool(to_markdown, exchanges, corpus, today)
            return _file(text.encode(), "text/markdown; charset=utf-8", f"{today}.md")
        document = await run_in_threadpool(to_docx, exchanges, corpus, today)
        return _file(document, _DOCX, f"{today}.docx")

    async def feedback(request: Request) -> Response:
        sent = read_verdict(await _body(request))
        kept = read_exchange(sent.exchange, assistant.corpus)
        await run_in_threadpool(queue.add, kept.answer, sent.verdict, sent.word)
        return JSONResponse({"kept": True})

    told = _Telling(options)
    _add_sources(router, assistant, originals, told)
    _add_checking(router, assistant, options, told)
    router.add_api_route("/restore", told(restore), methods=["POST"])
    router.add_api_route("/export.{kind}", told(export), methods=["POST"])
    router.add_api_route("/feedback", told(feedback), methods=["POST"])
    router.add_api_route("/page/{name}", _script, methods=["GET"])
    if options.embed_origins:
        router.add_api_route("/embed.js", _embedding, methods=["GET"])
    return router


def _add_sources(
    router: APIRouter, assistant: Assistant, originals: Originals, told: "_Telling"
) -> None:
    """What is opened of a citation: the article, and the file that it was read from."""

    async def source(request: Request) -> Response:
        given = request.query_params
        key, day = given.get("key", ""), _day(given.get("day", ""))
        # A draft that is checked may cite any statute of the data package.
        owner = [Key.parse(key).owner]
        corpus = await run_in_threadpool(load_whole, assistant.corpus, owner)
        found = find_source(corpus, key, day, given.get("quote", ""))
        if found is None:
            return HTMLResponse(render_missing(), 404)
        path = await run_in_threadpool(originals, found.document)
        links = render_links(found, path, day.isoformat())
        return HTMLResponse(render_source(found, corpus, day, links))

    async def original(request: Request) -> Response:
        given = request.query_params
        day = _day(given.get("day", ""))
        found = find_source(assistant.corpus, given.get("key", ""), day, given.get("quote", ""))
        path = await run_in_threadpool(originals, found.document) if found else None
        if found is None or path is None:
            return PlainTextResponse(texts.NO_ORIGINAL, 404)
        if not request.url.path.endswith(".png"):
            return send_original(path, found.document.title)
        return await run_in_threadpool(send_page, found, path)

    router.add_api_route("/source", told(source), methods=["GET"])
    router.add_api_route("/original", told(original), methods=["GET"])
    router.add_api_route("/original/page.png", told(original), methods=["GET"])


def _add_checking(
    router: APIRouter, assistant: Assistant, options: PageOptions, told: "_Telling"
) -> None:
    """What is asked of drafts, and of a text on two days; as many at once as there are workers."""
    turns = CapacityLimiter(options.workers)

    async def check(request: Request) -> Response:
        given = request.query_params
        body = await _body(request, _FILE, MAX_BYTES)
        kind, is_replaced = given.get("as", ""), bool(given.get("replace"))
        name, day = given.get("name", ""), _day(given.get("day", ""))
        return await to_thread.run_sync(
            _checked, assistant.corpus, name, body, day, kind, is_replaced, limiter=turns
        )

    async def compared(request: Request) -> Response:
        given = request.query_params
        days = (_day(given.get("from", "")), _day(given.get("to", "")))
        title = given.get("title", "")
        found = await to_thread.run_sync(compare, assistant.corpus, title, *days, limiter=turns)
        return HTMLResponse(render_comparison(found))

    router.add_api_route("/check", told(check), methods=["POST"])
    router.add_api_route("/compare", told(compared), methods=["GET"])


def _checked(
    corpus: Corpus, name: str, body: bytes, day: date, kind: str, is_replaced: bool
) -> Response:
    """The report of a text as HTML, or as a file of the kind."""
    text = read_plain(name, body)
    report = check_text(text, corpus, day)
    if kind == "docx":
        original = body if name.lower().endswith(".docx") else None
        return _file(to_commented_docx(report, original, is_replaced), _DOCX, "docx")
    if kind == "xlsx":
        return _file(to_findings_xlsx(report), _XLSX, "xlsx")
    return HTMLResponse(render_report(report))


async def _script(name: str) -> Response:
    """A script of the page."""
    folder = resources.files("assistant.ui") / "script"
    if name not in {file.name for file in folder.iterdir()}:
        return PlainTextResponse("", 404)
    text = (folder / name).read_text("utf-8")
    return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


async def _embedding() -> Response:
    """The script that puts the chat on another site's page."""
    return await _script("embed.js")


class _Telling:
    """Wraps a handler: what goes wrong is told in one Chinese sentence, and a client that asks for
    more than :data:`_PER_QUESTION` times as much as it may ask questions waits."""

    def __init__(self, options: PageOptions) -> None:
        self._header = options.client_header
        self._rate = RateLimit(options.requests_per_minute * _PER_QUESTION)

    def __call__(self, handle: Handler) -> Handler:
        """The handler, kept to the limit."""

        async def handler(request: Request) -> Response:
            client = address_of(request, self._header)
            if seconds := self._rate.wait_for(client, time.monotonic()):
                says = texts.OPENED_TOO_OFTEN.format(most=self._rate.per_minute, seconds=seconds)
                return PlainTextResponse(says, 429, {"Retry-After": str(seconds)})
            try:
                return await handle(request)
            except EcoPolicyError as error:
                return PlainTextResponse(str(error), 422)
            except Exception:
                logging.getLogger("ecopolicy.page").exception("a request failed")
                return PlainTextResponse(texts.UNEXPECTED, 500)

        return handler


async def _body(request: Request, kind: str = _JSON, most: int = _MOST) -> bytes:
    """The body of a request that this page made; OptionError where it is too long or foreign."""
    # A form on another site cannot send these types without the browser asking us first.
    if request.headers.get("content-type", "").partition(";")[0] != kind:
        raise OptionError(texts.UNREADABLE)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise OptionError(texts.FILE_TOO_LARGE if kind == _FILE else texts.UNREADABLE)
    return bytes(body)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.today()


def _file(content: bytes, kind: str, ending: str) -> Response:
    name = quote(f"{texts.EXPORT_NAME}-{ending}")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=kind, headers=headers)
