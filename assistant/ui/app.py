"""The page as a web application, served on the reader's own machine."""

from collections.abc import Callable

from fastapi import APIRouter, FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from assistant.api import add_api
from assistant.desk import HEADERS, ROOT, add_desk, make_bench
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import AskedLog, keep_in, open_records
from assistant.serving import Guard
from assistant.ui.article import kept_in_library
from assistant.ui.chat import Desk
from assistant.ui.engine import add_engine
from assistant.ui.privacy import StayOnMachine
from assistant.ui.routes import make_routes
from assistant.wiring import Workspace

#: Shorter bodies gain nothing by being packed.
_LEAST_PACKED = 1024


def build_app(
    assistant: Assistant, options: PageOptions, workspace: Workspace | None = None
) -> FastAPI:
    """The page, what its scripts ask for, and the interface for programs.

    Where a workspace is given, staff have their desk beside it.
    """
    records = open_records(options.data_dir, options.records_database)
    desk = Desk(assistant, options, keep_in(AskedLog(records, options.keep_questions_days)))
    desk.warm_up()

    def add_beside(app: FastAPI) -> None:
        add_api(app, assistant, options, records)
        if workspace:
            add_desk(app, make_bench(assistant, workspace, options, records))
        add_engine(app, desk, options)

    routes = make_routes(assistant, options, desk, records, kept_in_library(workspace))
    return web_app(options, routes, add_beside)


def web_app(
    options: PageOptions, routes: APIRouter, add_beside: Callable[[FastAPI], None]
) -> FastAPI:
    """The routes as a web application: no pages about itself, nothing from other hosts.

    ``add_beside`` puts into it what is served under other paths.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_beside(app)
    app.include_router(routes)
    app.add_middleware(GZipMiddleware, minimum_size=_LEAST_PACKED)
    stricter = {ROOT: HEADERS}
    app.add_middleware(StayOnMachine, origins=options.embed_origins, stricter=stricter)
    app.add_middleware(Guard, names=options.allowed_hosts, is_logging=options.log_requests)
    return app
