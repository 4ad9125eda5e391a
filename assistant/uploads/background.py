"""What is done about uploads in the background: files are read, documents put into use."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.apart import Child, Where
from assistant.documents import read_file
from assistant.uploads.files import UploadFiles
from assistant.uploads.table import Task, UploadTable, encode_details
from assistant.uploads.types import Job, State
from assistant.uploads.worker import Worker
from assistant.wiring import Workspace
from corpus.errors import EcoPolicyError, OptionError, UserError
from corpus.readers import Limits, StoppedError

#: What the publishing process works on.
BUSY = (State.PUBLISHING, State.REMOVING)
#: A job in which the service was killed so often is not begun again by itself.
_MOST_TRIES = 3
_END_S = 5.0
_PUBLISHING = "assistant.uploads.publishing"
#: Where an upload goes back to when its job came to nothing.
_BACK = {
    Job.PUBLISH: State.READY,
    Job.REMOVE: State.PUBLISHED,
    Job.RESTORE: State.REMOVED,
}
_LOG = logging.getLogger(__name__)


class Background:
    """Two threads: one reads files, one after the other, one puts documents into use and takes them
    out. Both only wait for processes, and write what became of it into the table."""

    def __init__(
        self,
        workspace: Workspace,
        table: UploadTable,
        files: UploadFiles,
        folder: Path,
        limits: Limits,
    ) -> None:
        self._workspace = workspace
        self._table = table
        self._files = files
        self._folder = folder
        self._limits = limits
        self._is_closing = False
        self._dropped: set[str] = set()
        self._publisher = Child(_PUBLISHING)
        self._reader = Worker("uploads-reading", self._alone("read", self._read))
        self._changer = Worker("uploads-publishing", self._alone("change", self._change))

    def give(self, name: str, state: State) -> None:
        """Do in turn what is to be done about an upload in this state; nothing in most."""
        if state is State.READING:
            self._reader.give(name)
        elif state in BUSY:
            self._changer.give(name)

    def drop(self, name: str) -> None:
        """Nobody wants this upload any more: stop reading it."""
        self._dropped.add(name)

    def close(self) -> None:
        """End what is being done, and begin nothing any more."""
        self._is_closing = True
        self._publisher.stop()
        self._reader.end(_END_S)
        self._changer.end(_END_S)

    def _alone(self, work: str, do: Callable[[str], None]) -> Callable[[str], None]:
        """Does it unless another server is at it."""

        def done(name: str) -> None:
            try:
                with self._files.claimed(name, work) as is_ours:
                    if is_ours:
                        do(name)
            except OSError:
                _LOG.exception("nobody can tell who works on upload %s", name)

        return done

    def _read(self, name: str) -> None:
        task = self._begin(name, State.READING)
        if task is None:
            return
        try:
            if task.tries > _MOST_TRIES:
                raise OptionError(f"读「{task.upload.name}」时服务几次中断，请换成 txt 文件再试。")
            reading = read_file(
                self._files.original(name),
                task.details,
                task.upload.name,
                self._limits,
                lambda: self._is_closing or name in self._dropped,
            )
            self._files.keep_reading(name, reading)
            title = reading.document.title
            self._finish(name, State.READING, State.READY, title=title, message="")
        except StoppedError:
            pass  # it is gone, or read after the next start
        except Exception as error:
            self._finish(name, State.READING, State.FAILED, message=_said_of(error))
        if name in self._dropped:
            self._files.remove(name)

    def _change(self, name: str) -> None:
        task = self._begin(name, *BUSY)
        if task is None:
            return
        state = task.upload.state
        try:
            if task.tries > _MOST_TRIES:
                raise OptionError("发布时服务几次中断，没有再试；请检查内存和磁盘后再点一次。")
            wanted = self._request(task)
            done = self._publisher.run(wanted, lambda d, t: self._table.progress(name, d, t))
        except Exception as error:
            if not self._is_closing:
                self._finish(name, state, _BACK[task.job], message=_said_of(error))
            return
        self._settle(task, done)

    def _request(self, task: Task) -> Mapping[str, Any]:
        """The job as the process is told of it: ``wanted`` is the id of the document that is to be
        removed."""
        return {
            "where": asdict(Where.of(self._workspace)),
            "job": task.job,
            "upload": task.upload.id,
            "name": task.upload.name,
            "wanted": task.upload.document,
            "details": encode_details(task.details),
            "folder": str(self._folder.resolve()),
        }

    def _settle(self, task: Task, done: Mapping[str, str]) -> None:
        """What was done is told in the table: of the upload, and of those whose place it took."""
        name, said = task.upload.id, done["said"]
        if task.job is Job.REMOVE:
            self._finish(name, State.REMOVING, State.REMOVED, message="")
            return
        title, document = done["title"], done["document"]
        self._finish(
            name, State.PUBLISHING, State.PUBLISHED, message=said, title=title, document=document
        )
        for other in self._table.in_state(State.PUBLISHED):
            if other.title == title and other.id != name:
                message = f"换成了新版本「{task.upload.name}」。"
                self._finish(other.id, State.PUBLISHED, State.REMOVED, message=message)

    def _begin(self, name: str, *states: State) -> Task | None:
        """What is to be done, unless it is no longer wanted."""
        try:
            task = None if self._is_closing else self._table.begin(name)
        except Exception:
            _LOG.exception("what is to be done about upload %s is not known", name)
            return None
        return task if task and task.upload.state in states else None

    def _finish(self, name: str, before: State, after: State, **fields: Any) -> None:
        try:
            self._table.try_move(name, (before,), after, **fields)
        except EcoPolicyError:
            _LOG.exception("the state of upload %s could not be kept", name)


def _said_of(error: Exception) -> str:
    """The sentence for staff; what nobody foresaw goes into the log."""
    if not isinstance(error, UserError):
        _LOG.error("work on an upload came to nothing", exc_info=error)
    if isinstance(error, EcoPolicyError):
        return str(error)
    return "出了没有料到的错，请看服务的日志后再试。"
