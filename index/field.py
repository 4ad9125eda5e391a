"""One way of representing articles: some texts searched by words, and by meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.lexical import LexicalIndex
from index.store import VectorStore
from index.types import Vector


@dataclass(frozen=True, slots=True)
class Entries:
    """Texts with their ids and the targets that they stand for, all in one order."""

    ids: tuple[str, ...]
    targets: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchField:
    """An index by words and one by vectors over the same targets.

    ``lexical_targets`` has one target a text of the BM25 index; ``dense_targets`` gives the
    target of each vector's id.
    """

    lexical: LexicalIndex
    lexical_targets: Sequence[str]
    store: VectorStore
    dense_targets: Mapping[str, str]

    def by_words(self, question: str, depth: int) -> list[str]:
        """Targets that share words with the question, best first, each once."""
        scores = self.lexical.scores(question)
        order = np.argsort(-scores, kind="stable")[:depth]
        return list(dict.fromkeys(self.lexical_targets[i] for i in order if scores[i] > 0))

    def by_meaning(self, vector: Vector, depth: int) -> tuple[list[str], list[float]]:
        """Targets whose vectors are nearest, each once, and the similarity of every vector read."""
        found = self.store.search(vector, depth)
        targets = dict.fromkeys(self.dense_targets[i] for i, _ in found)
        return list(targets), [similarity for _, similarity in found]
