"""Readers ask while staff upload, publish and remove documents: does anybody notice?

A server of its own, over an empty data folder; answers are timed by what staff do meanwhile.
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from statistics import median, quantiles

import httpx
from rich.console import Console

from eval.bench.bench import load_sample

_PASSWORD = "soak-soak-soak"  # noqa: S105 - of a server that lives as long as this program
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_ARTICLES = 50
_MOST_RATIO = 1.5
_PAUSE_S = 10.0


class Staff:
    """Somebody at the desk."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=300, follow_redirects=True)
        self._client.post(
            "/desk/sign-in", data={"name": "soak", "password": _PASSWORD, "to": "/desk"}
        )

    def post(self, path: str, **sent: object) -> str:
        """Send a form of the desk; its page."""
        found = _CSRF.search(self._client.get("/desk").text)
        assert found, "not signed in"
        files = sent.pop("files", None)
        reply = self._client.post(f"/desk{path}", data={"csrf": found[1], **sent}, files=files)  # type: ignore[arg-type]
        reply.raise_for_status()
        return reply.text

    def files(self) -> str:
        """The page of files."""
        return self._client.get("/desk/files").text

    def wait(self, words: str, is_there: bool = True) -> None:
        """Until the page of files has these words, or has them no more."""
        while (words in self.files()) is not is_there:
            time.sleep(0.5)


@contextmanager
def serving(folder: str) -> Iterator[str]:
    """The address of a server over this data folder."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    environment = {**os.environ, "ECOPOLICY_DATA_DIR": folder, "OMP_WAIT_POLICY": "passive"}
    run = [sys.executable, "-m", "assistant"]
    subprocess.run(  # noqa: S603
        [*run, "staff", "add", "soak", "--password-stdin"],
        input=f"{_PASSWORD}\n", text=True, env=environment, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    server = subprocess.Popen(  # noqa: S603
        [*run, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{address}/readyz").is_success:
                    break
            time.sleep(1)
        yield address
    finally:
        server.terminate()
        server.wait(60)


def main() -> None:
    """Print how long answers took, by what staff did meanwhile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--readers", type=int, default=2)
    chosen = parser.parse_args()
    taken: dict[str, list[float]] = defaultdict(list)
    errors: list[str] = []
    doing = ["nothing"]
    over = threading.Event()
    with tempfile.TemporaryDirectory() as folder, serving(folder) as address:
        questions = cycle(load_sample())

        def ask() -> None:
            with httpx.Client(base_url=address, timeout=120) as client:
                while not over.is_set():
                    meanwhile, started = doing[0], time.perf_counter()
                    try:
                        client.post(
                            "/v1/ask", json={"question": next(questions)}
                        ).raise_for_status()
                        taken[meanwhile].append(time.perf_counter() - started)
                    except httpx.HTTPError as error:
                        errors.append(f"{meanwhile}: {error}")
                    time.sleep(0.2)

        readers = [threading.Thread(target=ask) for _ in range(chosen.readers)]
        for reader in readers:
            reader.start()
        rounds = _work(Staff(address), doing, time.monotonic() + chosen.minutes * 60)
        over.set()
        for reader in readers:
            reader.join()
    _tell(taken, errors, rounds)


def _work(staff: Staff, doing: list[str], end: float) -> int:
    """Upload, publish and remove until the time is over; returns how often."""
    rounds = 0
    while time.monotonic() < end:
        doing[0] = "nothing"
        time.sleep(_PAUSE_S)
        title = f"第{rounds + 1}号试验管理办法"
        doing[0] = "reading"
        staff.post("/files", files={"file": (f"{title}.txt", _document(title).encode())})
        staff.wait("看看读到了什么")
        name = re.findall(r'href="/desk/files/([0-9a-f]{16})"', staff.files())[0]
        doing[0] = "publishing"
        staff.post(f"/files/{name}", title=title, kind="statute", action="publish")
        staff.wait("发布中", is_there=False)
        doing[0] = "removing"
        staff.post("/files/remove", title=title)
        staff.wait("移除中", is_there=False)
        rounds += 1
    return rounds


def _document(title: str) -> str:
    articles = (
        f"第{number}条 第{number}类场所应当在每月{number % 28 + 1}日前清理沉淀池并记入台账。"
        for number in range(1, _ARTICLES + 1)
    )
    return "\n".join([title, "（2024年1月2日某市人民政府公布）", *articles])


def _tell(taken: dict[str, list[float]], errors: list[str], rounds: int) -> None:
    console = Console(highlight=False)
    console.print(f"上传、发布、移除 {rounds} 轮；出错 {len(errors)} 次 {errors[:3]}")
    base = median(taken["nothing"])
    for doing, times in taken.items():
        last = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        console.print(
            f"{doing}: {len(times)} 问，p50 {1000 * median(times):.0f} 毫秒"
            f"（{median(times) / base:.2f} 倍，目标不超过 {_MOST_RATIO}），"
            f"p95 {1000 * last:.0f}，最长 {1000 * max(times):.0f}"
        )


if __name__ == "__main__":
    main()
