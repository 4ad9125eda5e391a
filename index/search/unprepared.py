"""Texts without lay wording, compared with a question by the question encoder.

A document on the day it is added has nothing but its own words. The question encoder was trained
on what people say beside what the law says of it, and finds these better than the embedder does.
"""

from collections.abc import Callable, Collection, Sequence
from itertools import islice

import numpy as np

from index.search.vectors import Vectors
from index.types import Vector


class UnpreparedSearch:
    """Compares a question with the text of every passage without lay wording."""

    def __init__(
        self, ids: Sequence[str], vectors: Vectors, encode: Callable[[str], Vector]
    ) -> None:
        self._ids = tuple(ids)
        self._matrix = vectors.rows(self._ids)
        self._rows = {name: row for row, name in enumerate(self._ids)}
        self._encode = encode

    def by_meaning(
        self, question: str, depth: int, among: Collection[str]
    ) -> list[tuple[str, float]]:
        """The ids of the ``depth`` nearest of some passages and their cosine similarity, nearest
        first."""
        cosines = self._matrix @ self._encode(question)
        order = (i for i in np.argsort(-cosines, kind="stable") if self._ids[i] in among)
        return [(self._ids[i], float(cosines[i])) for i in islice(order, depth)]

    def likeness(self, question: str, passage_id: str) -> float:
        """The cosine similarity of a passage with a question."""
        return float(self._matrix[self._rows[passage_id]] @ self._encode(question))
