"""An upload from its bytes to the bin and back, with stops in between."""

import os
import stat
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.documents import Details, add_documents
from assistant.uploads import State, Uploads
from assistant.uploads import uploads as module
from assistant.wiring import Workspace
from corpus.collection import Kind
from corpus.errors import OptionError
from corpus.types import Status
from tests.assistant.uploads.conftest import RULE, Audited, Clock, Opens, wait_for

TITLE = "己县养蜂管理办法"
DATA = RULE.encode()


def published(
    uploads: Uploads, name: str = "养蜂.txt", data: bytes = DATA, **details: object
) -> str:
    """Upload and publish; returns the upload's id."""
    upload = uploads.receive(name, data, "甲").id
    wait_for(uploads, upload, State.READY)
    uploads.publish(upload, Details(**details), "甲")  # type: ignore[arg-type]
    wait_for(uploads, upload, State.PUBLISHED)
    return upload


def titles(workspace: Workspace) -> list[str]:
    """Of the added documents in use."""
    return [d.title for d in workspace.library.load(workspace.folder.state().documents)]


def test_a_file_is_received_read_and_published(
    uploads: Uploads, workspace: Workspace, audited: Audited, tmp_path: Path
) -> None:
    received = uploads.receive("C:\\文件\\养蜂.txt", DATA, "甲")
    assert (received.name, received.state, received.size) == ("养蜂.txt", State.READING, len(DATA))
    ready = wait_for(uploads, received.id, State.READY)
    assert ready.title == TITLE
    assert titles(workspace) == []
    kept = tmp_path / "uploads" / received.id / "original"
    assert kept.read_bytes() == DATA
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    uploads.publish(received.id, Details(issuer="己县人民政府"), "乙")
    done = wait_for(uploads, received.id, State.PUBLISHED)
    assert "已添加" in done.message
    assert (done.document,) == workspace.folder.state().documents
    (document,) = workspace.library.load([done.document])
    assert (document.issuer, document.effective) == ("己县人民政府", date(2021, 6, 1))
    assert audited.rows == [("甲", "上传文件", "养蜂.txt"), ("乙", "发布文件", "养蜂.txt")]


def test_fields_are_corrected_and_cleared(uploads: Uploads, workspace: Workspace) -> None:
    published(
        uploads,
        title="《己县蜂业办法》",
        kind=Kind.DOCUMENT,
        adopted=date(2022, 1, 1),
        is_whole=True,
    )
    (document,) = workspace.library.load(workspace.folder.state().documents)
    assert (document.title, document.kind) == ("己县蜂业办法", Kind.DOCUMENT)
    assert (document.adopted, document.effective) == (date(2022, 1, 1), None)
    assert document.articles[0].key.startswith("己县蜂业办法@")


def test_what_cannot_be_read_says_why(uploads: Uploads) -> None:
    upload = uploads.receive("坏.docx", b"PK\x03\x04 nothing", "甲").id
    failed = wait_for(uploads, upload, State.FAILED)
    assert "坏.docx" in failed.message
    with pytest.raises(OptionError, match="读不了"):
        uploads.publish(upload, Details(), "甲")
    with pytest.raises(OptionError, match="读不了"):
        uploads.preview(upload)


def test_what_cannot_be_published_waits_again(uploads: Uploads, workspace: Workspace) -> None:
    upload = uploads.receive("养蜂.txt", DATA, "甲").id
    wait_for(uploads, upload, State.READY)
    uploads.publish(upload, Details(replaces="没有这份办法"), "甲")
    again = wait_for(uploads, upload, State.READY)
    assert "没有添加过《没有这份办法》" in again.message
    uploads.publish(upload, Details(title=workspace.bundled().documents[0].title), "甲")
    assert "自带的文件里已有" in wait_for(uploads, upload, State.READY).message
    uploads.publish(upload, Details(), "甲")
    wait_for(uploads, upload, State.PUBLISHED)
    with pytest.raises(OptionError, match="已发布"):
        uploads.publish(upload, Details(), "甲")


