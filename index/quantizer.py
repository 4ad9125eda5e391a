"""Product quantization (Jégou, Douze and Schmid, 2011): a vector in so many bytes as it has parts.

Every part of a vector is told by the nearest of 256 that were learnt
(``eval.fit.encoder.codebook``).
"""

from pathlib import Path
from typing import Self

import numpy as np

from index.types import Codes, Vector

#: Vectors are encoded so many at a time: each is compared with every part learnt.
_AT_ONCE = 20_000


class Quantizer:
    """A codebook of shape (parts, 256, numbers of a part)."""

    def __init__(self, book: Vector) -> None:
        self._book = book
        self._squares = np.square(book).sum(-1)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The codebook in this file."""
        return cls(np.load(path).astype(np.float32))

    @property
    def parts(self) -> int:
        """How many bytes a vector takes."""
        return len(self._book)

    def encode(self, vectors: Vector) -> Codes:
        """Vectors of shape (n, dimension) → codes of shape (n, parts)."""
        codes = np.empty((len(vectors), self.parts), np.uint8)
        width = self._book.shape[-1]
        for start in range(0, len(vectors), _AT_ONCE):
            some = vectors[start : start + _AT_ONCE]
            for part, (learnt, squares) in enumerate(zip(self._book, self._squares, strict=True)):
                away = squares - 2 * some[:, part * width : (part + 1) * width] @ learnt.T
                codes[start : start + _AT_ONCE, part] = away.argmin(axis=1)
        return codes

    def decode(self, codes: Codes) -> Vector:
        """Codes of shape (n, parts) → vectors of unit length, shape (n, dimension)."""
        places = codes + np.arange(self.parts, dtype=np.intp) * self._book.shape[1]
        learnt = self._book.reshape(-1, self._book.shape[-1])
        found: Vector = np.take(learnt, places, axis=0).reshape(len(codes), -1)
        found /= np.linalg.norm(found, axis=1, keepdims=True)
        return found
