"""Who may try to sign in now: a guesser waits, and nobody else waits for his sake."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from threading import BoundedSemaphore, Lock
from typing import Generic, TypeVar

from assistant.staff.person import tidy_name

#: Failures after which one name waits at one client, and after which the client waits.
PAIR_FAILURES = 5
CLIENT_FAILURES = 20
#: Seconds: the first wait, doubled with each further failure up to the last.
FIRST_WAIT = 30
LAST_WAIT = 15 * 60
#: Seconds without a failure after which earlier ones are forgotten.
FORGET_AFTER = 60 * 60
#: Clients, and pairs of client and name, that are remembered: the first ones to be forgotten are
#: those whose last failure is longest ago.
MOST_CLIENTS = 10_000
#: Characters of a client's address; none is longer.
_ADDRESS = 64
#: An IPv6 client has a network of its own, with 2^64 addresses to try from.
_NETWORK_BITS = 64

K = TypeVar("K", bound=Hashable)


class HeldUpError(Exception):
    """This client, or this name at this client, has to wait ``seconds`` (at least 1)."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"held up for {seconds} s")
        self.seconds = seconds


class BusyError(Exception):
    """As many passwords are checked at once as may be; the try does not count."""


class Attempt:
    """A try to sign in; a failure unless ``passed`` is called before it ends."""

    def __init__(self) -> None:
        self.has_passed = False

    def passed(self) -> None:
        """The password was right."""
        self.has_passed = True


class _Failures(Generic[K]):
    """Failures by key: how many in a row and when the last was; ``most`` of the newest are kept."""

    def __init__(self, allowed: int, most: int) -> None:
        self._allowed = allowed
        self._most = most
        self._failed: OrderedDict[K, tuple[int, float]] = OrderedDict()
        # Tries whose end is not known yet: they count, or a guesser would send all at once.
        self._trying: Counter[K] = Counter()

    def wait_for(self, key: K, now: float) -> float:
        """Seconds until a try may begin; 0 or less for now."""
        count, last = self._count(key, now)
        if self._trying[key] and count + self._trying[key] >= self._allowed:
            return 1.0
        if count < self._allowed:
            return 0.0
        doubled = FIRST_WAIT * 2.0 ** min(count - self._allowed, 10)
        return last + min(doubled, LAST_WAIT) - now

    def begin(self, key: K) -> None:
        self._trying[key] += 1

    def end(self, key: K) -> None:
        self._trying[key] -= 1
        if self._trying[key] <= 0:
            del self._trying[key]

    def fail(self, key: K, now: float) -> None:
        count, _ = self._count(key, now)
        self._failed[key] = (count + 1, now)
        self._failed.move_to_end(key)
        while len(self._failed) > self._most:
            self._failed.popitem(last=False)

    def forget(self, key: K) -> None:
        self._failed.pop(key, None)

    def __len__(self) -> int:
        return len(self._failed)

    def _count(self, key: K, now: float) -> tuple[int, float]:
        count, last = self._failed.get(key, (0, now))
        return (0, now) if now - last >= FORGET_AFTER else (count, last)


class Throttle:
    """Tries to sign in, counted by client and by name at that client; safe between threads.

    A name alone is never held up: whoever guesses it from elsewhere waits himself. At most
    ``at_once`` passwords are checked at the same time, others wait up to ``patience_s`` for their
    turn. ``clock`` gives seconds that never go back.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        at_once: int = 2,
        patience_s: float = 1.0,
        most_clients: int = MOST_CLIENTS,
    ) -> None:
        self._clock = clock
        self._patience_s = patience_s
        self._turns = BoundedSemaphore(at_once)
        self._lock = Lock()
        self._pairs = _Failures[tuple[str, str]](PAIR_FAILURES, most_clients)
        self._clients = _Failures[str](CLIENT_FAILURES, most_clients)

    def wait_for(self, client: str, name: str) -> int:
        """Whole seconds until this client may try this name; 0 for now."""
        client, pair = _keys(client, name)
        with self._lock:
            return self._wait_for(client, pair)

    @contextmanager
    def attempt(self, client: str, name: str) -> Iterator[Attempt]:
        """Check a password inside; it counts as a failure unless ``passed`` is called or the check
        itself fails with an exception. HeldUpError or BusyError where it may not begin."""
        client, pair = _keys(client, name)
        with self._lock:
            seconds = self._wait_for(client, pair)
            if seconds:
                raise HeldUpError(seconds)
            self._clients.begin(client)
            self._pairs.begin(pair)
        attempt, is_checked = Attempt(), False
        try:
            if not self._turns.acquire(timeout=self._patience_s):
                raise BusyError
            try:
                yield attempt
                is_checked = True
            finally:
                self._turns.release()
        finally:
            with self._lock:
                self._clients.end(client)
                self._pairs.end(pair)
                if is_checked:
                    self._count(client, pair, attempt.has_passed)

    def __len__(self) -> int:
        """How many clients are remembered."""
        with self._lock:
            return len(self._clients)

    def _wait_for(self, client: str, pair: tuple[str, str]) -> int:
        now = self._clock()
        wait = max(self._clients.wait_for(client, now), self._pairs.wait_for(pair, now))
        return max(0, ceil(wait))

    def _count(self, client: str, pair: tuple[str, str], has_passed: bool) -> None:
        if has_passed:
            # Not the client: its own account would wash a guesser clean for the next names.
            self._pairs.forget(pair)
            return
        now = self._clock()
        self._clients.fail(client, now)
        self._pairs.fail(pair, now)


def _keys(client: str, name: str) -> tuple[str, tuple[str, str]]:
    """A client and its pair with a name, so short that they can be kept."""
    client = _network_of(client[:_ADDRESS].strip())
    return client, (client, tidy_name(name))


def _network_of(client: str) -> str:
    """The address, or for IPv6 the network that one client has; another word as it is."""
    try:
        address = ip_address(client)
    except ValueError:
        return client
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), _NETWORK_BITS), strict=False))
