"""Processes as ``description.toml`` names them: started in order, and again when they end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from corpus.errors import OptionError

_HERE = Path(__file__).resolve().parent
_LOOK_S = 0.2
_PATIENCE_S = 600.0
_END_S = 20.0
#: Where Debian keeps the programs of PostgreSQL.
_POSTGRES = Path("/usr/lib/postgresql")
_PROGRAMS = {"redis-server": "redis-server", "nginx": "nginx-light"}


class Cluster:
    """The processes over one folder; ``only`` some of them where that is given."""

    def __init__(self, folder: Path, only: Collection[str] = ()) -> None:
        with (_HERE / "description.toml").open("rb") as file:
            described = tomllib.load(file)
        self._environments: Mapping[str, Mapping[str, str]] = described.pop("environments")
        self._described: dict[str, dict[str, Any]] = {
            name: given for name, given in described.items() if not only or name in only
        }
        self._check_programs()
        self.folder = folder.resolve()
        self._words = {
            "folder": str(self.folder),
            "data": str(self.folder / "data"),
            "python": sys.executable,
            "bin": str(Path(sys.executable).parent),
            "postgres": str(_postgres()) if "postgres" in self._described else "",
            **{f"{name}_port": str(_free_port()) for name in described},
        }
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._is_over = threading.Event()

    @property
    def names(self) -> list[str]:
        """The processes that run on, in the order in which they are started."""
        return [name for name, given in self._described.items() if "command" in given]

    def port(self, name: str) -> int:
        """Where a process listens."""
        return int(self._words[f"{name}_port"])

    def address(self, name: str) -> str:
        """Where a process is asked over HTTP."""
        return f"http://127.0.0.1:{self.port(name)}"

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a process, or of what is run beside."""
        given = self._described[name].get("environment", {})
        named = self._environments[given] if isinstance(given, str) else given
        return {**os.environ, **{key: self._filled(value) for key, value in named.items()}}

    def kill(self, name: str) -> None:
        """End a process and what belongs to it, at once."""
        os.killpg(self._running[name].pid, signal.SIGKILL)

    def is_ready(self, name: str) -> bool:
        """Whether it answers."""
        address = self._filled(self._described[name]["ready"])
        if address.startswith("http"):
            try:
                return httpx.get(address, timeout=5).is_success
            except httpx.HTTPError:
                return False
        place = urlsplit(f"//{address}")
        with socket.socket() as probe:
            return probe.connect_ex((str(place.hostname), int(place.port or 0))) == 0

    def wait(self, name: str) -> None:
        """Until it answers; TimeoutError."""
        end = time.monotonic() + _PATIENCE_S
        while not self.is_ready(name):
            if time.monotonic() > end:
                raise TimeoutError(f"{name}: {self.folder / 'logs'}")
            time.sleep(_LOOK_S)

    def start(self) -> None:
        """Start all of them, each when those before it are ready, and go on as long as needed."""
        (self.folder / "logs").mkdir(parents=True, exist_ok=True)
        for name, given in self._described.items():
            self._prepare(name, given)
            if "command" in given:
                self._run(name)
        for name in self.names:
            self.wait(name)
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """End all of them, the last one first."""
        self._is_over.set()
        time.sleep(_LOOK_S)
        for process in reversed(self._running.values()):
            process.terminate()
        for process in reversed(self._running.values()):
            try:
                process.wait(_END_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _prepare(self, name: str, given: Mapping[str, Any]) -> None:
        """The file that it reads, and what is run before it."""
        if "file" in given:
            text = self._filled((_HERE / given["file"]).read_text("utf-8"))
            (self.folder / given["file"]).write_text(text, "utf-8")
        user = self._user(given)
        if user:
            home = self.folder / name
            home.mkdir(exist_ok=True)
            shutil.chown(home, user)
        if "unless" in given and Path(self._filled(given["unless"])).exists():
            return
        if name == "builder":
            for before in ("chroma", "postgres", "redis"):
                self.wait(before)
        for command in given.get("once", ()):
            subprocess.run(  # noqa: S603 - as described
                [self._filled(word) for word in command],
                env=self.environment(name), user=user, check=True, stdout=subprocess.DEVNULL,
                cwd="/" if user else None,
            )  # fmt: skip

    def _run(self, name: str) -> None:
        given = self._described[name]
        user = self._user(given)
        with (self.folder / "logs" / f"{name}.txt").open("ab") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 - as described
                [self._filled(word) for word in given["command"]],
                env=self.environment(name), user=user, stdout=log, stderr=log,
                start_new_session=True, cwd="/" if user else None,
            )  # fmt: skip

    def _watch(self) -> None:
        while not self._is_over.wait(_LOOK_S):
            for name, process in list(self._running.items()):
                if process.poll() is not None and not self._is_over.is_set():
                    self._run(name)

    def _user(self, given: Mapping[str, Any]) -> str | None:
        return given.get("user") if os.geteuid() == 0 else None

    def _filled(self, text: str) -> str:
        for word, value in self._words.items():
            text = text.replace(f"{{{word}}}", value)
        return text

    def _check_programs(self) -> None:
        for name, given in self._described.items():
            program = given.get("command", [""])[0]
            if program in _PROGRAMS and not shutil.which(program):
                raise OptionError(
                    f"没有找到 {program}（{name}），请先运行 apt-get install {_PROGRAMS[program]}。"
                )


@contextmanager
def running(folder: Path, only: Collection[str] = ()) -> Iterator[Cluster]:
    """The processes, started and in the end stopped."""
    cluster = Cluster(folder, only)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def _postgres() -> Path:
    found = sorted(_POSTGRES.glob("*/bin/postgres"))
    if not found:
        raise OptionError("没有找到 PostgreSQL，请先运行 apt-get install postgresql。")
    return found[-1].parent


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
