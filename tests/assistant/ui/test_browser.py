import shutil
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.ui.app import build_app, check_port, serve, web_app
from corpus.errors import OptionError

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
WIDTHS = (1280, 390)
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium or Chrome on this machine")


@pytest.fixture(scope="module")
def address(assistant: Assistant) -> Iterator[str]:
    listener = socket.create_server(("127.0.0.1", 0))
    app = web_app(build_app(assistant, Settings()))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield running
        running.close()


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def page(browser: Browser, address: str, width: int) -> Iterator[Page]:
    """The open page; on leaving, nothing may have been asked of another host or gone wrong."""
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
    opened = context.new_page()
    hosts: set[str | None] = set()
    errors: list[str] = []
    opened.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
    opened.goto(address)
    expect(box(opened)).to_be_visible()
    yield opened
    assert hosts <= {"127.0.0.1", None}
    assert not errors
    context.close()


def box(page: Page) -> Locator:
    return page.get_by_label("问题", exact=True)


def ask(page: Page, question: str) -> Locator:
    """Ask, wait until the reply is there, and return the turn."""
    before = page.locator(".turn").count()
    box(page).fill(question)
    box(page).press("Enter")
    turn = page.locator(".turn").nth(before)
    expect(turn.locator(".reply:not(.pending)")).to_be_visible()
    return turn


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@needs_browser
def test_a_mark_opens_the_card_with_the_passage(page: Page):
    turn = ask(page, "污染防治重点任务有多少项？")
    expect(turn.locator(".reply")).to_contain_text("126")
    passage = turn.locator("mark", has_text="126")
    expect(passage).to_be_hidden()
    turn.get_by_role("link", name="出处 1").first.click()
    expect(passage).to_be_visible()
    expect(passage).to_be_in_viewport()
    assert_fits(page)


@needs_browser
def test_an_open_card_stays_open_when_the_conversation_goes_on(page: Page):
    turn = ask(page, "环境保护法第六十条现在还有效吗？")
    turn.get_by_role("link", name="出处 2").click()
    ask(page, "隔壁工地夜里施工合法吗？")
    expect(turn.locator("details .article").nth(1)).to_be_visible()
    expect(turn.locator("details .article").first).to_be_hidden()


@needs_browser
def test_an_example_starts_the_conversation_and_clearing_ends_it(page: Page):
    assert_fits(page)
    example = page.get_by_role("button", name="生态环境法典第一百七十六条")
    example.click()
    expect(page.locator(".reply")).to_contain_text("排污许可证")
    expect(example).to_be_hidden()
    page.get_by_role("button", name="清空对话").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(example).to_be_visible()


@needs_browser
def test_the_day_and_the_reader_are_those_chosen(page: Page):
    page.get_by_label("以哪一天为准").fill("2026-08-01")
    page.get_by_text("工作人员", exact=True).click()
    expect(page.locator("#header")).to_contain_text("以 2026年8月1日 为准")
    turn = ask(page, "生态环境法典第一百七十六条")
    expect(turn).to_contain_text("以 2026年8月1日 为准 · 面向工作人员")
    expect(turn.locator(".badge").first).to_have_text("尚未施行")


@needs_browser
@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)>什么是排污许可证？",
        "<script>alert(1)</script>什么是排污许可证？",
        "${alert(1)} {{7*7}} `x` _a_ *b* $c$ 什么是排污许可证？",
    ],
)
def test_a_question_is_text_and_never_runs(page: Page, question: str):
    turn = ask(page, question)
    expect(turn.locator(".question p")).to_have_text(question)
    assert turn.locator("img, script").count() == 0
    assert_fits(page)


@needs_browser
def test_a_refusal_and_a_question_that_cannot_be_taken_are_notes(page: Page):
    expect(ask(page, "《北京市大气污染防治条例》怎么规定的？").locator(".declined")).to_be_visible()
    expect(ask(page, "？？？").locator(".problem")).to_contain_text("请用文字写出想问的事")
    expect(box(page)).to_have_value("？？？")


@needs_browser
def test_nothing_leads_out_of_the_page(page: Page, address: str):
    response = page.request.get(address)
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert page.locator("footer a").count() == 0
    for path in ("docs", "openapi.json", "redoc"):
        assert "swagger" not in page.request.get(address + path).text().lower()


def test_a_port_in_use_is_told(assistant: Assistant):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OptionError, match=f"端口 {port} 已被占用"):
            check_port("127.0.0.1", port)
        with pytest.raises(OptionError, match=f"端口 {port} 已被占用"):
            serve(build_app(assistant, Settings()), "127.0.0.1", port)


def test_an_address_that_is_not_ours_is_told():
    with pytest.raises(OptionError, match="--host"):
        check_port("192.0.2.1", 7860)
