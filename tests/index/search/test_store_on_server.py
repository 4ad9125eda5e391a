"""A Chroma server that is away is not an index that is broken."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from corpus.errors import IndexBrokenError, VectorStoreError
from index.search.store import StoreLocation, VectorStore
from tests.support import write_store


class Server:
    """A Chroma server that can be killed and started again."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self.port = port

    def start(self) -> None:
        chroma = str(Path(sys.executable).with_name("chroma"))
        place = ["--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._running = subprocess.Popen([chroma, "run", *place], stdout=subprocess.DEVNULL)
        for _ in range(200):
            try:
                httpx.get(f"http://127.0.0.1:{self.port}/api/v2/heartbeat")
                return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise TimeoutError

    def kill(self) -> None:
        self._running.send_signal(signal.SIGKILL)
        self._running.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    started = Server(tmp_path / "chroma", port)
    started.start()
    try:
        yield started
    finally:
        started.kill()
        shutil.rmtree(tmp_path / "chroma", ignore_errors=True)


def test_it_is_told_as_away_and_answers_when_it_is_back(server: Server, tmp_path: Path) -> None:
    location = StoreLocation(tmp_path, f"http://127.0.0.1:{server.port}")
    vectors = np.eye(4, dtype=np.float32)
    write_store(location, "ecopolicy-bees", list("abcd"), vectors)
    store = VectorStore.open(location, "ecopolicy-bees")
    assert store.search(vectors[2], 1)[0][0] == "c"
    server.kill()
    for work in (
        lambda: store.search(vectors[2], 1),
        lambda: len(store),
        lambda: VectorStore.open(location, "ecopolicy-bees"),
        lambda: write_store(location, "ecopolicy-wasps", ["a"], vectors[:1]),
    ):
        with pytest.raises(VectorStoreError):
            work()
    server.start()
    assert store.search(vectors[1], 1)[0][0] == "b"
    with pytest.raises(IndexBrokenError):
        VectorStore.open(location, "ecopolicy-wasps")
