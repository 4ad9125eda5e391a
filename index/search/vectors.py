"""The vectors of an index by their ids, read from its file as they are needed."""

from collections.abc import Sequence

import numpy as np

from index.types import Vector


class Vectors:
    """Unit vectors; ``matrix`` may be mapped into memory and has one row an id."""

    def __init__(self, ids: Sequence[str], matrix: Vector) -> None:
        self._rows = {name: row for row, name in enumerate(ids)}
        self._matrix = matrix

    def similarities(self, vector: Vector, ids: Sequence[str]) -> Vector:
        """The cosine similarity of a unit vector with each of the named ones, shape (ids,)."""
        rows = [self._rows[name] for name in ids]
        found: Vector = np.asarray(self._matrix[rows], dtype=np.float32) @ vector
        return found