def test_only_so_much_waits(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", (2, 2**20))
    uploads.receive("一.txt", DATA, "甲")
    with pytest.raises(OptionError, match="超过 1 MB"):
        uploads.receive("二.txt", b"a" * 2**20, "甲")
    second = uploads.receive("二.txt", DATA, "甲")
    with pytest.raises(OptionError, match="已有 2 份"):
        uploads.receive("三.txt", DATA, "甲")
    uploads.discard(second.id, "甲")
    uploads.receive("三.txt", DATA, "甲")
    assert len(uploads.all()) == 2


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [("a.txt", b"", "空的"), ("", b"x", "没有名称"), ("a.txt", b"x" * (20 * 2**20 + 1), "20 MB")],
)
def test_what_is_not_taken(uploads: Uploads, name: str, data: bytes, says: str) -> None:
    with pytest.raises(OptionError, match=says):
        uploads.receive(name, data, "甲")
    assert uploads.all() == []


def test_thrown_away_is_gone(uploads: Uploads, tmp_path: Path, audited: Audited) -> None:
    upload = uploads.receive("养蜂.txt", DATA, "甲").id
    wait_for(uploads, upload, State.READY)
    uploads.discard(upload, "乙")
    assert uploads.all() == []
    kept = [path.name for path in (tmp_path / "uploads").rglob("*")]
    assert kept == [".claimed"]
    assert audited.rows[-1] == ("乙", "放弃文件", "养蜂.txt")
    with pytest.raises(OptionError, match="没有这份"):
        uploads.preview(upload)


def test_removed_and_brought_back(uploads: Uploads, workspace: Workspace, audited: Audited) -> None:
    upload = published(uploads)
    before = workspace.folder.state().documents
    with pytest.raises(OptionError, match="不能放弃"):
        uploads.discard(upload, "甲")
    assert uploads.remove(f"《{TITLE}》", "乙").id == upload
    wait_for(uploads, upload, State.REMOVED)
    assert titles(workspace) == []
    with pytest.raises(OptionError, match="没有添加过"):
        uploads.remove(TITLE, "乙")
    uploads.undo_remove(upload, "丙")
    wait_for(uploads, upload, State.PUBLISHED)
    assert workspace.folder.state().documents == before
    assert [row[:2] for row in audited.rows[-2:]] == [("乙", "移除文件"), ("丙", "恢复文件")]


