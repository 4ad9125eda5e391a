"""Who may ask now: so many questions a minute for each client, so many at once for all.

The page and the interface for programs each have their own.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from math import ceil
from threading import Lock
from typing import Any, Protocol

_MINUTE = 60.0
#: Clients that are remembered; the one that was quiet longest is forgotten first.
_CLIENTS = 10_000


class Limit(Protocol):
    """At most ``per_minute`` questions of a client within any minute."""

    per_minute: int

    def wait_for(self, client: str, now: float) -> int:
        """0 where the client may ask at ``now`` (then it counts), else the seconds to wait."""

    def left_for(self, client: str) -> int:
        """How many more questions a client may ask before the first of them is a minute ago."""


class RateLimit:
    """The limit of one server, counted in its memory; safe between threads."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def wait_for(self, client: str, now: float) -> int:
        """0 where the client may ask at ``now`` (then it counts), else the seconds to wait."""
        with self._lock:
            asked = self._asked.setdefault(client, deque())
            self._asked.move_to_end(client)
            while len(self._asked) > _CLIENTS:
                self._asked.popitem(last=False)
            while asked and now - asked[0] >= _MINUTE:
                asked.popleft()
            if len(asked) >= self.per_minute:
                return ceil(_MINUTE - (now - asked[0]))
            asked.append(now)
            return 0

    def left_for(self, client: str) -> int:
        """How many more questions a client may ask before the first of them is a minute ago."""
        return max(0, self.per_minute - len(self._asked.get(client, ())))


class Caller(Protocol):
    """A request as Starlette or Gradio hands it over."""

    @property
    def headers(self) -> Any:
        """By name, in small letters."""

    @property
    def client(self) -> Any:
        """The address of the connection, if it has one."""


def address_of(request: Caller, header: str) -> str:
    """Who asks: the address of the connection, or what the reverse proxy writes into ``header``."""
    if header:
        return str(request.headers.get(header.lower(), ""))
    return str(request.client.host) if request.client else ""


class QueueFullError(Exception):
    """As many wait as may."""


class Queue:
    """First come, first served: ``workers`` at once, at most ``seats`` waiting.

    Everything happens on one event loop, so nothing needs a lock.
    """

    def __init__(self, workers: int, seats: int) -> None:
        self._free = workers
        self._seats = seats
        self._waiting: deque[asyncio.Event] = deque()

    async def wait(self, every: float = 0.5) -> AsyncIterator[int]:
        """Yield how many are ahead, again and again, until it is one's turn.

        When it ends the caller has a worker and must ``release`` it. Raises QueueFullError.
        """
        if self._free and not self._waiting:
            self._free -= 1
            return
        if len(self._waiting) >= self._seats:
            raise QueueFullError
        called = asyncio.Event()
        self._waiting.append(called)
        is_served = False
        try:
            while not called.is_set():
                yield self._waiting.index(called) + 1
                try:
                    await asyncio.wait_for(called.wait(), every)
                except TimeoutError:
                    continue
            is_served = True
        finally:
            if not is_served:
                self._give_up(called)

    def release(self) -> None:
        """Give the worker back: to the first who waits, if anyone does."""
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._free += 1

    @property
    def length(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def _give_up(self, called: asyncio.Event) -> None:
        if called.is_set():  # called just as the reader left
            self.release()
        else:
            self._waiting.remove(called)
