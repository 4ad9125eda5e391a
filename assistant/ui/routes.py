"""What the page's script asks for besides answers: sources, kept conversations, files, feedback.

Nothing of a conversation stays on the server: the browser sends what it keeps, and it is checked.
"""

from datetime import date
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.checking import check_text, compare
from assistant.export import (
    check_name,
    memo_name,
    to_commented_docx,
    to_docx,
    to_findings_xlsx,
    to_markdown,
)
from assistant.intake import read_day
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import Database, FeedbackQueue
from assistant.ui import texts
from assistant.ui.article import (
    KeptOf,
    find_source,
    render_citing,
    render_kept,
    render_missing,
    render_source,
    send_original,
    send_page,
)
from assistant.ui.board import add_board
from assistant.ui.chat import (
    Desk,
    asked_in,
    read_exchange,
    read_exchanges,
    read_kept,
    read_verdict,
)
from assistant.ui.checking import render_form, render_report
from assistant.ui.files import Files
from assistant.ui.library import add_library, render_comparison
from assistant.ui.shell import Shell
from assistant.ui.telling import Telling
from corpus.catalog import Corpus
from corpus.errors import OptionError
from corpus.key import Key
from corpus.loading import load_whole
from corpus.readers import MAX_BYTES, read_plain

#: A request may be this long, in bytes.
_MOST = 2_000_000
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_JSON, _FILE = "application/json", "application/octet-stream"


def make_routes(
    assistant: Assistant,
    options: PageOptions,
    desk: Desk,
    records: Database,
    kept_of: KeptOf = lambda document: None,
) -> APIRouter:
    """The routes, beside the page; ``kept_of`` tells what is kept of added documents."""
    router = APIRouter()
    queue = FeedbackQueue(records)

    async def restore(request: Request) -> Response:
        kept = read_kept(await _body(request))
        return HTMLResponse(await run_in_threadpool(desk.restore, kept))

    async def export(request: Request) -> Response:
        body = await _body(request)
        exchanges = read_exchanges(body, assistant.corpus)
        given = read_kept(body).name
        about = given or await run_in_threadpool(asked_in, exchanges[0].question)
        today = date.today()
        corpus = assistant.corpus
        if request.path_params["kind"] == "md":
            text = await run_in_threadpool(to_markdown, exchanges, corpus, today, options.authority)
            name = memo_name(exchanges, today, "md", about)
            return _file(text.encode(), "text/markdown; charset=utf-8", name)
        document = await run_in_threadpool(
            to_docx, exchanges, corpus, today, options.authority, options.title
        )
        return _file(document, _DOCX, memo_name(exchanges, today, "docx", about))

    async def feedback(request: Request) -> Response:
        sent = read_verdict(await _body(request))
        kept = read_exchange(sent.exchange, assistant.corpus)
        await run_in_threadpool(queue.add, kept.answer, sent.verdict, sent.word)
        return JSONResponse({"kept": True})

    told = Telling(options)
    _add_page(router, assistant, options)
    _add_sources(router, assistant, kept_of, told, options.authority)
    _add_checking(router, assistant, options, told)
    router.add_api_route("/restore", told(restore), methods=["POST"])
    router.add_api_route("/export.{kind}", told(export), methods=["POST"])
    router.add_api_route("/feedback", told(feedback), methods=["POST"])
    add_board(router, assistant, told)
    add_library(router, assistant, told)
    return router


def _add_page(router: APIRouter, assistant: Assistant, options: PageOptions) -> None:
    """The page itself, and the files that it loads."""
    files = Files(options)
    shell = Shell(options, files)

    async def page() -> Response:
        return shell.page(render_form(date.today()))

    async def about() -> Response:
        return await run_in_threadpool(shell.about, assistant.corpus)

    async def embedding() -> Response:
        return files.send("", "embed.js")

    router.add_api_route("/", page, methods=["GET", "HEAD"])
    router.add_api_route("/about", about, methods=["GET"])
    router.add_api_route("/page/{version}/{name}", files.send, methods=["GET"])
    if options.embed_origins:
        router.add_api_route("/embed.js", embedding, methods=["GET"])


def _add_sources(
    router: APIRouter, assistant: Assistant, kept_of: KeptOf, told: Telling, authority: str
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
        kept = await run_in_threadpool(kept_of, found.document)
        links = render_kept(found, kept, day.isoformat(), authority)
        cited = await run_in_threadpool(render_citing, found, assistant.corpus, day)
        return HTMLResponse(render_source(found, corpus, day, links, date.today(), cited))

    async def original(request: Request) -> Response:
        given = request.query_params
        day = _day(given.get("day", ""))
        found = find_source(assistant.corpus, given.get("key", ""), day, given.get("quote", ""))
        kept = await run_in_threadpool(kept_of, found.document) if found else None
        path = kept.file if kept else None
        if found is None or path is None:
            return PlainTextResponse(texts.NO_ORIGINAL, 404)
        if not request.url.path.endswith(".png"):
            return send_original(path, found.document.title)
        return await run_in_threadpool(send_page, found, path)

    router.add_api_route("/source", told(source), methods=["GET"])
    router.add_api_route("/original", told(original), methods=["GET"])
    router.add_api_route("/original/page.png", told(original), methods=["GET"])


def _add_checking(
    router: APIRouter, assistant: Assistant, options: PageOptions, told: Telling
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
        made = check_name(name, text, day, kind)
        return _file(to_commented_docx(report, original, is_replaced), _DOCX, made)
    if kind == "xlsx":
        return _file(to_findings_xlsx(report), _XLSX, check_name(name, text, day, kind))
    return HTMLResponse(render_report(report))


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
    """The day given, today where there is none; OptionError where it cannot be asked for."""
    return read_day(text) if text else date.today()


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=kind, headers=headers)
