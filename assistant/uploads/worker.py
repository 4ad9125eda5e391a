"""A thread that does one thing after the other."""

import threading
from collections.abc import Callable
from queue import SimpleQueue


class Worker:
    """Calls ``work`` with each id that it is given, in turn; what ``work`` raises ends nothing, so
    ``work`` has to say itself what went wrong."""

    def __init__(self, name: str, work: Callable[[str], None]) -> None:
        self._waiting: SimpleQueue[str | None] = SimpleQueue()
        self._work = work
        # A daemon: what it had not done when the service ended is done after the next start.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def give(self, item: str) -> None:
        """Put an id at the end of the queue."""
        self._waiting.put(item)

    def end(self, timeout: float) -> None:
        """Do what waits no more; wait for what is being done at most ``timeout`` seconds."""
        self._waiting.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        while (item := self._waiting.get()) is not None:
            self._work(item)
