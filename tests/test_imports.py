"""What is loaded when: help and refusals answer at once, models are imported when they are made."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

HEAVY = (
    "torch", "sentence_transformers", "transformers", "chromadb", "gradio", "langchain_openai",
    "sqlalchemy",
)  # fmt: skip
#: In seconds; the issue's half, and as much again for a machine that is busy with tests.
AT_MOST = 1.0


def loaded_by(code: str, repository: Path) -> set[str]:
    """The heavy packages that a piece of code loads, in a process of its own."""
    told = f"import sys; {code}; print(*(n for n in {HEAVY!r} if n in sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", told], cwd=repository, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


@pytest.mark.parametrize("module", ["assistant.cli.commands", "assistant.settings"])
def test_the_command_line_loads_no_model(module: str, repository: Path):
    assert loaded_by(f"import {module}", repository) == set()


@pytest.mark.parametrize("module", ["assistant.wiring", "index.search", "index.embedders"])
def test_torch_is_loaded_when_an_embedder_is_made(module: str, repository: Path):
    loaded = loaded_by(f"import {module}", repository)
    assert loaded & {"torch", "sentence_transformers", "transformers", "gradio"} == set()


def test_an_embedder_needs_it(repository: Path):
    code = "from index.embedders import load_embedder; load_embedder()"
    assert "sentence_transformers" in loaded_by(code, repository)


def test_what_publishes_reads_texts_without_torch(repository: Path):
    code = (
        "import assistant.uploads.publishing; "
        "from index.embedders import load_embedder, load_question_encoder; "
        "load_embedder(is_lazy=True); load_question_encoder().read_passages(['第一条'])"
    )
    assert loaded_by(code, repository) == {"chromadb", "sqlalchemy"}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--help"], 0),
        (["--version"], 0),
        (["ask", "--help"], 0),
        (["ask"], 2),
        (["ask", "问", "--as-of", "昨天"], 2),
        (["ask", "问", "--audience", "nobody"], 2),
        (["ask", "问", "--batch", "in.jsonl"], 2),
        (["search", "问", "-k", "0"], 2),
        (["serve", "--port", "0"], 2),
        (["corpus", "list", "--as-of", "x"], 2),
        (["nothing"], 2),
    ],
)
def test_help_and_refusals_answer_at_once(arguments: list[str], status: int, repository: Path):
    started = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-m", "assistant", *arguments],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == status, run.stderr
    assert time.perf_counter() - started < AT_MOST
    assert (run.stdout if status == 0 else run.stderr).strip()
