"""The page: built with Gradio, served on the reader's own machine."""

import gradio as gr
from fastapi import FastAPI

from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.ui import texts
from assistant.ui.chat import lay_out_questions
from assistant.ui.conversation import Desk
from assistant.ui.frame import render_header, render_panel
from assistant.ui.privacy import StayOnMachine
from assistant.ui.routes import make_routes
from assistant.ui.theme import make_theme

_HEAD = (
    '<meta name="color-scheme" content="light dark">'
    '<script type="module" src="page/main.js"></script>'
)


def build_page(assistant: Assistant, settings: Settings, desk: Desk) -> gr.Blocks:
    """The page's tabs; a further one is two lines."""
    page = gr.Blocks(title=settings.title, analytics_enabled=False, fill_width=True)
    with page:
        header = gr.HTML(
            render_header(settings, assistant.corpus), apply_default_css=False, elem_id="header"
        )
        with gr.Tabs(elem_id="tabs"), gr.Tab(texts.CHAT_TAB, id="chat"):
            lay_out_questions(desk, settings)
        gr.HTML(render_panel(), apply_default_css=False, elem_id="overlays")
        page.load(  # documents may have been added since
            lambda: render_header(settings, assistant.corpus),
            None,
            header,
            show_progress="hidden",
            api_visibility="private",
            queue=False,
        )
    return page


def build_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """The page as a web application: no API pages, no links out, no run history."""
    desk = Desk(assistant, settings)
    desk.warm_up()
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(StayOnMachine)
    app.include_router(make_routes(assistant, settings, desk))
    gr.mount_gradio_app(
        app,
        build_page(assistant, settings, desk),
        path="/",
        theme=make_theme(settings),
        head=_HEAD,
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
    )
    return app
