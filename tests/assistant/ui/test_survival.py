"""Nothing is lost: a reload, Back, a closed tab, a server that dies, freezes or comes back."""

import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from ui_server import opened
from ui_steps import FIGURE, PENALTY, ask, box, open_source, replied

from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.ui.app import build_app
from tests.assistant.serving import served

COMPLETE = ".turn[data-exchange]"


def test_a_reload_loses_nothing(page: Page):
    ask(page, FIGURE)
    ask(page, PENALTY)
    page.get_by_role("radio", name="企业").check(force=True)
    page.locator("#as-of").fill("2026-08-01")
    box(page).fill("写了一半\n的问题")
    page.reload()
    expect(page.locator(COMPLETE)).to_have_count(2)
    expect(page.locator(".turn").first).to_contain_text(FIGURE)
    expect(box(page)).to_have_value("写了一半\n的问题")
    expect(page.get_by_role("radio", name="企业")).to_be_checked()
    expect(page.locator("#as-of")).to_have_value("2026-08-01")
    expect(page.locator("#day-bar")).to_contain_text("按 2026-08-01 那天有效的规定回答")
    follow_up = ask(page, "那情节严重的呢？")
    expect(follow_up.locator(".facts")).to_contain_text("理解为：")


def test_a_refusal_keeps_what_was_nearest(page: Page):
    turn = ask(page, "《北京市大气污染防治条例》怎么规定的？")
    nearest = turn.locator(".nearest li")
    count = nearest.count()
    assert count
    page.reload()
    expect(page.locator(COMPLETE)).to_have_count(1)
    expect(page.locator(".nearest li")).to_have_count(count)


def test_a_tab_that_was_closed_is_gone_on_with(browser: Browser, address: str, width: int):
    with opened(browser, address, width) as (page, context):
        ask(page, FIGURE)
        box(page).fill("写了一半")
        page.close(run_before_unload=True)
        page.wait_for_event("close") if not page.is_closed() else None
        again = context.new_page()
        again.goto(address)
        expect(again.locator(COMPLETE)).to_have_count(1)
        expect(box(again)).to_have_value("写了一半")
        beside = context.new_page()  # a second one beside it begins anew
        beside.goto(address)
        expect(beside.locator("html[data-ready]")).to_be_attached()
        expect(beside.locator("#empty-state")).to_be_visible()
        assert beside.locator(".turn").count() == 0


def test_a_new_conversation_stays_new(page: Page):
    ask(page, FIGURE)
    page.locator('[data-do="new"]').click()
    page.reload()
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("#empty-state")).to_be_visible()
    assert page.locator(".turn").count() == 0


def test_a_day_that_is_none_is_put_right(browser: Browser, address: str, width: int):
    with opened(browser, f"{address}?as_of=2025-13-45", width) as (page, _):
        note, bar = page.locator("#day-note"), page.locator("#day-bar")
        expect(note).to_have_text("“2025-13-45”不是日期，已改为今天")
        expect(bar).to_be_hidden()
        day = page.locator("#as-of")
        today = day.input_value()
        ask(page, FIGURE)
        day.fill("2026-01-15")
        expect(bar).to_contain_text("按 2026-01-15 那天有效的规定回答")
        day.fill("")
        expect(bar).to_be_hidden()
        assert day.input_value() == today
        day.fill("2026-01-15")
        page.get_by_role("button", name="改回今天").click()
        assert day.input_value() == today


def test_a_day_is_taken_when_it_is_typed_to_its_end(page: Page):
    day, bar, note = (page.locator(name) for name in ("#as-of", "#day-bar", "#day-note"))
    day.focus()
    page.keyboard.type("07012026")
    expect(day).to_have_value("2026-07-01")
    expect(bar).to_be_hidden()
    page.keyboard.press("Enter")
    expect(bar).to_contain_text("按 2026-07-01 那天有效的规定回答")
    box(page).focus()
    day.focus()
    page.keyboard.type("11300026")
    box(page).focus()
    expect(note).to_have_text("“0026-11-30”不是日期，已改为今天")
    day.focus()
    page.keyboard.type("0230")
    box(page).focus()
    expect(note).to_contain_text("没有这一天")
    expect(bar).to_be_hidden()


