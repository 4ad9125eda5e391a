"""How fast the page is: ``make page-speed`` measures it in Chromium and with fifty people at once.

Exit status 1 where a figure is worse than its limit. The server runs in a process of its own; the
browser and the fifty share the machine's cores with it, as they do on the machine of a test run.
"""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from statistics import median, quantiles

import httpx
from rich.console import Console

from assistant.ui import ASK_PATH

_PEOPLE = 50
_LOADS = 5
#: Questions, and what an answer to each says.
ASKED = (
    ("没办排污许可证就排污，会怎么罚？", "二十万元以上一百万元以下的罚款"),
    ("污染防治重点任务有多少项？", "126项"),
    ("生态环境法典第一百七十六条", "应当取得排污许可证"),
    ("环境保护法第六十条现在还有效吗？", "已经废止"),
    ("隔壁工地夜里施工合法吗？", "夜间"),
    ("水法第三十六条", "地下水"),
    ("排污许可证有效期多久？", "五年"),
    ("生态环境法典第一千一百零二条", "未依法取得排污许可证"),
    ("降碳方面有哪些工作安排？", "降碳"),
    ("《北京市大气污染防治条例》怎么规定的？", "现有资料没有"),
)
#: Figure → the most it may be, in milliseconds.
LIMITS = {
    "first words, p50": 300.0,
    "fifty at once, p95": 5000.0,
}
#: The same of a first visit.
LIGHT = {"KB": 250.0, "requests": 25, "seconds": 3.0, "CLS": 0.02}
_JUMPS = """
window.__jumps = 0;
new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries())
        if (!hadRecentInput) window.__jumps += value;
}).observe({ type: "layout-shift", buffered: true });
"""
_WATCH = """() => {
    document.addEventListener("keydown", ({ key }) => {
        if (key === "Enter") window.__seen = { enter: performance.now() };
    }, true);
    new MutationObserver(() => {
        const turn = document.querySelector(".turn:last-child");
        if (!window.__seen || window.__seen.words || !turn?.querySelector(".words")) return;
        requestAnimationFrame(() => {
            window.__seen.words ??= performance.now() - window.__seen.enter;
        });
    }).observe(document.querySelector("#conversation"), { childList: true, subtree: true });
}"""
_PANEL = """() => new Promise((done) => {
    const started = performance.now();
    new MutationObserver((_, observer) => {
        if (!document.querySelector("#panel:not([hidden]) h2")) return;
        observer.disconnect();
        requestAnimationFrame(() => done(performance.now() - started));
    }).observe(document.body, { childList: true, subtree: true, attributes: true });
    document.querySelector(".turn:last-child a[data-source]").click();
})"""


@dataclass(frozen=True, slots=True)
class Figure:
    """Times in milliseconds, in the order measured."""

    name: str
    times: tuple[float, ...]

    def at(self, percent: int) -> float:
        """The percentile."""
        if percent == 50:
            return median(self.times)
        return quantiles(self.times, n=100, method="inclusive")[percent - 1]


