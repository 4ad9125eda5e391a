"""A child that changes what is in use, watched: its progress is passed on, its end told."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

import assistant
from corpus.errors import EcoPolicyError, OptionError
from index.types import Progress


class Child:
    """Runs one job at a time; ``stop`` ends the one that runs."""

    def __init__(self, module: str) -> None:
        """``module`` is run as a program and does one job (``do_one``)."""
        self._module = module
        self._child: subprocess.Popen[bytes] | None = None
        self._is_stopped = False
        self._lock = Lock()

    def run(self, request: Mapping[str, Any], progress: Progress) -> Mapping[str, str]:
        """What the job says; OptionError with a sentence where it is refused, EcoPolicyError where
        the process came to grief."""
        with self._lock:
            if self._is_stopped:
                raise EcoPolicyError("服务正在关闭，下次启动后接着做。")
            child = self._child = _start(self._module)
        told: Mapping[str, Any] = {}
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            with suppress(BrokenPipeError):
                child.stdin.write(json.dumps(request).encode() + b"\n")
                child.stdin.flush()
            for line in child.stdout:
                told = json.loads(line)
                if "progress" in told:
                    progress(*told["progress"])
        finally:
            _end(child)
        if "refused" in told:
            raise OptionError(str(told["refused"]))
        if "done" not in told:
            raise EcoPolicyError("后台的进程中断了，请看服务的日志，检查内存和磁盘后再试。")
        done: Mapping[str, str] = told["done"]
        return done

    def stop(self) -> None:
        """End the job that runs, and begin none any more: it is done after the next start."""
        with self._lock:
            self._is_stopped = True
            if self._child and self._child.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(self._child.pid, signal.SIGKILL)


def _start(module: str) -> "subprocess.Popen[bytes]":
    root = str(Path(assistant.__file__).resolve().parents[1])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return subprocess.Popen(  # noqa: S603 (this interpreter, no text of a user)
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),
            # One thread, which does not spin: those who ask have the other cores.
            "OMP_NUM_THREADS": "1",
            "OMP_WAIT_POLICY": "passive",
        },
    )


def _end(child: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()
