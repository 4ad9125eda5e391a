"""What is in use: the index, and the added documents that it was made with."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexBrokenError

_STATE = "state.json"


@dataclass(frozen=True, slots=True)
class State:
    """The name of the index in use (empty before the first build) and the added documents."""

    index: str = ""
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexFolder:
    """Where indexes are kept."""

    root: Path
    chroma_server: str | None = None

    def state(self) -> State:
        """What is in use; IndexBrokenError where the file cannot be read."""
        try:
            fields = json.loads((self.root / _STATE).read_text("utf-8"))
            return State(fields["index"], tuple(fields["documents"]))
        except FileNotFoundError:
            return State()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexBrokenError(
                f"状态文件 {self.root / _STATE} 已损坏，请删除它后运行 ecopolicy index，"
                "再重新添加自己的文件。"
            ) from error


def switch(folder: IndexFolder, state: State) -> None:
    """Put another state into use, in one step."""
    new = folder.root / f"{_STATE}.{os.getpid()}.tmp"
    with new.open("w", encoding="utf-8") as file:
        json.dump({"index": state.index, "documents": state.documents}, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder.root / _STATE)
