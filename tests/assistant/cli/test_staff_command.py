"""``ecopolicy staff``: what it says, what it asks, what it leaves."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.commands import app
from assistant.records import DATABASE_FILE, SqliteDatabase
from assistant.staff import AuditLog, People, Person, Role
from corpus.errors import OptionError, RecordsError

GOOD = "correct horse 电池"
Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The output of a command that ends well; otherwise what it raised."""
    monkeypatch.setenv("ECOPOLICY_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("ECOPOLICY_STAFF", raising=False)

    def call(*arguments: str, typed: str | bytes = f"{GOOD}\n") -> str:
        done = CliRunner().invoke(app, ["staff", *arguments], input=typed)
        if done.exception is not None:
            raise done.exception
        return done.stdout

    return call


def test_added_listed_changed_removed(run: Run, tmp_path: Path):
    assert "还没有人" in run("list")
    run("add", "王五", "--role", "管理员", "--password-stdin")
    run("add", "赵六", "--password-stdin", typed="without an end of line")
    assert run("list") == "王五　管理员\n赵六　编辑\n"
    people = People(tmp_path)
    assert people.check("王五", GOOD) == Person("王五", Role.ADMIN)
    assert people.check("赵六", "without an end of line")
    run("password", "赵六", "--password-stdin", typed="  spaces stay  \r\n")
    assert people.check("赵六", "  spaces stay  ")
    assert "已移除“王五”" in run("remove", "王五")
    assert run("list") == "赵六　编辑\n"


def test_what_was_done_is_in_the_audit_log_without_a_password(run: Run, tmp_path: Path):
    run("add", "王五", "--password-stdin")
    run("password", "王五", "--password-stdin", typed="quite another one\n")
    run("remove", "王五")
    log = AuditLog(SqliteDatabase(tmp_path / DATABASE_FILE))
    done = [(entry.name, entry.action, entry.what) for entry in log.latest(10)]
    assert done == [
        ("命令行", "移除人员", "王五"),
        ("命令行", "更换口令", "王五"),
        ("命令行", "添加人员", "王五"),
    ]
    data = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"quite another one" not in data
    assert GOOD.encode() not in data


def test_what_cannot_be_noted_is_not_done(run: Run, tmp_path: Path):
    (tmp_path / DATABASE_FILE).write_bytes(b"no database" * 500)
    with pytest.raises(RecordsError):
        run("add", "王五", "--password-stdin")
    assert People(tmp_path).all() == []


def test_a_hash_for_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    row = json.loads(run("hash", "钱七", "--role", "管理员", "--password-stdin"))
    assert set(row) == {"name", "role", "hash"}
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("ECOPOLICY_STAFF", json.dumps([row]))
    assert run("list") == "钱七　管理员　由环境变量给出\n"
    assert People(tmp_path, json.dumps([row])).check("钱七", GOOD)
    for arguments in (["add", "钱七"], ["password", "钱七"], ["remove", "钱七"]):
        with pytest.raises(OptionError, match="ECOPOLICY_STAFF"):
            run(*arguments)


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (["add", "王五"], f"{GOOD}\n", "--password-stdin"),
        (["add", "王五", "--password-stdin"], "", "口令要有 8"),
        (["add", "王五", "--password-stdin"], "short\n", "口令要有 8"),
        (["add", "王五", "--password-stdin"], "x" * 20_000, "口令要有 8"),
        (["add", "王五", "--password-stdin"], b"\xff\xfe12345678\n", "UTF-8"),
        (["add", "", "--password-stdin"], f"{GOOD}\n", "姓名要有"),
        (["password", "无", "--password-stdin"], f"{GOOD}\n", "没有叫“无”的人"),
        (["remove", "无"], "", "没有叫“无”的人"),
        (["hash", "王\x07五", "--password-stdin"], f"{GOOD}\n", "控制字符"),
    ],
)
def test_mistakes_say_what_to_do(
    run: Run, tmp_path: Path, arguments: list[str], typed: str | bytes, told: str
):
    with pytest.raises(OptionError, match=told):
        run(*arguments, typed=typed)
    assert not (tmp_path / "staff.json").exists()


def test_a_taken_name_is_told_before_a_password_is_asked(run: Run):
    run("add", "王五", "--password-stdin")
    with pytest.raises(OptionError, match="staff password 王五"):
        run("add", "王五")


def at_a_terminal(tmp_path: Path, typed: list[str], *arguments: str) -> tuple[int, str]:
    """The exit status and all that the terminal showed."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ["ECOPOLICY_DATA_DIR"] = str(tmp_path)
        os.execv(sys.executable, [sys.executable, "-m", "assistant", "staff", *arguments])
    shown = b""
    for line in typed:
        before = len(shown)
        while "：".encode() not in shown[before:]:
            shown += os.read(terminal, 1000)
        os.write(terminal, f"{line}\n".encode())
    while True:
        try:
            read = os.read(terminal, 1000)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        shown += read
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    return status, shown.decode()


def test_asked_twice_and_not_shown(tmp_path: Path, monkeypatch, repository: Path):
    monkeypatch.chdir(repository)
    status, shown = at_a_terminal(tmp_path, [GOOD, GOOD], "add", "王五")
    assert status == 0
    assert "再输一遍" in shown
    assert GOOD not in shown
    assert People(tmp_path).check("王五", GOOD)
    status, shown = at_a_terminal(tmp_path, [GOOD, "another one"], "password", "王五")
    assert status == 2
    assert "两遍口令不一样" in shown
    assert People(tmp_path).check("王五", GOOD)


def test_a_damaged_file_is_one_sentence(tmp_path: Path, repository: Path):
    (tmp_path / "staff.json").write_text("{", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "staff", "list"],
        cwd=repository,
        capture_output=True,
        text=True,
        env=os.environ | {"ECOPOLICY_DATA_DIR": str(tmp_path)},
    )
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert "staff.json" in done.stderr
    assert done.stderr.strip().endswith("。")
