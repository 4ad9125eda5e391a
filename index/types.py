"""What the parts of the index promise each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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


#: The chance of what the other search did not find, where two are blended.
_UNSEEN = 0.02


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
    is no lay wording), ``spread`` by how much the thirtieth falls behind it, ``vector`` the
    question's own.
    """

    hits: tuple[ScoredPassage, ...]
    nearest: float = 0.0
    spread: float = 0.0
    vector: Vector | None = field(default=None, compare=False)
    parts: Mapping[str, Mapping[str, PartFit]] = field(default_factory=dict, compare=False)


def blend(found: Retrieval, other: Retrieval, k: int) -> Retrieval:
    """The hits of ``found`` that ``other`` finds as well come forward; at most ``k`` remain.

    Chances are those of ``found`` times the square root of the other's, scaled to the same sum.
    """
    also = {hit.passage.key: hit.score for hit in other.hits}
    chances = [hit.score * (also.get(hit.passage.key, 0.0) + _UNSEEN) ** 0.5 for hit in found.hits]
    scale = sum(hit.score for hit in found.hits) / (sum(chances) or 1.0)
    hits = [
        ScoredPassage(hit.passage, chance * scale)
        for hit, chance in zip(found.hits, chances, strict=True)
    ]
    hits.sort(key=lambda hit: -hit.score)
    return replace(found, hits=tuple(hits[:k]))


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
