"""Killed while a file is read, published or removed, or a matter saved: what was said to be done is
there after the next start, and what was begun is gone on with."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import wiring
from assistant.documents import Details, put_into_use, read_file
from assistant.matters import OwnMatters
from assistant.records import SqliteDatabase
from assistant.uploads import State, Uploads
from assistant.wiring import Workspace
from corpus.collections import Library
from index.embedders import SentenceEmbedder
from index.opening import open_index
from index.state import IndexFolder
from tests.assistant.uploads.conftest import RULE, wait_for

TITLE = "己县养蜂管理办法"
#: Of the process that is killed; ``confirmed`` is said when the caller has been told of success.
_HEAD = """
import sys, time
from datetime import date
from pathlib import Path
from assistant.documents import Details
from assistant.publishing import publish
from assistant.records import SqliteDatabase
from assistant.uploads import State, Uploads
from assistant.wiring import Workspace
from corpus.collections import Ask, AskKind, Library, Matter, Statement
from index.embedders import load_embedder
from index.state import IndexFolder

folder = Path(sys.argv[1])
index, library = IndexFolder(folder / "index"), Library(folder / "documents")
work = Workspace(index, library, load_embedder(is_lazy=True), ("weifang",))
uploads = Uploads(work, SqliteDatabase(folder / "records.sqlite3"), folder / "uploads")
"""
_END = "\nprint('confirmed', done, flush=True)\ntime.sleep(600)\n"
_READ = "done = uploads.receive('养蜂.txt', (folder / 'file').read_bytes(), '甲').id"
_PUBLISH = (
    _READ
    + """
while uploads.get(done).state is not State.READY:
    time.sleep(0.05)
uploads.publish(done, Details(), '甲')
"""
)
_REMOVE = f"done = uploads.remove({TITLE!r}, '甲').id"
_MATTER = f"""
print('begun', flush=True)
says = Statement('蜂场要离学校一千米以上。', ('{TITLE}#2',))
asks = Ask(AskKind.DUTY, ('蜂场要离学校多远', '养蜂离学校几米'), (says,))
told = ('想在学校边上养蜂', '学校旁边能不能放蜂箱', '蜂箱离学校太近')
matter = Matter(id='', name='蜂场离学校', who=('public',), tellings=told, ask=(asks,))
done = publish(work, matter, '甲', date(2026, 11, 23), lambda done, total: None).id
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def work(tmp_path: Path, embedder: SentenceEmbedder) -> Workspace:
    folder, library = IndexFolder(tmp_path / "index"), Library(tmp_path / "documents")
    made = Workspace(folder, library, embedder, ("weifang",))
    wiring.build_index(made, lambda done, total: None)
    (tmp_path / "file").write_text(RULE, "utf-8")
    return made


@pytest.fixture
def uploads(work: Workspace, tmp_path: Path) -> Iterator[Uploads]:
    """Those of the next start."""
    found = Uploads(work, SqliteDatabase(tmp_path / "records.sqlite3"), tmp_path / "uploads")
    yield found
    found.close()


def killed(folder: Path, does: str, waits_for: str, seconds: float) -> list[str]:
    """Begin, and kill so many seconds after a word was said; what was said until then."""
    code = _HEAD + does + _END
    command = [sys.executable, "-c", code, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as service:
        assert service.stdout
        first = service.stdout.readline().decode().strip()
        assert first.startswith(waits_for), first
        time.sleep(seconds)
        service.send_signal(signal.SIGKILL)
        return [first, *service.stdout.read().decode().split("\n")[:-1]]


def titles(work: Workspace) -> list[str]:
    open_index(work.folder, work.corpus(), work.embedder)  # whole, whatever became of the job
    return [d.title for d in work.library.load(work.folder.state().documents)]


@pytest.mark.parametrize("seconds", [0.0, 0.4])
def test_what_was_received_is_read_after_the_next_start(
    work: Workspace, uploads: Uploads, tmp_path: Path, seconds: float
) -> None:
    (said,) = killed(tmp_path, _READ, "confirmed", seconds)
    uploads.resume()
    upload = wait_for(uploads, said.split()[1], State.READY)
    assert upload.title == TITLE
    assert uploads.original(upload.id)[1].read_text("utf-8") == RULE


@pytest.mark.parametrize("seconds", [0.0, 1.5, 4.0, 8.0])
def test_what_was_to_be_published_is(
    work: Workspace, uploads: Uploads, tmp_path: Path, seconds: float
) -> None:
    (said,) = killed(tmp_path, _PUBLISH, "confirmed", seconds)
    assert titles(work) in ([], [TITLE])
    uploads.resume()
    wait_for(uploads, said.split()[1], State.PUBLISHED)
    assert titles(work) == [TITLE]


@pytest.mark.parametrize("seconds", [0.0, 1.5, 4.0, 8.0])
def test_what_was_to_be_removed_is_and_comes_back(
    work: Workspace, uploads: Uploads, tmp_path: Path, seconds: float
) -> None:
    read = read_file(tmp_path / "file", Details(), "养蜂.txt")
    put_into_use(work, [read.document], lambda done, total: None)
    (said,) = killed(tmp_path, _REMOVE, "confirmed", seconds)
    assert titles(work) in ([], [TITLE])
    uploads.resume()
    upload = wait_for(uploads, said.split()[1], State.REMOVED)
    assert titles(work) == []
    uploads.undo_remove(upload.id, "甲")
    wait_for(uploads, upload.id, State.PUBLISHED)
    assert titles(work) == [TITLE]
    assert work.library.load(work.folder.state().documents) == [read.document]


@pytest.mark.parametrize("seconds", [0.0, 0.7, 2.0, 12.0])
def test_a_matter_that_was_saved_is_there(
    work: Workspace, uploads: Uploads, tmp_path: Path, seconds: float
) -> None:
    read = read_file(tmp_path / "file", Details(), "养蜂.txt")
    put_into_use(work, [read.document], lambda done, total: None)
    said = killed(tmp_path, _MATTER, "begun", seconds)
    kept = [matter.id for matter in OwnMatters(tmp_path).all()]
    assert len(kept) <= 1
    if len(said) > 1:
        assert kept == [said[1].split()[1]]
    # Whatever was kept is answered from after the next start.
    wiring.build_index(work, lambda done, total: None)
    found = open_index(work.folder, work.corpus(), work.embedder)
    assert [m.id for m in found.corpus.matters if m.is_own] == kept
