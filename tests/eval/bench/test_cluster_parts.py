"""The parts of the service on several machines that need none of its programs."""

import json
import signal
import time
from html import escape
from pathlib import Path

import pytest

from corpus.errors import OptionError
from eval.bench.cluster import Cluster, processes
from eval.bench.cluster.answers import is_same, of_page
from eval.bench.cluster.load import _sentence

ANSWER = {"sentences": [{"text": "应当登记。"}], "confidence": 0.91, "timings_ms": {"total": 9}}


def test_answers_are_the_same_but_for_their_times() -> None:
    later = {**ANSWER, "timings_ms": {"total": 99}, "audience": "public", "confidence": 0.9102}
    assert is_same(ANSWER, later)
    assert not is_same(ANSWER, {**ANSWER, "sentences": [{"text": "不得登记。"}]})
    assert not is_same(ANSWER, {**ANSWER, "confidence": 0.7})
    assert not is_same(ANSWER, {**ANSWER, "confidence": None})
    assert not is_same(ANSWER, {**ANSWER, "matter": "bees"})


def test_an_answer_is_read_from_the_page() -> None:
    html = f'<article data-exchange="{escape(json.dumps(ANSWER, ensure_ascii=False))}">…</article>'
    assert of_page(html) == ANSWER
    assert of_page("<article>正在找</article>") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"detail": "请过一会儿再试。"}', "请过一会儿再试。"),
        ("服务正在恢复。\n", "服务正在恢复。"),
        ("<html>502 Bad Gateway</html>", ""),
        ('{"error": {"message": "忙"}}', "忙"),
        ("[]", ""),
    ],
)
def test_a_kind_error_is_a_chinese_sentence(text: str, says: str) -> None:
    assert _sentence(text) == says


def test_what_ends_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "description.toml").write_text(
        '[bees]\ncommand = ["{python}", "-m", "http.server", "{bees_port}", "--bind", "127.0.0.1"]'
        '\nready = "http://127.0.0.1:{bees_port}"\n[environments]\n'
    )
    monkeypatch.setattr(processes, "_HERE", tmp_path)
    with processes.running(tmp_path / "run") as cluster:
        assert cluster.names == ["bees"]
        first = cluster._running["bees"]
        cluster.kill("bees")
        assert first.wait(10) == -signal.SIGKILL
        end = time.monotonic() + 20
        while cluster._running["bees"] is first and time.monotonic() < end:
            time.sleep(0.05)
        cluster.wait("bees")
        second = cluster._running["bees"]
    assert second.poll() is not None


def test_a_program_that_is_missing_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes.shutil, "which", lambda name: None)
    with pytest.raises(OptionError, match="apt-get install redis-server"):
        Cluster(tmp_path, ("redis",))
