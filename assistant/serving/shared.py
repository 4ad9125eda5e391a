"""Limits that several servers keep together, counted in Redis."""

import hashlib
import logging
import time
from functools import cached_property
from math import ceil
from threading import Lock
from typing import TYPE_CHECKING, cast

from starlette.concurrency import run_in_threadpool

from assistant.serving.limits import Limit, RateLimit
from corpus.errors import OptionError

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.storage import Storage
    from limits.strategies import MovingWindowRateLimiter

_log = logging.getLogger("ecopolicy.limits")
#: Redis answers within milliseconds; nobody waits for one that does not.
_PATIENCE_S = 0.5
#: So long after it did not answer it is not asked again.
_AGAIN_S = 2.0
#: So often the operator is told of it.
_TELL_S = 60.0


def rate_limit(name: str, per_minute: int, address: str = "") -> Limit:
    """At most ``per_minute`` questions of a client within a minute: counted here, or in the Redis
    at ``address`` with all servers that count under the same ``name``.

    OptionError where the address is none, or what it takes is not installed.
    """
    return SharedRateLimit(name, per_minute, address) if address else RateLimit(per_minute)


async def wait_for(limit: Limit, client: str) -> int:
    """0 where the client may ask now (then it counts), else the seconds to wait; the event loop
    goes on while another machine is asked."""
    now = time.monotonic()
    if isinstance(limit, SharedRateLimit):
        return await run_in_threadpool(limit.wait_for, client, now)
    return limit.wait_for(client, now)


class SharedRateLimit:
    """A moving window in Redis (by the library ``limits``), the same for every server.

    While Redis does not answer each server counts for itself and tells the operator: a limit is
    there to keep answering, not to end it.
    """

    def __init__(self, name: str, per_minute: int, address: str) -> None:
        self.per_minute = per_minute
        self._name = name
        self._storage = _open(address)
        self._own = RateLimit(per_minute)
        self._lock = Lock()
        self._away_until = 0.0
        self._told = float("-inf")

    def wait_for(self, client: str, now: float) -> int:
        """0 where the client may ask (then it counts), else the seconds to wait; ``now`` is the
        clock of what is counted here."""
        from limits.errors import StorageError

        if time.monotonic() >= self._away_until:
            try:
                return self._ask(client)
            except StorageError as error:
                self._tell(error)
        return self._own.wait_for(client, now)

    def left_for(self, client: str) -> int:
        """How many more questions a client may ask before the first of them is a minute ago."""
        from limits.errors import StorageError

        if time.monotonic() >= self._away_until:
            try:
                stats = self._window.get_window_stats(self._item, self._name, _short(client))
                return max(0, stats.remaining)
            except StorageError as error:
                self._tell(error)
        return self._own.left_for(client)

    def _ask(self, client: str) -> int:
        key = _short(client)
        if self._window.hit(self._item, self._name, key):
            return 0
        stats = self._window.get_window_stats(self._item, self._name, key)
        return max(1, ceil(stats.reset_time - time.time()))

    @cached_property
    def _item(self) -> "RateLimitItem":
        from limits import RateLimitItemPerMinute

        return RateLimitItemPerMinute(self.per_minute, namespace="ecopolicy")

    @cached_property
    def _window(self) -> "MovingWindowRateLimiter":
        from limits.strategies import MovingWindowRateLimiter

        return MovingWindowRateLimiter(self._storage)

    def _tell(self, error: Exception) -> None:
        with self._lock:
            now = time.monotonic()
            self._away_until = now + _AGAIN_S
            if now - self._told < _TELL_S:
                return
            self._told = now
        _log.error("Redis does not answer, each server counts for itself meanwhile: %s", error)


def _open(address: str) -> "Storage":
    try:
        from limits.errors import ConfigurationError
        from limits.storage import storage_from_string
    except ImportError as error:
        raise OptionError(
            "设置了 shared_limits，还要安装它用的包：pip install 'ecopolicy[cluster]'。"
        ) from error
    patience = {"socket_timeout": _PATIENCE_S, "socket_connect_timeout": _PATIENCE_S}
    try:
        given = patience if address.startswith("redis") else {}
        return cast("Storage", storage_from_string(address, wrap_exceptions=True, **given))
    except (ConfigurationError, ValueError) as error:
        raise OptionError(
            f"设置 shared_limits 的地址“{address}”不能用，请写成 redis://主机:端口/0。"
        ) from error


def _short(client: str) -> str:
    """A client as it stands in Redis: no address, and of one length."""
    return hashlib.sha256(client.encode()).hexdigest()[:32]
