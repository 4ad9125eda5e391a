"""Uploads from the first byte to the bin."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from assistant.documents import Details, without_marks
from assistant.records import Database
from assistant.uploads.background import BUSY, Background
from assistant.uploads.files import UploadFiles
from assistant.uploads.preview import Preview, look_at
from assistant.uploads.table import WAITING, UploadTable, encode_details
from assistant.uploads.types import Audit, Job, State, Upload
from assistant.wiring import Workspace
from corpus.catalog import Corpus
from corpus.errors import EcoPolicyError, OptionError
from corpus.language import strip_control
from corpus.readers import MAX_BYTES, Limits

#: Uploads, and bytes of them, that may wait for somebody to decide.
MOST_WAITING = (50, 500 * 2**20)
#: So long a removed document can be brought back.
BIN_DAYS = 30
_MOST_NAME = 200


def _now() -> datetime:
    return datetime.now().astimezone()


def _untold(by: str, action: str, what: str, details: Mapping[str, Any]) -> None:
    """Nobody wants to know."""


class Uploads:
    """The uploads of one service; ``resume`` once it runs, ``close`` when it ends.

    ``folder`` keeps their bytes, ``audit`` is told of every change. ``corpus`` gives what is in use
    for previews, by default read from the workspace. Methods raise OptionError for what cannot be
    done now, RecordsError where nothing can be kept.
    """

    def __init__(
        self,
        workspace: Workspace,
        database: Database,
        folder: Path,
        audit: Audit = _untold,
        corpus: Callable[[], Corpus] | None = None,
        limits: Limits | None = None,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._workspace = workspace
        self._files = UploadFiles(folder)
        self._table = UploadTable(database, now)
        self._audit = audit
        self._corpus = corpus or workspace.corpus
        self._now = now
        self._background = Background(
            workspace, self._table, self._files, folder, limits or Limits(niceness=10)
        )

    def receive(self, name: str, data: bytes, by: str) -> Upload:
        """Keep a file and begin to read it in the background."""
        name = _plain_name(name)
        if not data:
            raise OptionError(f"文件「{name}」是空的，请换一个有内容的文件。")
        if len(data) > MAX_BYTES:
            raise OptionError(f"文件「{name}」超过 20 MB，请拆成小一些的文件。")
        time = self._now().isoformat(timespec="seconds")
        upload = Upload(
            secrets.token_hex(8), name, State.READING, "", by, time, time, size=len(data)
        )
        try:
            self._files.keep_original(upload.id, data)
            self._table.add(upload, Job.READ, MOST_WAITING)
        except EcoPolicyError:
            self._files.remove(upload.id)
            raise
        self._audit(by, "上传文件", name, {"id": upload.id, "size": len(data)})
        self._background.give(upload.id, State.READING)
        return upload

    def read_again(self, upload: str, details: Details) -> Upload:
        """Read a file anew as what ``details`` say that it is (its kind above all)."""
        fields = {"details": encode_details(details), "message": ""}
        moved = self._table.move(
            upload, (State.READY, State.FAILED), State.READING, Job.READ, **fields
        )
        self._background.give(upload, State.READING)
        return moved

    def all(self) -> list[Upload]:
        """All uploads and removed documents, the newest first."""
        return self._table.all()

    def get(self, upload: str) -> Upload:
        """One of them."""
        return self._table.get(upload)

    def original(self, upload: str) -> tuple[str, Path]:
        """The name of the file that was uploaded, and where its bytes are."""
        found, path = self._table.get(upload), self._files.original(upload)
        if not path.is_file():
            raise OptionError(f"「{found.name}」没有留下原件，请用移除前的原文件。")
        return found.name, path

    def preview(self, upload: str) -> Preview:
        """What was read of a file, and what looks wrong."""
        found = self._table.get(upload)
        if found.state is not State.READY:
            raise OptionError(f"「{found.name}」现在是“{found.state}”，没有可以预览的内容。")
        return look_at(self._files.reading(upload), self._corpus(), self._now().date())

    def publish(self, upload: str, details: Details, by: str) -> None:
        """Put a file into use in the background, with what ``details`` say of it. What goes wrong
        is the upload's message, and it is READY again."""
        details = replace(
            details,
            title=without_marks(details.title) if details.title else None,
            replaces=without_marks(details.replaces),
        )
        fields = {"details": encode_details(details), "message": ""}
        moved = self._table.move(upload, (State.READY,), State.PUBLISHING, Job.PUBLISH, **fields)
        told = {"id": upload, "title": details.title or moved.title, "replaces": details.replaces}
        self._audit(by, "发布文件", moved.name, told)
        self._background.give(upload, State.PUBLISHING)

    def discard(self, upload: str, by: str) -> None:
        """Throw a file away that was not published."""
        found = self._table.get(upload)
        if not self._table.delete(upload, WAITING):
            raise OptionError(f"「{found.name}」现在是“{found.state}”，不能放弃。")
        self._background.drop(upload)
        self._files.remove(upload)
        self._audit(by, "放弃文件", found.name, {"id": upload})

    def remove(self, title: str, by: str) -> Upload:
        """Take an added document out of use in the background; it is kept in the bin."""
        title = without_marks(title)
        names = self._workspace.folder.state().documents
        held = zip(names, self._workspace.library.load(names), strict=True)
        name = next((name for name, document in held if document.title == title), None)
        if name is None:
            raise OptionError(f"没有添加过《{title}》，请核对标题。")
        fields = {"title": title, "document": name, "message": ""}
        known = self._table.in_state(State.PUBLISHED, *BUSY)
        found = next((u for u in known if name == u.document), None)
        if found is None:
            time = self._now().isoformat(timespec="seconds")
            key = secrets.token_hex(8)
            found = Upload(key, title, State.PUBLISHED, "", by, time, time, 0, title, name)
            self._table.add(found, Job.PUBLISH)
        moved = self._table.move(found.id, (State.PUBLISHED,), State.REMOVING, Job.REMOVE, **fields)
        self._audit(by, "移除文件", title, {"id": found.id, "document": name})
        self._background.give(found.id, State.REMOVING)
        return moved

    def undo_remove(self, upload: str, by: str) -> None:
        """Put a removed document into use again, in the background."""
        found = self._table.get(upload)
        if found.state is State.REMOVED and not self._files.document(upload).is_file():
            raise OptionError(f"《{found.title}》在回收站里已经没有了，请重新上传。")
        self._table.move(upload, (State.REMOVED,), State.PUBLISHING, Job.RESTORE, message="")
        self._audit(by, "恢复文件", found.title or found.name, {"id": upload})
        self._background.give(upload, State.PUBLISHING)

    def resume(self) -> None:
        """Go on with what was begun when the service ended, and empty the bin of what is old."""
        for old in self._table.older(State.REMOVED, BIN_DAYS):
            if self._table.delete(old.id, (State.REMOVED,)):
                self._files.remove(old.id)
        uploads = self._table.all()
        self._files.remove_others({upload.id for upload in uploads})
        for upload in reversed(uploads):
            self._background.give(upload.id, upload.state)

    def close(self) -> None:
        """End the work in the background; ``resume`` goes on with it after the next start."""
        self._background.close()


def _plain_name(name: str) -> str:
    """The last part of a name as a browser sends it, of at most 200 characters."""
    path = PurePosixPath(strip_control(name).replace("\\", "/").strip())
    if not path.name:
        raise OptionError("上传的文件没有名称，请给它一个带扩展名的名称再上传。")
    return path.stem[: _MOST_NAME - len(path.suffix)] + path.suffix[:_MOST_NAME]