def test_what_a_command_added_is_removed_and_brought_back(
    uploads: Uploads, workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "养蜂.txt"
    path.write_bytes(DATA)
    add_documents(workspace, [path], Details(), lambda done, total: None)
    before = workspace.folder.state().documents
    upload = uploads.remove(TITLE, "甲").id
    wait_for(uploads, upload, State.REMOVED)
    assert titles(workspace) == []
    uploads.undo_remove(upload, "甲")
    wait_for(uploads, upload, State.PUBLISHED)
    assert workspace.folder.state().documents == before


def test_a_new_version_takes_the_old_ones_place(uploads: Uploads, workspace: Workspace) -> None:
    old = published(uploads)
    new = uploads.receive("新.txt", RULE.replace("一千米", "二千米").encode(), "甲").id
    wait_for(uploads, new, State.READY)
    assert "会换掉现有的" in uploads.preview(new).takes_place
    uploads.publish(new, Details(), "甲")
    wait_for(uploads, new, State.PUBLISHED)
    assert "新.txt" in wait_for(uploads, old, State.REMOVED).message
    assert titles(workspace) == [TITLE]
    uploads.undo_remove(old, "甲")
    assert "请先移除它" in wait_for(uploads, old, State.REMOVED).message
    uploads.remove(TITLE, "甲")
    wait_for(uploads, new, State.REMOVED)
    uploads.undo_remove(old, "甲")
    wait_for(uploads, old, State.PUBLISHED)
    (document,) = workspace.library.load(workspace.folder.state().documents)
    assert "一千米" in document.articles[1].text


def test_replaced_by_a_document_of_another_title(uploads: Uploads, workspace: Workspace) -> None:
    published(uploads)
    other = RULE.replace("养蜂管理", "蜂业促进").replace("2021年", "2024年")
    upload = published(uploads, "新.txt", other.encode(), replaces=f"《{TITLE}》")
    corpus = workspace.corpus()
    (old,) = corpus.versions(TITLE)
    assert corpus.status(old, date(2024, 5, 31)) is Status.IN_FORCE
    assert corpus.status(old, date(2024, 6, 1)) is Status.SUPERSEDED
    uploads.remove("己县蜂业促进办法", "甲")
    wait_for(uploads, upload, State.REMOVED)
    assert workspace.corpus().status(old, date(2024, 6, 1)) is Status.IN_FORCE


def test_what_had_begun_goes_on_after_a_stop(opens: Opens, workspace: Workspace) -> None:
    first = opens()
    kept = published(first, "一.txt", RULE.replace("养蜂", "养鱼").encode())
    ready = first.receive("二.txt", DATA, "甲").id
    wait_for(first, ready, State.READY)
    first.close()  # what is given to it from here on is written down and not begun
    first.publish(ready, Details(issuer="某局"), "甲")
    unread = first.receive("三.txt", RULE.replace("养蜂", "养猪").encode(), "甲").id
    first.remove("己县养鱼管理办法", "甲")
    assert titles(workspace) == ["己县养鱼管理办法"]
    second = opens()
    second.resume()
    wait_for(second, unread, State.READY)
    wait_for(second, ready, State.PUBLISHED)
    wait_for(second, kept, State.REMOVED)
    (document,) = workspace.library.load(workspace.folder.state().documents)
    assert (document.title, document.issuer) == (TITLE, "某局")


def test_done_but_not_told_is_done_once(opens: Opens, workspace: Workspace) -> None:
    """Killed between the switch of the index and the row that tells of it."""
    first = opens()
    upload = published(first)
    state = workspace.folder.state()
    first._table.try_move(upload, (State.PUBLISHED,), State.PUBLISHING)
    second = opens()
    second.resume()
    wait_for(second, upload, State.PUBLISHED)
    assert workspace.folder.state() == state
    second.remove(TITLE, "甲")
    wait_for(second, upload, State.REMOVED)
    first._table.try_move(upload, (State.REMOVED,), State.REMOVING)
    third = opens()
    third.resume()
    wait_for(third, upload, State.REMOVED)
    third.undo_remove(upload, "甲")
    wait_for(third, upload, State.PUBLISHED)
    assert titles(workspace) == [TITLE]


def test_a_job_that_kills_the_service_is_not_begun_for_ever(opens: Opens) -> None:
    first = opens()
    first.close()
    upload = first.receive("养蜂.txt", DATA, "甲").id
    for _ in range(3):
        first._table.begin(upload)
    second = opens()
    second.resume()
    assert "几次中断" in wait_for(second, upload, State.FAILED).message


def test_bytes_without_a_row_are_cleared_away(opens: Opens, tmp_path: Path) -> None:
    stray = tmp_path / "uploads" / "0123"
    stray.mkdir(parents=True)
    (stray / "original").write_bytes(b"half")
    # What is new may be what another server over this folder is about to tell of.
    opens().resume()
    assert stray.exists()
    two_hours_ago = time.time() - 7200
    os.utime(stray, (two_hours_ago, two_hours_ago))
    opens().resume()
    assert not stray.exists()


def test_the_bin_is_emptied_after_thirty_days(
    opens: Opens, workspace: Workspace, clock: Clock, tmp_path: Path
) -> None:
    first = opens()
    upload = published(first)
    first.remove(TITLE, "甲")
    wait_for(first, upload, State.REMOVED)
    clock.ahead = timedelta(days=29)
    opens().resume()
    assert (tmp_path / "uploads" / upload).is_dir()
    clock.ahead = timedelta(days=31)
    last = opens()
    last.resume()
    assert last.all() == []
    assert not (tmp_path / "uploads" / upload).exists()


def test_read_again_as_paragraphs(uploads: Uploads) -> None:
    upload = uploads.receive("养蜂.txt", DATA, "甲").id
    wait_for(uploads, upload, State.READY)
    assert uploads.preview(upload).articles == 4
    uploads.read_again(upload, replace(Details(), kind=Kind.DOCUMENT))
    wait_for(uploads, upload, State.READY)
    seen = uploads.preview(upload)
    assert (seen.kind, seen.articles) == (Kind.DOCUMENT, 0)
    assert seen.paragraphs > 4
