"""An iterator in a thread, step by step."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from typing import Any

import pytest
from ui_steps import run_async

from assistant.ui.chat.threads import follow

#: Longer than any step of these tests takes.
LONG = 10


def _nothing() -> None:
    """Nobody has to be told."""


async def _all_of(
    make: Callable[[], Iterator[Any]], seconds: float = LONG, done: Callable[[], None] = _nothing
) -> list[Any]:
    with ThreadPoolExecutor(1) as threads:
        return [item async for item in follow(threads, make, seconds, done)]


def test_what_comes_one_by_one_is_given_one_by_one() -> None:
    seen = Event()

    def numbers() -> Iterator[int]:
        for number in range(5):
            yield number
            assert seen.wait(LONG)
            seen.clear()

    async def run() -> list[int]:
        found = []
        with ThreadPoolExecutor(1) as threads:
            async for number in follow(threads, numbers, LONG, _nothing):
                found.append(number)
                seen.set()
        return found

    assert run_async(run()) == [0, 1, 2, 3, 4]


def test_of_several_that_came_at_once_only_the_newest_is_given() -> None:
    go, given = Event(), Event()

    def numbers() -> Iterator[int]:
        yield 1
        assert go.wait(LONG)
        yield from (2, 3, 4, 5)
        given.set()

    async def run() -> list[int]:
        found = []
        with ThreadPoolExecutor(1) as threads:
            async for number in follow(threads, numbers, LONG, _nothing):
                found.append(number)
                go.set()
                given.wait(LONG)  # the loop is held up until all were given
        return found

    assert run_async(run()) == [1, 5]


def test_the_last_is_never_lost() -> None:
    for count in range(1, 30):
        assert run_async(_all_of(lambda n=count: iter(range(n))))[-1] == count - 1


def test_nothing_to_give_is_an_end() -> None:
    assert run_async(_all_of(lambda: iter(()))) == []


def test_what_came_before_an_error_is_given_first() -> None:
    def broken() -> Iterator[str]:
        yield "begun"
        raise KeyError("why")

    async def run() -> None:
        found = []
        with ThreadPoolExecutor(1) as threads, pytest.raises(KeyError, match="why"):
            async for item in follow(threads, broken, LONG, _nothing):
                found.append(item)
        assert found == ["begun"]

    run_async(run())


def test_an_iterator_that_cannot_be_made_is_an_error() -> None:
    def make() -> Iterator[int]:
        raise RuntimeError("not today")

    with pytest.raises(RuntimeError, match="not today"):
        run_async(_all_of(make))


def test_the_time_is_for_all_steps_together() -> None:
    over = Event()

    def drips() -> Iterator[int]:
        for number in range(10_000):
            yield number
            if over.wait(0.01):
                return

    async def run() -> None:
        started = time.monotonic()
        found = []
        with ThreadPoolExecutor(1) as threads:
            try:
                with pytest.raises(TimeoutError):
                    async for number in follow(threads, drips, 0.2, _nothing):
                        found.append(number)
            finally:
                over.set()
        assert 0.15 < time.monotonic() - started < 5
        assert found

    run_async(run())


@pytest.mark.parametrize("seconds", [0, -1])
def test_without_time_nothing_is_waited_for(seconds: float) -> None:
    with pytest.raises(TimeoutError):
        run_async(_all_of(lambda: iter([1]), seconds))


@pytest.mark.parametrize("is_broken", [False, True])
def test_that_the_thread_is_free_is_told_once_and_on_the_loop(is_broken: bool) -> None:
    told: list[int] = []
    worked: list[int] = []

    def work() -> Iterator[int]:
        worked.append(threading.get_ident())
        yield 1
        if is_broken:
            raise ValueError

    async def run() -> int:
        with suppress(ValueError):
            await _all_of(work, done=lambda: told.append(threading.get_ident()))
        await asyncio.sleep(0.02)
        return threading.get_ident()

    loop = run_async(run())
    assert told == [loop]
    assert worked != [loop]


def test_who_goes_away_stops_the_thread_at_its_next_step() -> None:
    steps: list[int] = []
    free = Event()

    def endless() -> Iterator[int]:
        for number in range(10_000):
            steps.append(number)
            yield number
            time.sleep(0.005)

    async def run() -> None:
        with ThreadPoolExecutor(1) as threads:
            following = follow(threads, endless, LONG, free.set)
            await anext(following)
            assert not free.is_set()
            await following.aclose()
            await asyncio.to_thread(free.wait, LONG)
            await asyncio.sleep(0.02)

    run_async(run())
    assert free.is_set()
    assert len(steps) < 100
