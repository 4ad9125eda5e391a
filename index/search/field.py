"""One way of representing articles: some texts searched by words, and by meaning."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.search.lexical import LexicalIndex
from index.search.store import VectorStore
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

    def by_words(self, question: str, depth: int) -> list[tuple[str, float]]:
        """Targets that share words with the question and their BM25 scores, best first."""
        scores = self.lexical.scores(question)
        order = _best(scores, depth)
        return _once((self.lexical_targets[i], float(scores[i])) for i in order if scores[i] > 0)

    def by_meaning(self, vector: Vector, depth: int) -> list[tuple[str, float]]:
        """The targets of the ``depth`` nearest texts and their cosine similarity, nearest first.

        A target comes as often as it has texts among them.
        """
        found = self.store.search(vector, depth)
        return [(self.dense_targets[i], similarity) for i, similarity in found]


def _best(scores: Vector, depth: int) -> NDArray[np.intp]:
    """The places of the ``depth`` highest scores, best first; of equals the earlier one."""
    if depth >= len(scores):
        return np.argsort(-scores, kind="stable")
    least = np.partition(scores, len(scores) - depth)[len(scores) - depth]
    places = np.flatnonzero(scores >= least)
    return places[np.argsort(-scores[places], kind="stable")][:depth]


def _once(found: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    """Each target with its first score."""
    best: dict[str, float] = {}
    for target, score in found:
        best.setdefault(target, score)
    return list(best.items())
