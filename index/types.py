"""What the parts of the index promise each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage

Vector = NDArray[np.float32]

#: Told how many of how many passages are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Preference:
    """Passages that a question is likelier to mean; what that counts goes by ``name``."""

    name: str
    picks: Callable[[Passage], bool]


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage and how probable it is that it is the one asked for."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found, best first, and how sure the search by meaning was.

    ``nearest`` is the cosine similarity of the nearest lay text (of the nearest passage where there
    is no lay wording), ``spread`` by how much the thirtieth falls behind it, ``vector`` the
    question's own.
    """

    hits: tuple[ScoredPassage, ...]
    nearest: float = 0.0
    spread: float = 0.0
    vector: Vector | None = field(default=None, compare=False)


class Embedder(Protocol):
    """Texts → unit vectors. ``name`` tells one model from another in the fingerprint."""

    name: str

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        """Vectors of shape (len(texts), dimension)."""

    def encode_query(self, text: str) -> Vector:
        """A vector of shape (dimension,)."""


class Retriever(Protocol):
    """A question → passages."""

    def retrieve(
        self, question: str, k: int, day: date, prefer: Sequence[Preference] = ()
    ) -> Retrieval:
        """At most ``k`` passages, of ``k`` different keys, from what is in force on ``day``."""


class Reranker(Protocol):
    """Reads question and passage together, and orders the hits anew.

    ``depth`` is how many hits it reads.
    """

    depth: int

    def rerank(self, question: str, hits: Sequence[ScoredPassage]) -> tuple[ScoredPassage, ...]:
        """All of ``hits``, best first; scores stay probabilities with the same sum."""
