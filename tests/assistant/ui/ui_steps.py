"""What a reader does on the page, for the browser tests."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from playwright.sync_api import Locator, Page, expect

PENALTY = "没办排污许可证就排污，会怎么罚？"
FIGURE = "污染防治重点任务有多少项？"


def box(page: Page) -> Locator:
    return page.get_by_label("问题", exact=True)


def ask(page: Page, question: str) -> Locator:
    """Ask, wait until the reply is complete, and return the turn."""
    before = page.locator(".turn").count()
    box(page).fill(question)
    box(page).press("Enter")
    return replied(page, before)


def replied(page: Page, before: int) -> Locator:
    """The turn after ``before`` others, once its reply is complete."""
    turn = page.locator(".turn").nth(before)
    expect(turn.locator(".reply:not(.pending):not(.growing)")).to_be_visible()
    return turn


def panel(page: Page) -> Locator:
    return page.locator("#panel")


def open_source(page: Page, turn: Locator, n: int = 1) -> Locator:
    turn.locator("a.mark", has_text=f"[{n}]").first.click()
    expect(panel(page).locator("h2")).to_be_visible()
    return panel(page)


def assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def run_async(work: Coroutine[Any, Any, Any]) -> Any:
    """Run it to its end; in a thread, because the browser has an event loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
