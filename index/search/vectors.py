"""The vectors of an index by their ids."""

from collections.abc import Sequence
from operator import eq

import numpy as np

from index.types import Vector


class Vectors:
    """Unit vectors; ``matrix`` has one row an id."""

    def __init__(self, ids: Sequence[str], matrix: Vector) -> None:
        self._rows = {name: row for row, name in enumerate(ids)}
        self._matrix = matrix

    def rows(self, ids: Sequence[str]) -> Vector:
        """The vectors with these ids, shape (ids, dimension); not to be changed."""
        if len(ids) == len(self._rows) and all(map(eq, ids, self._rows)):
            return self._matrix  # all in order: no copy
        found: Vector = np.asarray(self._matrix[[self._rows[i] for i in ids]], dtype=np.float32)
        return found

    def similarities(self, vector: Vector, ids: Sequence[str]) -> Vector:
        """The cosine similarity of a unit vector with each of the named ones, shape (ids,)."""
        found: Vector = self.rows(ids) @ vector
        return found
