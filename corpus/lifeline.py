"""A child that ends when whoever started it does, however that ended."""

import os
import signal
import threading


def read_request() -> bytes:
    """The first line of the standard input, without its end; b"" where there is none.

    It is read byte by byte: what follows belongs to ``hold_on``.
    """
    line = bytearray()
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            return b""
        line += byte
    return bytes(line[:-1])


def hold_on() -> None:
    """End this process and its group when the standard input is closed at its other end.

    The process has to lead a group of its own.
    """
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    while os.read(0, 2**12):
        pass
    os.killpg(0, signal.SIGKILL)
