"""The wheel works without the source: everything that is read at run time is in it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """A folder with nothing but what the wheel installs."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=repository, capture_output=True, check=True
    ).stdout.decode()
    for name in filter(None, listed.split("\0")):
        if name.startswith("tests/") or not (repository / name).is_file():
            continue
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(repository / name, source / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(source)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)
    return site


def run(installed: Path, folder: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "ECOPOLICY_DATA_DIR": str(folder / "data"),
        "ECOPOLICY_COLLECTIONS": '["weifang"]',
    }
    told = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path):
    for package in ("assistant", "corpus", "index", "eval"):
        code = f"import {package}; print({package}.__path__[0])"
        assert run(installed, tmp_path, "-c", code).startswith(str(installed))


def test_it_builds_its_index_and_answers(installed: Path, tmp_path: Path):
    asked = ("-m", "assistant", "ask", "污染防治重点任务有多少项？", "--json")
    answer = json.loads(run(installed, tmp_path, *asked))
    assert answer["outcome"] == "answered"
    assert "126项" in answer["answer"]
    assert answer["citations"][0]["key"] == "policy:减污"


def test_every_data_file_is_in_it(installed: Path, repository: Path):
    """A file beside the modules that is not code is there to be read at run time."""
    listed = subprocess.run(
        ["git", "ls-files", "assistant", "corpus", "index", "eval"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    data = [name for name in listed if not name.endswith((".py", ".md"))]
    assert len(data) > 40
    assert [name for name in data if not (installed / name).is_file()] == []


def test_statutes_are_read_from_the_package(installed: Path, tmp_path: Path):
    code = "from corpus.loading import load_corpus; print(len(load_corpus().documents))"
    assert int(run(installed, tmp_path, "-c", code)) > 40
