"""The interface for other programs as a web application, alone or beside the page."""

import logging
import time

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.access import Access
from assistant.api.keys import KeyStore
from assistant.api.metrics import Metrics
from assistant.api.problems import NO_SUCH, TOO_LARGE, UNEXPECTED, UNREADABLE, Problem
from assistant.api.routes import make_api_routes, make_open_routes
from assistant.api.serving import Workers
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import AskedLog, Database, FeedbackQueue, keep_in, open_records
from assistant.serving import Guard, rate_limit
from corpus.errors import EcoPolicyError, UserError, VectorStoreError

_PATHS = ("/v1/", "/healthz", "/readyz", "/metrics")
#: So much may be sent; more of a file.
_MOST_MB, _MOST_MB_OF_FILE = 4, 21
_FILES = ("/v1/check/file",)


def build_api(assistant: Assistant, options: PageOptions) -> FastAPI:
    """The interface alone."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    records = open_records(options.data_dir, options.records_database)
    add_api(app, assistant, options, records)
    app.add_middleware(Guard, names=options.allowed_hosts, is_logging=options.log_requests)
    return app


def add_api(app: FastAPI, assistant: Assistant, options: PageOptions, records: Database) -> None:
    """Put the interface into an application, under its own paths."""
    metrics = Metrics()
    keys = KeyStore(options.data_dir)
    rate = rate_limit("api", options.api_requests_per_minute, options.shared_limits)
    access = Access(keys, rate, options.client_header)
    workers = Workers(options.workers, options.queue_size, metrics)
    keep = keep_in(AskedLog(records, options.keep_questions_days))
    api = make_api_routes(assistant, access, workers, metrics, FeedbackQueue(records), keep)
    app.include_router(api)
    app.include_router(make_open_routes(assistant, metrics, api))
    app.add_exception_handler(Problem, _problem)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _invalid)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _refused)  # type: ignore[arg-type]
    app.add_exception_handler(EcoPolicyError, _told)  # type: ignore[arg-type]
    app.add_middleware(_Measured, metrics=metrics)


async def _problem(_: Request, problem: Problem) -> JSONResponse:
    return problem.response()


async def _invalid(_: Request, error: RequestValidationError) -> JSONResponse:
    first = error.errors()[0]
    named = [str(part) for part in first["loc"] if part != "body" and not isinstance(part, int)]
    where = ".".join(named) or "正文要是 JSON"
    return Problem(422, UNREADABLE.format(where=where[:80])).response()


async def _refused(_: Request, error: HTTPException) -> JSONResponse:
    if isinstance(error.__cause__, Problem):  # what came while the body was read
        return error.__cause__.response()
    says = NO_SUCH if error.status_code in (404, 405) else UNREADABLE.format(where="正文")
    return Problem(error.status_code, says, dict(error.headers or {})).response()


async def _told(_: Request, error: EcoPolicyError) -> JSONResponse:
    if isinstance(error, VectorStoreError):  # it passes when the server is back
        return Problem(503, str(error), {"Retry-After": "5"}).response()
    return Problem(422 if isinstance(error, UserError) else 500, str(error)).response()


class _Measured:
    """ASGI middleware for the interface's paths: a limit on what is sent, a sentence where
    something fails, and figures."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or not scope["path"].startswith(_PATHS):
            await self._app(scope, receive, send)
            return
        name = scope.get("state", {}).get("request_id", "")
        started = time.perf_counter()
        status = 500
        is_begun = False

        async def send_counted(message: Message) -> None:
            nonlocal status, is_begun
            if message["type"] == "http.response.start":
                status, is_begun = message["status"], True
                route = getattr(scope.get("route"), "path", "other")
                self._metrics.request(route, status, time.perf_counter() - started)
            await send(message)

        try:
            await self._app(scope, _limited(scope, receive), send_counted)
        except Problem as problem:
            await problem.response()(scope, receive, send_counted)
        except Exception:
            logging.getLogger("ecopolicy.api").exception("request %s failed", name)
            if is_begun:
                raise
            await Problem(500, UNEXPECTED).response()(scope, receive, send_counted)


def _limited(scope: Scope, receive: Receive) -> Receive:
    """What is received, up to the limit; Problem 413 for more."""
    most_mb = _MOST_MB_OF_FILE if scope["path"] in _FILES else _MOST_MB
    most = most_mb * 1024 * 1024
    told = dict(scope["headers"]).get(b"content-length", b"0")
    too_large = Problem(413, TOO_LARGE.format(most=most_mb))
    if told.isdigit() and int(told) > most:
        raise too_large
    count = 0

    async def limited() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        if count > most:
            raise too_large
        return message

    return limited
