"""Work done beside the event loop: so many at once, the others wait, no more than may."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TypeVar

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from assistant.api.metrics import Metrics
from assistant.api.problems import BUSY, Problem
from assistant.serving import Queue, QueueFullError

Result = TypeVar("Result")
_RETRY = {"Retry-After": "5"}


class Workers:
    """At most ``workers`` at once, ``seats`` waiting; Problem 503 for who comes after them."""

    def __init__(self, workers: int, seats: int, metrics: Metrics) -> None:
        self._queue = Queue(workers, seats)
        self._metrics = metrics

    async def run(self, work: Callable[[], Result]) -> Result:
        """What ``work`` returns."""
        async with self._turn():
            return await run_in_threadpool(work)

    async def stream(self, work: Callable[[], Iterator[str]]) -> AsyncIterator[str]:
        """What ``work`` yields, as it comes."""
        async with self._turn():
            async for piece in iterate_in_threadpool(work()):
                yield piece

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async for _ in self._queue.wait():
                self._metrics.waiting.set(self._queue.length)
        except QueueFullError as error:
            raise Problem(503, BUSY, _RETRY) from error
        try:
            yield
        finally:
            self._queue.release()
            self._metrics.waiting.set(self._queue.length)


async def first_of(pieces: AsyncIterator[str]) -> AsyncIterator[str]:
    """The same pieces, the first one awaited before anything is sent: a refusal is one with its
    status, and not the beginning of an answer."""
    first = await anext(pieces)

    async def all_of_them() -> AsyncIterator[str]:
        yield first
        async for piece in pieces:
            yield piece

    return all_of_them()
