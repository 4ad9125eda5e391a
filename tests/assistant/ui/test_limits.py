"""Limits: reached one by one, and told kindly on the page."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from ui_server import opened
from ui_steps import FIGURE, ask, box, run_async

from assistant.pipeline import Assistant
from assistant.serving import Queue, QueueFullError, RateLimit, address_of
from assistant.types import Answer, Query
from assistant.ui.app import build_app
from assistant.ui.chat.threads import follow
from tests.assistant.serving import served
from tests.support import options_for


def test_a_client_may_ask_so_often_a_minute():
    limit = RateLimit(2)
    assert limit.wait_for("a", 0) == 0
    assert limit.wait_for("a", 10) == 0
    assert limit.wait_for("a", 20) == 40
    assert limit.wait_for("b", 20) == 0
    assert limit.wait_for("a", 60) == 0
    assert limit.wait_for("a", 61) == 9


async def _wait(queue: Queue, seen: list[int]) -> None:
    async for ahead in queue.wait(every=0.01):
        seen.append(ahead)


def test_the_queue_serves_who_came_first_and_shows_the_place():
    async def run() -> None:
        queue = Queue(workers=1, seats=2)
        await _wait(queue, [])
        first: list[int] = []
        second: list[int] = []
        waiting = [asyncio.create_task(_wait(queue, seen)) for seen in (first, second)]
        await asyncio.sleep(0.03)
        with pytest.raises(QueueFullError):
            await _wait(queue, [])
        queue.release()
        await asyncio.sleep(0.03)
        assert set(first) == {1}
        assert waiting[0].done()
        assert not waiting[1].done()
        assert second[0] == 2
        assert second[-1] == 1
        queue.release()
        await waiting[1]
        queue.release()
        assert queue.length == 0
        await _wait(queue, [])  # the worker is free again

    run_async(run())


def test_who_leaves_the_queue_holds_nobody_up():
    async def run() -> None:
        queue = Queue(workers=1, seats=5)
        await _wait(queue, [])
        left = asyncio.create_task(_wait(queue, []))
        stays = asyncio.create_task(_wait(queue, []))
        await asyncio.sleep(0.02)
        left.cancel()
        with suppress(asyncio.CancelledError):
            await left
        queue.release()
        await asyncio.wait_for(stays, 1)

    run_async(run())


def test_what_a_thread_gives_is_followed_until_time_is_up():
    def slow() -> Iterator[int]:
        yield 1
        time.sleep(0.3)
        yield 2

    def failing() -> Iterator[int]:
        raise ValueError("no")
        yield

    async def run() -> None:
        freed: list[bool] = []
        with ThreadPoolExecutor(1) as threads:
            free = lambda: freed.append(True)  # noqa: E731
            assert [n async for n in follow(threads, slow, 5, free)] == [1, 2]
            await asyncio.sleep(0.02)
            assert freed == [True]
            with pytest.raises(TimeoutError):
                [n async for n in follow(threads, slow, 0.1, free)]
            assert freed == [True]  # still at work
            await asyncio.sleep(0.4)
            assert freed == [True, True]
            with pytest.raises(ValueError, match="no"):
                [n async for n in follow(threads, failing, 1, free)]

    run_async(run())


def test_behind_a_proxy_its_header_says_who_asks():
    request: Any = SimpleNamespace(
        client=SimpleNamespace(host="127.0.0.1"), headers={"x-real-ip": "10.0.0.7"}
    )
    assert address_of(request, "") == "127.0.0.1"
    assert address_of(request, "X-Real-IP") == "10.0.0.7"


class _Slow:
    """An assistant that takes its time over every question but the first."""

    def __init__(self, assistant: Assistant, seconds: float) -> None:
        self._assistant = assistant
        self._seconds = seconds
        self.corpus = assistant.corpus
        self.answer = assistant.answer
        self.search = assistant.search

    def stream(self, query: Query) -> Iterator[Answer]:
        time.sleep(self._seconds)
        yield from self._assistant.stream(query)


def test_each_limit_is_told_on_the_page(browser: Browser, assistant: Assistant):
    strict = options_for(assistant.corpus, max_question=20, requests_per_minute=2)
    with (
        served(build_app(assistant, strict)) as address,
        opened(browser, address, 390) as (page, _),
    ):
        told = ask(page, "长" * 21).locator(".problem")
        expect(told).to_contain_text("问题有 21 个字，超过了 20 个字的上限")
        expect(box(page)).to_have_value("长" * 21)
        for _ in range(2):
            expect(ask(page, FIGURE).locator(".words")).to_contain_text("126")
        expect(ask(page, FIGURE).locator(".problem")).to_contain_text("每分钟最多 2 次")


def test_a_queue_shows_ones_place_and_may_be_full(browser: Browser, assistant: Assistant):
    few = options_for(assistant.corpus, workers=1, queue_size=1, answer_seconds=20.0)
    slow: Any = _Slow(assistant, 4.0)
    with (
        served(build_app(slow, few)) as address,
        opened(browser, address, 390) as (first, _),
        opened(browser, address, 390) as (second, _),
        opened(browser, address, 390) as (third, _),
    ):
        for page in (first, second, third):
            box(page).fill(FIGURE)
        for page in (first, second):
            box(page).press("Enter")
            expect(page.locator(".pending")).to_be_visible()
        expect(second.locator(".pending")).to_contain_text("前面还有 1 人")
        box(third).press("Enter")
        expect(third.locator(".problem")).to_contain_text("现在提问的人很多")
        expect(first.locator(".words")).to_contain_text("126", timeout=15_000)
        expect(second.locator(".words")).to_contain_text("126", timeout=15_000)


def test_an_answer_that_takes_too_long_is_given_up_and_can_be_stopped(
    browser: Browser, assistant: Assistant
):
    slow: Any = _Slow(assistant, 2.5)
    short = options_for(assistant.corpus, answer_seconds=1.0)
    with served(build_app(slow, short)) as address, opened(browser, address, 1280) as (page, _):
        expect(ask(page, FIGURE).locator(".problem")).to_contain_text("答了 1 秒还没有答完")
    patient = options_for(assistant.corpus, answer_seconds=30.0)
    with served(build_app(slow, patient)) as address, opened(browser, address, 1280) as (page, _):
        box(page).fill(FIGURE)
        box(page).press("Enter")
        page.get_by_role("button", name="停止").click()
        expect(page.locator(".reply")).to_have_text("已停止。")
        expect(page.get_by_role("button", name="发送")).to_be_visible()
