"""Shows tabs of the page in a real browser, by themselves."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import gradio as gr
import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from assistant.settings import Settings
from assistant.ui.app import web_app

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on this machine")


def served(blocks: gr.Blocks) -> Iterator[str]:
    """The address of a page while it is served."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        web_app(blocks, Settings()), log_level="critical", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()


def opened(browser: Browser, address: str, width: int) -> Iterator[Page]:
    """A page; on leaving, nothing may have been asked of another host or gone wrong."""
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
    page = context.new_page()
    hosts: set[str | None] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    yield page
    assert hosts <= {"127.0.0.1", None}
    assert not errors
    context.close()


def shoot(page: Page, name: str) -> None:
    """Keep a screenshot where the environment asks for one."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        width = (page.viewport_size or {})["width"]
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
