"""What a new index takes over from the one in use: only what is as it was written."""

import shutil
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from corpus.errors import IndexBrokenError
from index.bundled import TOKENS
from index.contents import CHROMA, STORES, read_manifest, read_stores
from index.integrity import SEALS, damaged
from index.search import Counts, TokenCodes, is_writable
from index.state import IndexFolder
from index.types import Codes, Vector

_UNREADABLE = (OSError, ValueError, KeyError, TypeError, IndexBrokenError)


class Previous:
    """The index in use. Of its files those that are damaged are not taken over: what they held is
    made anew."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._name = folder.state().index

    @cached_property
    def _damaged(self) -> frozenset[str]:
        return frozenset(damaged(self._folder.root / self._name))

    def _is_whole(self, *parts: str) -> bool:
        """Whether these files, or the files in these folders, are as they were written."""
        return SEALS not in self._damaged and not any(
            name == part or name.startswith(f"{part}/") for name in self._damaged for part in parts
        )

    @cached_property
    def _manifest(self) -> Mapping[str, Any]:
        try:
            is_whole = self._name and self._is_whole("manifest.json")
            return read_manifest(self._folder, self._name) if is_whole else {}
        except IndexBrokenError:
            return {}

    def vectors(self, embedder: str) -> dict[str, Vector]:
        """The vectors that this embedder made, by text id."""
        known: dict[str, Vector] = {}
        try:
            for file, held in self._manifest.get("matrices", {}).items():
                if held["embedder"] == embedder and self._is_whole(f"{file}.npy"):
                    vectors = np.load(self._folder.root / self._name / f"{file}.npy")
                    known |= dict(zip(held["ids"], vectors, strict=True))
        except _UNREADABLE:
            return {}
        return known

    def codes(self, encoder: str) -> dict[str, Codes]:
        """The codes of texts' pieces that this encoder made, by text id."""
        try:
            held = self._manifest.get(TOKENS, {})
            if held.get("embedder") != encoder or not self._is_whole(f"{TOKENS}.npy"):
                return {}
            path = self._folder.root / self._name / f"{TOKENS}.npy"
            codes = TokenCodes(held["ids"], held["counts"], np.load(path))
            return {i: codes.of(i) for i in held["ids"]}
        except _UNREADABLE:
            return {}

    def counts(self, name: str) -> Counts | None:
        """What one of its BM25 indexes was made of."""
        if not self._name or not self._is_whole(name):
            return None
        try:
            return Counts.load(self._folder.root / self._name / name)
        except _UNREADABLE:
            return None

    def copy_store(self, name: str) -> Mapping[str, Mapping[str, str]]:
        """Copy its vectors in Chroma to the index ``name``: field → id → mark of what is stored
        there; empty where they are on a server, or can't be taken over."""
        if not self._name or self._folder.chroma_server or not self._is_whole(CHROMA, STORES):
            return {}
        source = self._folder.root / self._name / CHROMA
        target = self._folder.root / name / CHROMA
        if not is_writable(source):
            return {}
        try:
            marks = read_stores(self._folder, self._name)
            shutil.copytree(source, target)
        except (OSError, shutil.Error, IndexBrokenError):
            shutil.rmtree(target, ignore_errors=True)
            return {}
        return marks
