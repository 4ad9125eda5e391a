"""Figures for the README: ``make bench`` prints them. Each run is a process of its own."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console

_CHILD = """
import json, resource, sys, time
started = time.perf_counter()
from datetime import date
from assistant.progress import ProgressBar
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_assistant
assistant = build_assistant(load_settings(), ProgressBar())
questions = json.loads(sys.stdin.read())
assistant.answer(Query(questions[0], date.today()))
first = time.perf_counter() - started
times = []
for question in questions:
    before = time.perf_counter()
    assistant.answer(Query(question, date.today()))
    times.append(1000 * (time.perf_counter() - before))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
print(json.dumps({"first": first, "times": times, "peak": peak}))
"""

_INDEX = """
from assistant.settings import load_settings
from assistant.progress import ProgressBar
from assistant.wiring import build_index, open_workspace
build_index(open_workspace(load_settings()), ProgressBar())
"""


def _python(code: str, stdin: str, **env: str) -> str:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        input=stdin,
        env={**os.environ, **env},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def main() -> None:
    """Measure a first index, the start with a ready one, warm answers and memory."""
    from eval.runner import load_questions

    console = Console()
    questions = json.dumps([q.question for q in load_questions() if not q.turns])
    with tempfile.TemporaryDirectory() as folder:
        env = {"ECOPOLICY_DATA_DIR": str(Path(folder))}
        started = time.perf_counter()
        _python(_INDEX, "", **env)
        console.print(f"首次建立索引：{time.perf_counter() - started:.0f} 秒")
        result = json.loads(_python(_CHILD, questions, **env))
    times = sorted(result["times"])
    console.print(f"索引就绪后启动到第一个回答：{result['first']:.1f} 秒")
    console.print(f"回答 {len(times)} 问，p50：{statistics.median(times):.0f} 毫秒")
    console.print(f"p95：{times[int(0.95 * len(times)) - 1]:.0f} 毫秒")
    console.print(f"进程内存峰值：{result['peak']:.2f} GB")


if __name__ == "__main__":
    main()