@contextmanager
def serve_page() -> Iterator[str]:
    """The address of the page, served by a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "assistant", "serve", "--port", str(port)],
        env={**os.environ, "ECOPOLICY_REQUESTS_PER_MINUTE": "10000"},
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(600):
            try:
                httpx.get(address)
                break
            except httpx.TransportError:
                time.sleep(0.5)
        yield address
    finally:
        running.terminate()
        running.wait()


def measure_page(address: str) -> list[Figure]:
    """First paint, Enter to the first words, mark to the panel."""
    from playwright.sync_api import sync_playwright

    paints, ready, words, panels = [], [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(_LOADS):
            page = browser.new_context(locale="zh-CN").new_page()
            page.goto(address)
            page.wait_for_selector("html[data-ready]", state="attached")
            ready.append(page.evaluate("performance.now()"))
            paints.append(
                page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
            )
        page.evaluate(_WATCH)
        for count, (question, _) in enumerate(ASKED * 2, 1):
            page.locator("#question").fill(question)
            page.keyboard.press("Enter")
            page.wait_for_selector(f"#t{count} .reply:not(.growing):not(.pending)")
            page.wait_for_function("window.__seen?.words")
            words.append(page.evaluate("window.__seen.words"))
            panels.append(page.evaluate(_PANEL))
            page.keyboard.press("Escape")
        browser.close()
    return [
        Figure("first paint", tuple(paints)),
        Figure("ready to ask", tuple(ready)),
        Figure("first words", tuple(words)),
        Figure("source panel", tuple(panels)),
    ]


def measure_weight(address: str) -> dict[str, float]:
    """The first visit over a slow line (1.6 Mbit/s, 150 ms there and back): KB as sent, requests,
    seconds until one can ask, and by how much the page jumped (CLS), with a question asked."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(
            locale="zh-CN", viewport={"width": 390, "height": 780}
        ).new_page()
        page.add_init_script(_JUMPS)
        line = page.context.new_cdp_session(page)
        sizes: list[float] = []
        line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        line.send("Network.enable")
        line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 150, "downloadThroughput": 2e5, "uploadThroughput": 1e5},
        )
        page.goto(address)
        page.wait_for_selector("html[data-ready]", state="attached")
        ready = page.evaluate("performance.now()") / 1000
        page.wait_for_timeout(500)
        found = {"KB": sum(sizes) / 1000, "requests": len(sizes), "seconds": ready}
        page.locator("#question").fill(ASKED[0][0])
        page.keyboard.press("Enter")
        page.wait_for_selector(".turn[data-exchange]")
        page.wait_for_timeout(500)
        found["CLS"] = page.evaluate("window.__jumps")
        browser.close()
    return {name: round(value, 3) for name, value in found.items()}


async def ask(client: httpx.AsyncClient, question: str) -> tuple[float, str]:
    """Ask as the page does; milliseconds to the complete answer, and its HTML."""
    started = time.perf_counter()
    context = json.dumps({"number": 1, "history": []})
    sent = {"data": [question, "public", time.strftime("%Y-%m-%d"), context]}
    taken = await client.post(ASK_PATH, json=sent)
    taken.raise_for_status()
    html = ""
    async with client.stream("GET", f"{ASK_PATH}/{taken.json()['event_id']}") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: [{"):
                html = json.loads(line[6:])[0]["html"]
    return 1000 * (time.perf_counter() - started), unescape(html)


async def measure_crowd(address: str) -> tuple[Figure, int]:
    """Fifty people who ask at the same moment: their times, and how many got a wrong answer."""
    limits = httpx.Limits(max_connections=2 * _PEOPLE)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        await ask(client, ASKED[0][0])
        asked = [ASKED[i % len(ASKED)] for i in range(_PEOPLE)]
        replies = await asyncio.gather(*(ask(client, q) for q, _ in asked))
    wrong = sum(
        said not in html or 'class="words"' not in html
        for (_, said), (_, html) in zip(asked, replies, strict=True)
    )
    return Figure("fifty at once", tuple(ms for ms, _ in replies)), wrong


def main(out: Path | None = None) -> int:
    """Measure, print a table, and say whether every figure keeps to its limit."""
    console = Console()
    with serve_page() as address:
        weight = measure_weight(address)
        figures = measure_page(address)
        crowd, wrong = asyncio.run(measure_crowd(address))
    figures.append(crowd)
    shown = {
        f"{figure.name}, p{percent}": round(figure.at(percent), 1)
        for figure in figures
        for percent in (50, 95)
    }
    for name, value in shown.items():
        limit = f"  (at most {LIMITS[name]:g})" if name in LIMITS else ""
        console.print(f"{name}: {value} ms{limit}")
    console.print(f"wrong answers among fifty: {wrong}")
    for name, value in weight.items():
        console.print(f"first visit over a slow line, {name}: {value}  (at most {LIGHT[name]:g})")
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        told = {**shown, "wrong": wrong, "first visit": weight}
        out.write_text(json.dumps(told, indent=2), "utf-8")
    is_slow = any(shown[name] > limit for name, limit in LIMITS.items())
    return int(wrong > 0 or is_slow or any(weight[n] > most for n, most in LIGHT.items()))


if __name__ == "__main__":
    sys.exit(main(Path("var/page-speed.json")))
