"""An iterator that works in a thread, followed from the event loop."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Ended(Generic[T]):
    """The iterator is through, or failed."""

    error: BaseException | None = None


async def follow(
    executor: Executor, make: Callable[[], Iterator[T]], seconds: float, done: Callable[[], None]
) -> AsyncIterator[T]:
    """Yield what the iterator gives; of several that came at once only the newest.

    TimeoutError where it takes more than ``seconds`` in all. ``done`` is called on the event loop
    when the thread is free again, which after a time-out is later: a thread can't be stopped in
    the middle of a step.
    """
    loop = asyncio.get_running_loop()
    given: asyncio.Queue[T | _Ended[T]] = asyncio.Queue()
    is_over = False

    def work() -> None:
        try:
            for item in make():
                loop.call_soon_threadsafe(given.put_nowait, item)
                if is_over:
                    break
        except BaseException as error:
            loop.call_soon_threadsafe(given.put_nowait, _Ended(error))
        else:
            loop.call_soon_threadsafe(given.put_nowait, _Ended())

    working = loop.run_in_executor(executor, work)
    working.add_done_callback(lambda _: done())
    deadline = loop.time() + seconds
    try:
        while True:
            item = await asyncio.wait_for(given.get(), deadline - loop.time())
            while not isinstance(item, _Ended) and not given.empty():
                newer = given.get_nowait()
                if isinstance(newer, _Ended):
                    yield item
                item = newer
            if isinstance(item, _Ended):
                if item.error:
                    raise item.error
                return
            yield item
    finally:
        is_over = True
