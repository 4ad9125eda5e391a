"""The file of staff when two write at once, or the one who writes is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.staff import People, Role
from corpus.errors import RecordsError

GOOD = "correct horse 电池"
#: Adds people one after another: the folder, a prefix, how many.
ADDING = """
import sys
from pathlib import Path
from argon2 import PasswordHasher
from assistant.staff import People, Role
people = People(Path(sys.argv[1]), hasher=PasswordHasher(1, 8, 1))
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    people.add(f"{sys.argv[2]}{number}", Role.EDITOR, "correct horse")
    print(number, flush=True)
"""


def adding(folder: Path, prefix: str, count: int, repository: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", ADDING, str(folder), prefix, str(count)],
        cwd=repository,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_at_once_lose_nobody(people: People, tmp_path: Path, repository: Path):
    running = [adding(tmp_path, prefix, 15, repository) for prefix in ("甲", "乙")]
    assert [process.communicate(timeout=60) and process.returncode for process in running] == [0, 0]
    names = {person.name for person in people.all()}
    assert names == {f"{prefix}{number}" for prefix in ("甲", "乙") for number in range(15)}


@pytest.mark.parametrize(
    ("dies_at", "kept"),
    [("os.fsync", ["甲0"]), ("Path.replace", ["甲0"]), ("roster._keep_name", ["甲0", "甲1"])],
)
def test_killed_at_each_step_of_writing(
    people: People, tmp_path: Path, repository: Path, dies_at: str, kept: list[str]
):
    people.add("甲0", Role.EDITOR, GOOD)
    die = (
        "import os, signal; from assistant.staff import roster; from pathlib import Path;"
        f"{dies_at} = lambda *_: os.kill(os.getpid(), signal.SIGKILL);"
    )
    code = die + ADDING.replace('f"{sys.argv[2]}{number}"', '"甲1"')
    done = subprocess.run([sys.executable, "-c", code, tmp_path, "", "1"], cwd=repository)
    assert done.returncode == -signal.SIGKILL
    assert [person.name for person in people.all()] == kept
    assert people.check(kept[-1], GOOD if len(kept) == 1 else "correct horse")
    people.add("乙", Role.EDITOR, GOOD)
    assert len(people.all()) == len(kept) + 1


def test_somebody_who_does_not_let_go(people: People, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("assistant.staff.roster._LOCK_S", 0.05)
    with FileLock(tmp_path / "staff.json.lock"), pytest.raises(RecordsError) as told:
        people.add("王五", Role.EDITOR, GOOD)
    assert str(told.value).endswith("请稍后再试。")
    people.add("王五", Role.EDITOR, GOOD)


@pytest.mark.parametrize("after", [3, 8])
def test_a_killed_process_leaves_the_old_file_or_the_new(
    people: People, tmp_path: Path, repository: Path, after: int
):
    process = adding(tmp_path, "甲", 10_000, repository)
    for line in process.stdout:
        if line == f"{after}\n":
            break
    time.sleep(0.003 * after)
    os.kill(process.pid, signal.SIGKILL)
    confirmed = after + 1 + len(process.communicate()[0].splitlines())
    kept = [person.name for person in people.all()]
    assert kept == [f"甲{number}" for number in range(len(kept))]
    # What was being written when it stopped may be there or not.
    assert len(kept) in (confirmed, confirmed + 1)
    people.add("乙", Role.EDITOR, GOOD)
    assert len(people.all()) == len(kept) + 1
    assert not (tmp_path / "staff.json.new").exists()
