"""A workspace as another process is told of it."""

from dataclasses import dataclass
from pathlib import Path

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
