"""Publishing in a process of its own, for real; and killed in between."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from assistant import wiring
from assistant.apart import Switcher
from assistant.documents import Details
from assistant.matters import OwnMatters, to_toml
from assistant.publishing import publish, withdraw
from assistant.records import SqliteDatabase
from assistant.uploads import State, Uploads
from assistant.wiring import Workspace
from corpus.catalog import Corpus
from corpus.collections import Ask, AskKind, Library, Matter, Statement
from corpus.errors import EcoPolicyError
from index.embedders import SentenceEmbedder
from index.opening import open_index
from index.state import IndexFolder
from tests.assistant.uploads.conftest import RULE, wait_for

DAY = date(2026, 11, 23)
_SERVICE = """
import sys, time
from pathlib import Path
from assistant.documents import Details
from assistant.records import SqliteDatabase
from assistant.uploads import State, Uploads
from assistant.wiring import Workspace
from corpus.collections import Library
from index.state import IndexFolder
from index.types import BUNDLED_EMBEDDER

class Named:
    name = BUNDLED_EMBEDDER + ":"

folder = Path(sys.argv[1])
index, library = IndexFolder(folder / "index"), Library(folder / "documents")
work = Workspace(index, library, Named(), ("weifang",))
uploads = Uploads(work, SqliteDatabase(folder / "records.sqlite3"), folder / "uploads")
upload = uploads.receive("养蜂.txt", Path(sys.argv[2]).read_bytes(), "甲").id
while uploads.get(upload).state is not State.READY:
    time.sleep(0.05)
uploads.publish(upload, Details(), "甲")
print(upload, flush=True)
time.sleep(600)
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def real(tmp_path: Path, embedder: SentenceEmbedder) -> Workspace:
    folder, library = IndexFolder(tmp_path / "index"), Library(tmp_path / "documents")
    work = Workspace(folder, library, embedder, ("weifang",))
    wiring.build_index(work, lambda done, total: None)
    return work


def changers() -> list[int]:
    """The publishing processes that are there."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if b"assistant.uploads.publishing" in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
    return found


def test_killed_while_publishing_it_is_published_after_the_next_start(
    real: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "文件"
    file.write_text(RULE, "utf-8")
    before, there = real.folder.state(), set(changers())
    service = subprocess.Popen(
        [sys.executable, "-c", _SERVICE, str(tmp_path), str(file)], stdout=subprocess.PIPE
    )
    assert service.stdout
    upload = service.stdout.readline().decode().strip()
    deadline = time.monotonic() + 60
    while not (mine := set(changers()) - there) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(service.pid, signal.SIGKILL)
    service.wait()
    service.stdout.close()
    while set(changers()) & mine and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not set(changers()) & mine
    open_index(real.folder, real.corpus(), real.embedder)  # whole, whatever became of the job

    uploads = Uploads(real, SqliteDatabase(tmp_path / "records.sqlite3"), tmp_path / "uploads")
    assert uploads.get(upload).state is State.PUBLISHING
    assert real.folder.state() == before
    uploads.resume()
    done = wait_for(uploads, upload, State.PUBLISHED)
    assert (done.document,) == real.folder.state().documents
    corpus = real.corpus()
    hits = open_index(real.folder, corpus, real.embedder).retrieve("蜂场离学校多远", 5, DAY).hits
    assert hits[0].passage.key == "己县养蜂管理办法#2"
    assert real.library.original(done.document) is not None
    uploads.close()


def test_what_the_process_refuses_is_the_message(real: Workspace, tmp_path: Path) -> None:
    uploads = Uploads(real, SqliteDatabase(tmp_path / "records.sqlite3"), tmp_path / "uploads")
    upload = uploads.receive("养蜂.txt", RULE.encode(), "甲").id
    wait_for(uploads, upload, State.READY)
    uploads.publish(upload, Details(replaces="没有的办法"), "甲")
    assert "没有添加过《没有的办法》" in wait_for(uploads, upload, State.READY).message
    uploads.close()


def test_the_index_for_a_matter_is_made_elsewhere(
    real: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(*args: object, **more: object) -> None:
        raise AssertionError("built in the process that answers")

    monkeypatch.setattr(wiring, "build", here)
    says = Statement("蜂箱的事要问村里。", ("policy:减污",))
    asks = Ask(AskKind.OFFICE, ("蜂箱的事问谁", "谁管蜂箱"), (says,))
    matter = Matter("bees", "蜂箱", ("public",), ("家里养蜂", "蜂箱摆哪", "想养蜂"), (asks,))
    monkeypatch.setattr(OwnMatters, "save", keep)
    before, switch = real.folder.state().index, Switcher()
    publish(real, matter, "甲", DAY, lambda done, total: None, switch)
    assert real.folder.state().index != before
    assert [m.id for m in real.corpus().matters if m.is_own] == ["bees"]
    open_index(real.folder, real.corpus(), real.embedder)
    switch.stop()
    with pytest.raises(EcoPolicyError, match="关闭"):
        withdraw(real, "bees", "甲", lambda done, total: None, switch)
    assert [m.id for m in real.corpus().matters if m.is_own] == ["bees"]
    open_index(real.folder, real.corpus(), real.embedder)


def keep(own: OwnMatters, matter: Matter, by: str, corpus: Corpus, day: date) -> Matter:
    """Kept as it is: what can be said is looked at elsewhere."""
    own.folder.mkdir(exist_ok=True)
    (own.folder / f"{matter.id}.toml").write_text(to_toml([matter]), "utf-8")
    return matter
