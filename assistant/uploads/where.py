"""What the publishing process is told: where the workspace is, and what is to be done."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.uploads.types import Job
from assistant.wiring import Workspace
from corpus.collections import Library
from index.embedders import load_embedder
from index.state import IndexFolder
from index.types import BUNDLED_EMBEDDER


@dataclass(frozen=True, slots=True)
class Where:
    """A workspace in plain words, so that another process can open it."""

    index: str
    chroma_server: str | None
    documents: str
    embedder: str
    collections: tuple[str, ...]
    collections_dir: str | None

    @classmethod
    def of(cls, workspace: Workspace) -> "Where":
        """Tell of a workspace."""
        name = workspace.embedder.name
        folder = workspace.collections_dir
        return cls(
            index=str(workspace.folder.root.resolve()),
            chroma_server=workspace.folder.chroma_server,
            documents=str(workspace.library.folder.resolve()),
            embedder=BUNDLED_EMBEDDER if name.startswith(f"{BUNDLED_EMBEDDER}:") else name,
            collections=workspace.collections,
            collections_dir=str(folder.resolve()) if folder else None,
        )

    def open(self) -> Workspace:
        """The workspace; the embedder is loaded where lay wording is to be read, mostly not."""
        return Workspace(
            IndexFolder(Path(self.index), self.chroma_server),
            Library(Path(self.documents)),
            load_embedder(self.embedder, threads=1, is_lazy=True),
            tuple(self.collections),
            Path(self.collections_dir) if self.collections_dir else None,
        )


def request_of(
    where: Where, job: Job, upload: str, name: str, wanted: str, details: str, folder: Path
) -> dict[str, Any]:
    """A job as it is told: ``wanted`` is the id of the document that is to be removed, ``details``
    what ``encode_details`` makes of them, ``folder`` the one of uploads."""
    return {
        "where": asdict(where),
        "job": job,
        "upload": upload,
        "name": name,
        "wanted": wanted,
        "details": details,
        "folder": str(folder.resolve()),
    }
