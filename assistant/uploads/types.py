"""What is known of an upload."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: Told of every change: by whom, what was done, to what, and details of it.
Audit = Callable[[str, str, str, Mapping[str, Any]], None]


class State(StrEnum):
    """Where an upload stands, in the words shown to staff."""

    READING = "读取中"
    READY = "待确认"
    FAILED = "读不了"
    PUBLISHING = "发布中"
    PUBLISHED = "已发布"
    REMOVING = "移除中"
    REMOVED = "已移除"


class Job(StrEnum):
    """What is being done about an upload in the background."""

    READ = "read"
    PUBLISH = "publish"
    REMOVE = "remove"
    #: A removed document is put into use again.
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded, or a document that was added otherwise and is removed.

    ``name`` is the file's, ``title`` the document's once it is known, ``document`` its id in the
    library once it is in use. ``message`` is what there is to say, mostly of what went wrong.
    ``at`` and ``updated`` are local times with their offset; ``size`` is in bytes; ``done`` of
    ``total`` is how far publishing has come, both 0 where that is not known.
    """

    id: str
    name: str
    state: State
    message: str
    by: str
    at: str
    updated: str
    size: int
    title: str = ""
    document: str = ""
    done: int = 0
    total: int = 0
