"""The page: built with Gradio, served on the reader's own machine."""

from collections.abc import Callable

import gradio as gr
from fastapi import APIRouter, FastAPI
from fastapi.middleware.gzip import GZipMiddleware

from assistant.api import add_api
from assistant.desk import HEADERS, ROOT, add_desk, make_bench
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import AskedLog, keep_in, open_records
from assistant.ui import texts
from assistant.ui.article import originals_of
from assistant.ui.board import lay_out_board
from assistant.ui.chat import Desk, lay_out_questions, render_header, render_panel
from assistant.ui.checking import lay_out_check
from assistant.ui.head import OwnHead, icon_path
from assistant.ui.library import lay_out_library
from assistant.ui.privacy import StayOnMachine
from assistant.ui.routes import make_routes
from assistant.ui.theme import make_theme
from assistant.wiring import Workspace

#: Shorter bodies gain nothing by being packed.
_LEAST_PACKED = 1024
_HEAD = (
    '<meta name="color-scheme" content="light dark">'
    '<script type="module" src="page/main.js"></script>'
)


def build_page(assistant: Assistant, options: PageOptions, desk: Desk) -> gr.Blocks:
    """The page's tabs; a further one is two lines."""
    page = gr.Blocks(title=options.title, analytics_enabled=False, fill_width=True)
    with page:
        header = gr.HTML(
            render_header(options, assistant.corpus), apply_default_css=False, elem_id="header"
        )
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(texts.CHAT_TAB, id="chat"):
                lay_out_questions(desk, options)
            with gr.Tab(texts.BOARD_TAB, id="board"):
                lay_out_board(assistant)
            with gr.Tab(texts.LIBRARY_TAB, id="library"):
                lay_out_library(assistant)
            with gr.Tab(texts.CHECK_TAB, id="check"):
                lay_out_check()
        gr.HTML(render_panel(), apply_default_css=False, elem_id="overlays")
        page.load(  # documents may have been added since
            lambda: render_header(options, assistant.corpus),
            None,
            header,
            show_progress="hidden",
            api_visibility="private",
            queue=False,
        )
    return page


def build_app(
    assistant: Assistant, options: PageOptions, workspace: Workspace | None = None
) -> FastAPI:
    """The page as a web application, with what its script asks for.

    Where a workspace is given, staff have their desk beside it.
    """
    records = open_records(options.data_dir)
    keep = keep_in(AskedLog(records, options.keep_questions_days))
    desk = Desk(assistant, options, keep)
    desk.warm_up()

    def add_beside(app: FastAPI) -> None:
        add_api(app, assistant, options, records)
        if workspace:
            add_desk(app, make_bench(assistant, workspace, options, records))

    routes = make_routes(assistant, options, desk, records, originals_of(workspace))
    return web_app(build_page(assistant, options, desk), options, routes, add_beside)


def web_app(
    page: gr.Blocks,
    options: PageOptions,
    routes: APIRouter | None = None,
    add_beside: Callable[[FastAPI], None] | None = None,
) -> FastAPI:
    """Any page as a web application: no API pages, no links out, no run history; with
    ``add_beside`` putting into it what is served under other paths (the interface for programs)."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    stricter = {ROOT: HEADERS}
    app.add_middleware(StayOnMachine, origins=options.embed_origins, stricter=stricter)
    app.add_middleware(OwnHead, options=options)
    app.add_middleware(GZipMiddleware, minimum_size=_LEAST_PACKED)
    if add_beside:
        add_beside(app)
    if routes:
        app.include_router(routes)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=make_theme(options),
        head=_HEAD if routes else None,
        favicon_path=icon_path(),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    return app
