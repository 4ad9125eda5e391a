"""Passages compared with a question piece by piece (late interaction; Khattab and Zaharia, 2020).

Every piece of the question is answered by the piece of the passage that is nearest to it; the mean
of these similarities tells how well the passage speaks of all that is asked. It needs nothing but
the passage's own words, so that a text holds on the day it is added.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.embedders import Read
from index.quantizer import Quantizer
from index.types import Codes, Vector


class TokenCodes:
    """The codes of texts' pieces by the texts' ids, ``codes`` of shape (pieces of all, parts);
    ``counts`` says how many pieces each has."""

    def __init__(self, ids: Sequence[str], counts: Sequence[int], codes: Codes) -> None:
        ends = np.concatenate([[0], np.cumsum(counts)]).tolist()
        self._places = dict(zip(ids, pairwise(ends), strict=True))
        self._codes = codes

    def of(self, name: str) -> Codes:
        """The codes of one text, shape (pieces, parts)."""
        start, end = self._places[name]
        return self._codes[start:end]


class LateInteraction:
    """Compares a question with passages: the nearest by their vectors, then piece by piece."""

    def __init__(
        self,
        ids: Sequence[str],
        vectors: Vector,
        codes: TokenCodes,
        quantizer: Quantizer,
        read: Callable[[str], Read],
    ) -> None:
        self._ids = tuple(ids)
        self._vectors = vectors
        self._codes = codes
        self._quantizer = quantizer
        self._read = read

    def nearest(
        self, question: str, depth: int, *groups: NDArray[np.bool_]
    ) -> list[tuple[str, float]]:
        """The ids of ``depth`` passages of each group (of those that are True, shape (passages,))
        whose vectors are nearest to the question's, and their cosine similarity, nearest first."""
        cosines = self._vectors @ self._read(question).vector
        rows = np.concatenate([_best(cosines, depth, group) for group in groups])
        order = rows[np.argsort(-cosines[rows], kind="stable")]
        return [(self._ids[row], float(cosines[row])) for row in order]

    def compare(self, question: str, names: Sequence[str]) -> list[tuple[str, float]]:
        """These passages and how well each speaks of what is asked (at most 1), best first."""
        scores = self._compare(self._read(question).tokens, names)
        return [(names[i], float(scores[i])) for i in np.argsort(-scores, kind="stable")]

    def likeness(self, question: str, name: str) -> float:
        """How well one passage speaks of what is asked."""
        return float(self._compare(self._read(question).tokens, [name])[0])

    def _compare(self, tokens: Vector, names: Sequence[str]) -> Vector:
        codes = [self._codes.of(name) for name in names]
        if not codes or not len(tokens):
            return np.zeros(len(names), np.float32)
        starts = np.cumsum([0, *map(len, codes[:-1])])
        similarities = self._quantizer.decode(np.concatenate(codes)) @ tokens.T
        found: Vector = np.maximum.reduceat(similarities, starts, axis=0).mean(axis=1)
        return found


def _best(scores: Vector, depth: int, among: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The rows of the ``depth`` highest scores among some, in any order."""
    rows = np.flatnonzero(among)
    if depth >= len(rows):
        return rows
    return rows[np.argpartition(-scores[rows], depth)[:depth]]
