"""What is in use: read, switched in one step, and reported where it is damaged."""

from pathlib import Path

import pytest

from corpus.errors import IndexBrokenError
from index.state import IndexFolder, State, switch


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    return IndexFolder(tmp_path)


def test_before_the_first_build_nothing_is_in_use(folder: IndexFolder) -> None:
    assert folder.state() == State(index="", documents=())


@pytest.mark.parametrize(
    "state",
    [
        State("20260815-a"),
        State("20260815-a", ("某条例.md",)),
        State("20260815-b", ("乙", "甲", "乙 (2).docx")),
        State(),
    ],
)
def test_what_was_put_into_use_is_in_use(folder: IndexFolder, state: State) -> None:
    switch(folder, state)
    assert folder.state() == state


def test_a_switch_leaves_nothing_beside_the_state(folder: IndexFolder) -> None:
    switch(folder, State("first"))
    switch(folder, State("second"))
    assert {path.name for path in folder.root.iterdir()} == {"state.json", "state.backup.json"}


def test_a_switch_that_fails_leaves_the_state_before(
    folder: IndexFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    switch(folder, State("first", ("甲",)))

    def fail(*args: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="disk full"):
        patched.setattr("index.state.os.fsync", fail)
        switch(folder, State("second"))
    assert folder.state() == State("first", ("甲",))
    switch(folder, State("third"))
    assert folder.state().index == "third"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{broken",
        "[]",
        "null",
        '{"index": "a"}',
        '{"documents": []}',
        '{"index": "a", "documents": null}',
    ],
)
def test_a_damaged_state_says_what_to_do(folder: IndexFolder, text: str) -> None:
    (folder.root / "state.json").write_text(text, "utf-8")
    with pytest.raises(IndexBrokenError, match=r"state\.json.*已损坏.*ecopolicy index"):
        folder.state()


@pytest.mark.parametrize("lost", ["state.json", "state.backup.json"])
def test_one_of_the_two_files_is_enough(
    folder: IndexFolder, lost: str, caplog: pytest.LogCaptureFixture
) -> None:
    state = State("20260815-a", ("某条例.md", "乙"))
    switch(folder, state)
    (folder.root / lost).unlink()
    assert folder.state() == state
    assert folder.state() == state
    assert [r.getMessage().count("已用备份恢复") for r in caplog.records] == [1] * (
        lost == "state.json"
    )


def test_no_byte_of_a_state_is_read_as_another(folder: IndexFolder) -> None:
    state = State("abc.1", ("0123456789abcdef",))
    switch(folder, state)
    path = folder.root / "state.json"
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert folder.state() == state


def test_a_state_of_before_there_were_checksums_is_read(folder: IndexFolder) -> None:
    (folder.root / "state.json").write_text('{"index": "a.1", "documents": ["b"]}', "utf-8")
    assert folder.state() == State("a.1", ("b",))


def test_a_lost_state_is_not_taken_for_a_first_start(folder: IndexFolder) -> None:
    (folder.root / "abc.1").mkdir()
    (folder.root / "abc.1" / "checksums.json").write_text("{}", "utf-8")
    with pytest.raises(IndexBrokenError, match="已损坏"):
        folder.state()


def test_a_state_that_cannot_be_read_is_damage(folder: IndexFolder) -> None:
    (folder.root / "state.json").mkdir()
    with pytest.raises(IndexBrokenError):
        folder.state()
