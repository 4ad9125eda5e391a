"""The chat in a frame of another site's page: a second origin, in a real browser."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, Page, expect
from ui_server import needs_browser

from assistant.pipeline import Assistant
from assistant.ui.app import build_app
from tests.assistant.serving import served
from tests.support import options_for

HOST = (
    '<!doctype html><html lang="zh-CN"><title>某局</title><h1>某局网站</h1><a href="#x">链接</a>'
    '<script src="{address}embed.js" data-title="问政策" data-accent="#7a1f1f" defer></script>'
)


def host_page(address: list[str]) -> FastAPI:
    """Another site's page."""
    app = FastAPI()

    @app.get("/")
    async def page() -> HTMLResponse:
        return HTMLResponse(HOST.format(address=address[0]))

    return app


@pytest.fixture(scope="module")
def host(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("embedded")
    address = [""]
    with served(host_page(address)) as site:
        origin = site.rstrip("/")
        options = replace(options_for(assistant.corpus), data_dir=folder, embed_origins=(origin,))
        with served(build_app(assistant, options)) as address[0]:
            yield site


@pytest.fixture(params=(1280, 390))
def page(browser: Browser, host: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": request.param, "height": 844})
    opened.goto(host)
    yield opened
    opened.close()


@needs_browser
def test_one_script_tag_puts_the_chat_there(page: Page) -> None:
    button = page.get_by_role("button", name="问政策")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_have_css("background-color", "rgb(122, 31, 31)")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    chat = page.frame_locator('iframe[title="问政策"]')
    box = chat.locator("#question")
    expect(box).to_be_visible(timeout=30_000)
    expect(chat.locator("#header h1")).to_be_hidden()
    box.fill("排污许可证有效期多久？")
    box.press("Enter")
    expect(chat.locator(".turn")).to_contain_text("五年", timeout=30_000)
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent')"
    assert page.frames[-1].evaluate(accent).strip() == "#7a1f1f"
    box.focus()
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


@needs_browser
def test_other_sites_may_not(browser: Browser, assistant: Assistant, tmp_path: Path) -> None:
    options = replace(options_for(assistant.corpus), data_dir=tmp_path)
    address = [""]
    with served(host_page(address)) as site, served(build_app(assistant, options)) as address[0]:
        page = browser.new_page()
        page.goto(site)
        assert page.request.get(f"{address[0]}embed.js").status == 404
        page.evaluate(
            "a => document.body.insertAdjacentHTML('beforeend', `<iframe src=${a}></iframe>`)",
            address[0],
        )
        page.wait_for_function("window.frames.length === 1")
        page.wait_for_timeout(1000)
        # The browser shows its own page instead of ours.
        assert page.frames[-1].url.startswith("chrome-error:")
        page.close()
