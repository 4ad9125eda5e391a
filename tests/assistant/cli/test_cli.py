"""The command line in a process of its own: output, errors, exit status."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.settings import Settings
from index.search.retriever import HybridRetriever


@pytest.fixture
def run(
    settings: Settings, retriever: HybridRetriever, tmp_path: Path
) -> "Callable[..., subprocess.CompletedProcess[str]]":
    """Runs ``ecopolicy`` on the tests' index."""

    def call(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=120,
            env={**os.environ, "ECOPOLICY_DATA_DIR": str(settings.data_dir), **env},
        )

    return call


def _is_one_sentence(stderr: str) -> bool:
    lines = stderr.strip().splitlines()
    return len(lines) == 1 and lines[0][-1] in "。”" and "Traceback" not in stderr


def test_ask_json(run) -> None:
    done = run("ask", "污染防治重点任务有多少项？", "--json", "--as-of", "2026-11-23")
    answer = json.loads(done.stdout)
    assert done.returncode == 0
    assert "126" in answer["answer"]
    assert answer["as_of"] == "2026-11-23"


def test_ask_for_people(run) -> None:
    done = run("ask", "法典第176条")
    assert (
        "[1] 中华人民共和国生态环境法典 第一百七十六条（现行有效，2026-08-15起施行）" in done.stdout
    )
    assert "以正式公布的文本为准" in done.stdout


def test_batches(run, tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "question": "法典第176条"}',
        '{"id": "b", "turns": ["超标排放废水怎么罚？", "情节严重呢？"], "audience": "staff"}',
        "不是 JSON",
        '{"id": "d", "question": ""}',
        '{"id": "e"}',
        '{"id": "f", "question": "法典第176条", "as_of": "2026-01-01"}',
    ]
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines), "utf-8")
    assert run("ask", "--batch", str(source), "--out", str(out)).returncode == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "line-3", "d", "e", "f"]
    assert [set(row) == {"id", "error"} for row in rows] == [
        False, False, True, True, True, False,
    ]  # fmt: skip
    assert rows[5]["as_of"] == "2026-01-01"
    assert run("search", "--batch", str(source), "--out", str(out), "-k", "3").returncode == 0
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(rows[0]["hits"]) == 3
    assert set(rows[0]["hits"][0]) == {"key", "score", "title", "locator", "text"}
    assert list(tmp_path.iterdir()) == [source, out] or set(tmp_path.iterdir()) == {source, out}


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", ""),
        ("ask", "？？？"),
        ("ask", "问" * 2001),
        ("ask",),
        ("ask", "问", "--as-of", "昨天"),
        ("ask", "问", "--audience", "king"),
        ("ask", "--batch", "nowhere.jsonl", "--out", "x"),
        ("ask", "问", "--batch", "x"),
        ("ask", "问", "--nonsense"),
        ("search", "问", "-k", "0"),
        ("corpus", "show", "没有#1"),
        ("serve", "--port", "99999"),
        ("serve", "--port", "abc"),
        ("nonsense",),
    ],
)
def test_the_user_s_mistakes(run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2, done.stderr
    assert _is_one_sentence(done.stderr), done.stderr
    assert done.stdout == ""


def test_an_unwritable_batch_result_leaves_nothing(run, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": "a", "question": "法典第176条"}', "utf-8")
    done = run("ask", "--batch", str(source), "--out", str(tmp_path / "no" / "out.jsonl"))
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == [source]


def test_a_chroma_server_that_is_not_there(run) -> None:
    done = run("ask", "法典第176条", ECOPOLICY_CHROMA_SERVER="http://127.0.0.1:9")
    assert done.returncode == 1
    assert _is_one_sentence(done.stderr)
    assert "Chroma" in done.stderr


def test_a_wrong_setting(run) -> None:
    done = run("ask", "法典第176条", ECOPOLICY_THREADS="many")
    assert done.returncode == 2
    assert "ECOPOLICY_THREADS" in done.stderr


def test_index_is_not_built_again(run) -> None:
    done = run("index")
    assert done.returncode == 0
    assert "无需重建" in done.stdout


@pytest.mark.parametrize(
    ("collection", "dated"), [("yunze", "日期2026-02-10"), ("weifang", "未载日期")]
)
def test_a_plan_is_listed_with_the_date_that_it_has(
    run, repository: Path, tmp_path: Path, collection: str, dated: str
) -> None:
    done = run(
        "corpus",
        "list",
        ECOPOLICY_DATA_DIR=str(tmp_path / "data"),
        ECOPOLICY_COLLECTIONS=json.dumps([collection]),
        ECOPOLICY_COLLECTIONS_DIR=str(repository / "tests" / "data" / "collections"),
    )
    assert done.returncode == 0
    assert f"　{dated}　" in done.stdout


def test_corpus_commands(run) -> None:
    rows = json.loads(run("corpus", "list", "--json", "--as-of", "2026-11-23").stdout)
    by_title = {row["title"]: row for row in rows}
    assert by_title["中华人民共和国环境保护法"]["status"] == "已废止"
    shown = run("corpus", "show", "policy:减污").stdout
    assert "126项" in shown