def test_back_closes_the_sheet_and_leads_to_the_tab_before(page: Page, width: int):
    turn = ask(page, PENALTY)
    page.get_by_role("tab", name="法规库").click()
    expect(page.locator("#library h2")).to_be_visible()
    page.go_back()
    expect(turn).to_be_visible()
    source = open_source(page, turn)
    if width < 1000:
        page.go_back()
        expect(source).to_be_hidden()
        source = open_source(page, turn)
        source.get_by_role("button", name="关闭").click()
        expect(source).to_be_hidden()
        page.go_forward()
        expect(source).to_be_hidden()
    expect(page.locator(COMPLETE)).to_have_count(1)


class _Server:
    """A page on a port of its own that can die and come back there."""

    def __init__(self, assistant: Assistant, options: PageOptions) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self._app = lambda: build_app(assistant, options)
        self._running: Any = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        self._running = served(self._app(), self.port)
        self._running.__enter__()

    def stop(self) -> None:
        if self._running:
            self._running.__exit__(None, None, None)
            self._running = None


@pytest.fixture
def server(assistant: Assistant, page_options: PageOptions) -> Iterator[_Server]:
    found = _Server(assistant, page_options)
    found.start()
    yield found
    found.stop()


def test_a_server_that_was_gone_answers_when_it_is_back(
    browser: Browser, server: _Server, width: int
):
    with opened(browser, server.address, width) as (page, _):
        ask(page, FIGURE)
        server.stop()
        box(page).fill(PENALTY)
        box(page).press("Enter")
        turn = page.locator(".turn").nth(1)
        expect(turn.locator(".question")).to_contain_text(PENALTY)  # at once
        expect(turn.locator(".pending")).to_contain_text("连接断了，正在重新连接。您的问题还在")
        page.locator(".turn a.mark").first.click()
        expect(page.locator("#panel")).to_contain_text("原文没有取到")
        server.start()
        page.locator("#panel").get_by_role("button", name="再试一次").click()
        expect(page.locator("#panel mark").first).to_be_visible()
        page.locator("#panel").get_by_role("button", name="关闭").click()
        # By itself, within seconds.
        expect(turn.locator(".words")).to_contain_text("罚款", timeout=20_000)
        expect(page.locator(COMPLETE)).to_have_count(2)


def test_what_was_under_way_when_the_page_went_is_asked_again(browser: Browser, server: _Server):
    with opened(browser, server.address, 390) as (page, _):
        server.stop()
        box(page).fill(FIGURE)
        box(page).press("Enter")
        expect(page.locator(".pending")).to_contain_text("连接断了")
        server.start()
        page.reload()
        expect(replied(page, 0).locator(".words")).to_contain_text("126")
        page.reload()
        expect(page.locator(COMPLETE)).to_have_count(1)  # and not a third time


def test_a_server_that_is_frozen_is_waited_for_and_then_asked_again(browser: Browser, address: str):
    with opened(browser, address, 390) as (page, context):
        page.clock.install()
        frozen: list[Any] = []
        context.route(re.compile("/engine/"), lambda route: frozen.append(route))  # never answered
        box(page).fill(FIGURE)
        box(page).press("Enter")
        expect(page.locator(".turn .question")).to_contain_text(FIGURE)
        page.clock.fast_forward(20_000)
        expect(page.locator(".pending")).to_contain_text("服务器还没有回应，正在等它")
        context.unroute(re.compile("/engine/"))
        page.clock.fast_forward(30_000)
        expect(page.locator(".pending")).to_contain_text("连接断了")
        page.clock.fast_forward(2_000)
        expect(replied(page, 0).locator(".words")).to_contain_text("126")


def test_a_long_conversation_stays_light(page: Page):
    ask(page, FIGURE)
    page.evaluate(
        """() => {
            const { talk } = JSON.parse(sessionStorage.getItem("ecopolicy.tab"));
            const name = `ecopolicy.talk.${talk}`;
            const [one] = JSON.parse(localStorage.getItem(name));
            localStorage.setItem(name, JSON.stringify(Array(200).fill(one)));
        }"""
    )
    page.reload()
    expect(page.locator(COMPLETE)).to_have_count(20)
    expect(page.locator(".turn").last).to_have_id("t200")
    turn = ask(page, PENALTY)
    expect(turn).to_have_id("t201")
    page.get_by_role("button", name="更早的 180 问").click()
    expect(page.locator(".turn").first).to_have_id("t161")
    for count in (41, 61):
        expect(page.locator(COMPLETE)).to_have_count(count)
        page.locator(".earlier").click()
    assert page.locator("*").count() < 12_000
    box(page).fill(FIGURE)
    box(page).press("Enter")
    expect(page.locator("#t202[data-exchange]")).to_be_visible()
    assert page.locator(".turn").count() <= 40
