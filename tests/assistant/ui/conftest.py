"""One server and one browser for all tests of the page."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from ui_server import ARGS, CHROMIUM, opened

from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.ui.app import build_app
from corpus.catalog import Corpus
from tests.assistant.serving import served
from tests.support import options_for

#: A desk and a phone.
WIDTHS = (1280, 390)


@pytest.fixture(scope="session")
def page_options(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> PageOptions:
    """No limit is reached by the tests as they go."""
    folder = tmp_path_factory.mktemp("page")
    return options_for(corpus, data_dir=folder, requests_per_minute=10_000)


@pytest.fixture(scope="session")
def address(assistant: Assistant, page_options: PageOptions) -> Iterator[str]:
    with served(build_app(assistant, page_options)) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium or Chrome on this machine")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield running
        running.close()


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(browser: Browser, address: str, width: int) -> Iterator[Page]:
    with opened(browser, address, width) as (found, _):
        yield found


@pytest.fixture(scope="session")
def screenshots(repository: Path) -> Path:
    """Where the pictures of the run are kept, to be looked at."""
    folder = Path(os.environ.get("SCREENSHOTS") or repository / "var" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
