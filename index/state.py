"""What is in use: the index, and the added documents that it was made with.

It is kept twice, each time with a checksum: where one is lost or damaged the other is taken.
"""

import json
import logging
import os
from dataclasses import dataclass
from pathlib import Path

import xxhash

from corpus.errors import IndexBrokenError

_STATE, _BACKUP = "state.json", "state.backup.json"
_log = logging.getLogger("ecopolicy.index")


@dataclass(frozen=True, slots=True)
class State:
    """The name of the index in use (empty before the first build) and the added documents."""

    index: str = ""
    documents: tuple[str, ...] = ()

    @property
    def checksum(self) -> str:
        """Tells a state that is as it was written."""
        return xxhash.xxh3_128_hexdigest("\0".join((self.index, *self.documents)).encode())


@dataclass(frozen=True, slots=True)
class IndexFolder:
    """Where indexes are kept."""

    root: Path
    chroma_server: str | None = None

    def state(self) -> State:
        """What is in use, mended where one of its two files is lost or damaged; IndexBrokenError
        where neither can be read."""
        state = _read(self.root / _STATE)
        if state is not None:
            return state
        state = _read(self.root / _BACKUP)
        if state is not None:
            _log.warning("状态文件 %s 已损坏或丢失，已用备份恢复。", self.root / _STATE)
            _write(self.root / _STATE, state)
            return state
        if self._is_new():
            return State()
        raise IndexBrokenError(
            f"状态文件 {self.root / _STATE} 和它的备份都已损坏，请移走文件夹 {self.root} 后"
            "运行 ecopolicy index，再重新添加自己的文件。"
        )

    def _is_new(self) -> bool:
        """Whether nothing was ever put into use: there is no state, and no index that was."""
        files = (_STATE, _BACKUP)
        return not any((self.root / name).exists() for name in files) and not any(
            self.root.glob("*/checksums.json")
        )


def switch(folder: IndexFolder, state: State) -> None:
    """Put another state into use, in one step."""
    _write(folder.root / _STATE, state)
    _write(folder.root / _BACKUP, state)


def _read(path: Path) -> State | None:
    """The state in a file; None where there is none as it was written."""
    try:
        fields = json.loads(path.read_text("utf-8"))
        state = State(fields["index"], tuple(fields["documents"]))
        # Before there were checksums there was nothing else in it.
        is_older = fields.keys() == {"index", "documents"}
        return state if is_older or fields["checksum"] == state.checksum else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(path: Path, state: State) -> None:
    new = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    fields = {"index": state.index, "documents": state.documents, "checksum": state.checksum}
    try:
        with new.open("w", encoding="utf-8") as file:
            json.dump(fields, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
