"""A child process watched from outside: its clock, its memory, its output."""

import selectors
import subprocess
import time
from collections.abc import Callable, Iterator
from enum import Enum, auto
from pathlib import Path

#: What the child writes when it has started; all behind it is its output.
READY = b"ready\n"
#: A Python that is starved of CPU takes this long to start, in seconds.
_START_S = 60.0
_TICK_S = 0.05
_CHUNK = 2**16


class Ended(Enum):
    """Why a child is not listened to any longer."""

    #: It closed its output: of its own accord, or killed by the kernel.
    DONE = auto()
    #: Nobody wants its output any more.
    STOPPED = auto()
    #: It never came as far as to be ready.
    UNBORN = auto()
    TIME = auto()
    MEMORY = auto()
    OUTPUT = auto()


def never() -> bool:
    """It is wanted to the end."""
    return False


class Watch:
    """Listens to a child for at most ``seconds`` from when it is ready, while it and what it
    started hold at most ``megabytes``, it has written at most ``most`` bytes, and not any longer
    than until ``is_stopped``."""

    def __init__(
        self,
        child: "subprocess.Popen[bytes]",
        seconds: float,
        megabytes: int,
        most: int,
        is_stopped: Callable[[], bool] = never,
    ) -> None:
        self._is_stopped = is_stopped
        self._child = child
        self._seconds = seconds
        self._bytes = megabytes * 2**20
        self._most = most
        self._output = bytearray()

    def run(self) -> tuple[bytes, Ended]:
        """The output behind ``READY``, and why it ended; the caller ends the child."""
        ended = self._listen()
        if not self._is_ready:
            return b"", Ended.STOPPED if ended is Ended.STOPPED else Ended.UNBORN
        return bytes(memoryview(self._output)[len(READY) :]), ended

    @property
    def _is_ready(self) -> bool:
        return len(self._output) >= len(READY) and self._output.startswith(READY)

    def _listen(self) -> Ended:
        output = self._child.stdout
        assert output is not None
        deadline, was_ready = time.monotonic() + _START_S, False
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            looked = time.monotonic()
            while True:
                is_there = selector.select(_TICK_S)
                now = time.monotonic()
                if now > deadline:
                    return Ended.TIME
                if now - looked >= _TICK_S:
                    looked = now
                    if self._is_stopped():
                        return Ended.STOPPED
                    if memory_of(self._child.pid) > self._bytes:
                        return Ended.MEMORY
                if not is_there:
                    continue
                chunk = output.read(_CHUNK)
                if not chunk:
                    return Ended.DONE
                self._output += chunk
                if len(self._output) > self._most:
                    return Ended.OUTPUT
                if not was_ready and self._is_ready:
                    deadline, was_ready = time.monotonic() + self._seconds, True


def memory_of(pid: int) -> int:
    """Bytes of memory that a process and its descendants hold, 0 where the system doesn't tell."""
    return sum(_resident(each) for each in _family(pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return
    for thread in threads:
        try:
            children = (thread / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    line = next((line for line in status.splitlines() if line.startswith("VmRSS:")), "VmRSS: 0")
    return int(line.split()[1]) * 1024
