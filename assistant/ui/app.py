"""The page: built with Gradio, served on the reader's own machine."""

import gradio as gr
from fastapi import APIRouter, FastAPI

from assistant.api import add_api
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.ui import texts
from assistant.ui.board import lay_out_board
from assistant.ui.chat import Desk, lay_out_questions, render_header, render_panel
from assistant.ui.checking import lay_out_check
from assistant.ui.library import lay_out_library
from assistant.ui.privacy import StayOnMachine
from assistant.ui.routes import make_routes
from assistant.ui.theme import make_theme
from assistant.wiring import Workspace

_HEAD = (
    '<meta name="color-scheme" content="light dark">'
    '<script type="module" src="page/main.js"></script>'
)


def build_page(
    assistant: Assistant, options: PageOptions, desk: Desk, workspace: Workspace | None
) -> gr.Blocks:
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
                lay_out_library(assistant, options, workspace)
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

    Staff can change the library where a workspace is given and the settings name a password.
    """
    desk = Desk(assistant, options)
    desk.warm_up()
    page = build_page(assistant, options, desk, workspace)
    return web_app(page, options, make_routes(assistant, options, desk), assistant)


def web_app(
    page: gr.Blocks,
    options: PageOptions,
    routes: APIRouter | None = None,
    assistant: Assistant | None = None,
) -> FastAPI:
    """Any page as a web application: no API pages, no links out, no run history; with an
    ``assistant`` the interface for programs beside it."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(StayOnMachine, origins=options.embed_origins)
    if assistant:
        add_api(app, assistant, options)
    if routes:
        app.include_router(routes)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=make_theme(options),
        head=_HEAD if routes else None,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    return app
