"""A page that is served, and a browser that looks at it, for the tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on this machine")


@contextmanager
def opened(
    browser: Browser, address: str, width: int, scheme: str = "light", is_chat: bool = True
) -> Iterator[tuple[Page, BrowserContext]]:
    """A page; on leaving, nothing may have been asked of another host or gone wrong."""
    context = browser.new_context(
        viewport={"width": width, "height": 844},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="zh-CN",
        accept_downloads=True,
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    hosts: set[str | None] = set()
    errors: list[str] = []
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
    page.goto(address)
    if is_chat:
        expect(page.locator("html[data-ready]")).to_be_attached()
    yield page, context
    assert hosts <= {"127.0.0.1", None}
    assert not errors
    context.close()


def shoot(page: Page, name: str) -> None:
    """Keep a screenshot where the environment asks for one."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        width = (page.viewport_size or {})["width"]
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
