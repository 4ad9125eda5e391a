"""Readers ask while staff upload, publish and remove documents: does anybody notice?

A server of its own, over an empty data folder. Answers are timed by what staff do meanwhile,
nothing among it. Of every round it is looked whether what was published is answered
from and what was removed no longer is; some documents stay, and all of them have to be there at the
end. Every round prints a line with the server's memory.
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
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

import httpx
from rich.console import Console

from eval.bench.bench import load_sample

_PASSWORD = "soak-soak-soak"  # noqa: S105 - of a server that lives as long as this program
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')
_ARTICLES = 50
_MOST_RATIO = 1.5
#: So long staff do nothing before and between rounds; at the beginning longer. Whatever else the
#: machine does meanwhile, it does beside all of it.
_PAUSE_S = 15.0
_FIRST_PAUSE_SHARE = 0.1
#: What staff do is done within so many seconds, or it is an error.
_PATIENCE_S = 300.0
#: Every so many rounds a document stays, and a file is sent that nobody can read.
_STAYS, _BROKEN = 5, 4
#: An index that was switched to is answered from within so many seconds.
_SEEN_S = 60.0


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
        """Until the page of files has these words, or has them no more; TimeoutError."""
        end = time.monotonic() + _PATIENCE_S
        while (words in self.files()) is not is_there:
            if time.monotonic() > end:
                raise TimeoutError(f"{words}: {is_there}")
            time.sleep(0.5)


@dataclass
class Watched:
    """What is seen while it runs: seconds of answers by what staff do, errors, what was lost."""

    doing: str = "nothing"
    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    rounds: int = 0
    kept: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


@contextmanager
def serving(folder: str) -> Iterator[tuple[str, int]]:
    """The address and the process of a server over this data folder."""
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
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(60)


def main() -> None:
    """Print how long answers took, by what staff did meanwhile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--readers", type=int, default=2)
    chosen = parser.parse_args()
    seen, over = Watched(), threading.Event()
    with tempfile.TemporaryDirectory() as folder, serving(folder) as (address, process):
        questions = cycle(load_sample())
        lock = threading.Lock()

        def read() -> None:
            with httpx.Client(base_url=address, timeout=120) as client:
                while not over.is_set():
                    with lock:
                        question = next(questions)
                    _ask(client, question, seen)
                    time.sleep(0.2)

        readers = [threading.Thread(target=read) for _ in range(chosen.readers)]
        for reader in readers:
            reader.start()
        try:
            _work(address, seen, chosen.minutes * 60, process)
        finally:
            over.set()
            for reader in readers:
                reader.join()
    _tell(seen)


def _ask(client: httpx.Client, question: str, seen: Watched) -> None:
    meanwhile, started = seen.doing, time.perf_counter()
    try:
        client.post("/v1/ask", json={"question": question}).raise_for_status()
        seen.taken[meanwhile].append(time.perf_counter() - started)
    except httpx.HTTPError as error:
        seen.errors.append(f"{meanwhile}: {error!r}")


def _work(address: str, seen: Watched, seconds: float, process: int) -> None:
    """Upload, publish and remove until the time is over."""
    console = Console(highlight=False, width=200)
    staff, began = Staff(address), time.monotonic()
    time.sleep(max(_PAUSE_S, _FIRST_PAUSE_SHARE * seconds))
    with httpx.Client(base_url=address, timeout=120) as client:
        while time.monotonic() < began + seconds:
            try:
                _round(staff, client, seen)
            except (httpx.HTTPError, TimeoutError, AssertionError, IndexError) as error:
                seen.errors.append(f"staff while {seen.doing}: {error!r}")
            seen.rounds += 1
            seen.memory.append(_memory(process))
            console.print(
                f"{time.monotonic() - began:.0f} 秒，第 {seen.rounds} 轮，服务占"
                f" {seen.memory[-1]:.0f} MB，出错 {len(seen.errors)}，丢失 {len(seen.lost)}"
            )
        for title in seen.kept:
            _look(client, title, seen, is_there=True)


def _round(staff: Staff, client: httpx.Client, seen: Watched) -> None:
    """One document from upload to publishing and mostly to removal."""
    seen.doing = "nothing"
    time.sleep(_PAUSE_S)
    title = f"第{seen.rounds + 1}号试验管理办法"
    seen.doing = "reading"
    if seen.rounds % _BROKEN == 0:
        _send_broken(staff)
    staff.post("/files", files={"file": (f"{title}.txt", _document(title).encode())})
    staff.wait("看看读到了什么")
    name = re.findall(r'href="/desk/files/([0-9a-f]{16})"', staff.files())[0]
    seen.doing = "publishing"
    staff.post(f"/files/{name}", title=title, kind="statute", action="publish")
    staff.wait("发布中", is_there=False)
    seen.doing = "opening"
    _look(client, title, seen, is_there=True)
    if seen.rounds % _STAYS == _STAYS - 1:
        seen.kept.append(title)
        return
    seen.doing = "removing"
    staff.post("/files/remove", title=title)
    staff.wait("移除中", is_there=False)
    seen.doing = "opening"
    _look(client, title, seen, is_there=False)


def _send_broken(staff: Staff) -> None:
    """A file that nobody can read is told of, and put away."""
    staff.post("/files", files={"file": ("坏的.pdf", b"%PDF-1.7 " + bytes(range(256)) * 50)})
    staff.wait("读不了")
    name = re.findall(r'href="/desk/files/([0-9a-f]{16})"', staff.files())[0]
    staff.post(f"/files/{name}", action="discard")


def _look(client: httpx.Client, title: str, seen: Watched, is_there: bool) -> None:
    """Whether the document is answered from soon, or is no more."""
    end, key = time.monotonic() + _SEEN_S, f"{title}#7"
    while time.monotonic() < end:
        reply = client.post("/v1/ask", json={"question": f"《{title}》第七条怎么规定的"})
        reply.raise_for_status()
        if any(found["key"] == key for found in reply.json()["citations"]) is is_there:
            return
        time.sleep(0.5)
    seen.lost.append(f"{title} {'不在' if is_there else '还在'}")


def _memory(process: int) -> float:
    """What a process holds in memory, in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _document(title: str) -> str:
    articles = (
        f"第{number}条 第{number}类场所应当在每月{number % 28 + 1}日前清理沉淀池并记入台账。"
        for number in range(1, _ARTICLES + 1)
    )
    return "\n".join([title, "（2024年1月2日某市人民政府公布）", *articles])


def _tell(seen: Watched) -> None:
    console = Console(highlight=False, width=200)
    console.print(
        f"上传、发布、移除 {seen.rounds} 轮，留下 {len(seen.kept)} 份；"
        f"出错 {len(seen.errors)} 次 {seen.errors[:5]}；丢失 {len(seen.lost)} 次 {seen.lost[:5]}"
    )
    console.print(f"服务占内存（MB）：{[round(m) for m in seen.memory]}")
    base = median(seen.taken["nothing"])
    for doing, times in seen.taken.items():
        last = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        console.print(
            f"{doing}: {len(times)} 问，p50 {1000 * median(times):.0f} 毫秒"
            f"（{median(times) / base:.2f} 倍，目标不超过 {_MOST_RATIO}），"
            f"p95 {1000 * last:.0f}，最长 {1000 * max(times):.0f}"
        )


if __name__ == "__main__":
    main()
