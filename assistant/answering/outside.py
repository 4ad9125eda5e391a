"""Whether what is asked is decided by a text outside the corpus: fitted by ``eval.fit.outside``."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from assistant.answering.choosing import CALLS
from assistant.dialog import Resolved
from assistant.logistic import likelihood
from assistant.matters import Found, Told, is_unsaid, kind_of
from index.search import LIKENESS_STEP, HybridRetriever, Likeness, scaled
from index.types import Vector

#: What tells it, in the order of the weights: the wording, how near the question is to how people
#: ask for what a text outside decides (and by how much nearer than to anything else), what the
#: likeliest matter says of it, how sure it is that a passage answers, and whether it is asked whom
#: to turn to or what to do.
OUTSIDE = (
    "always",
    "wording",
    "known",
    "known_words",
    "known_lead",
    "unsaid",
    "said",
    "chance",
    "confidence",
    "missing",
    "score",
    "calls",
)
_NONE = Likeness()
_MOST = 127


def outside_chance(
    told: Told, matched: Found | None, own: Resolved, retriever: HybridRetriever
) -> float:
    """How likely it is that a text outside the corpus decides what is asked; 0 without matters,
    which know such texts."""
    if retriever.matters is None:
        return 0.0
    return likelihood(float(observe_outside(told, matched, own, retriever) @ _weights()))


@dataclass(frozen=True, slots=True)
class Wording:
    """A support vector machine with a Gaussian kernel over what was asked and told.

    ``supports`` has the vectors that it rests on, shape (supports, 2 × dimension), ``weights``
    what each of them weighs.
    """

    supports: Vector
    weights: Vector
    constant: float
    gamma: float

    def margin(self, vectors: Vector) -> float:
        """How far on the side of what texts outside decide; 0 on the border."""
        distances = ((self.supports - vectors) ** 2).sum(axis=1)
        return float(self.weights @ np.exp(-self.gamma * distances)) + self.constant

    def save(self, path: Path) -> None:
        """Write it, each number of a vector as a byte of the vector's range."""
        ranges = np.abs(self.supports).max(axis=1, keepdims=True)
        np.savez_compressed(
            path,
            supports=np.rint(self.supports / ranges * _MOST).astype(np.int8),
            ranges=ranges.astype(np.float32),
            weights=self.weights.astype(np.float32),
            constant=np.float32(self.constant),
            gamma=np.float32(self.gamma),
        )

    @classmethod
    def load(cls, path: Path) -> "Wording":
        """Read what ``save`` wrote."""
        with np.load(path) as data:
            supports = data["supports"].astype(np.float32) * (data["ranges"] / _MOST)
            return cls(supports, data["weights"], float(data["constant"]), float(data["gamma"]))


def wording_path() -> Path:
    """Where the fitted ``Wording`` is."""
    return Path(str(resources.files("assistant.answering") / "outside.npz"))


def vectors_of(told: Told, retriever: HybridRetriever) -> Vector:
    """The vectors of the ask and of all that was told, shape (2 × dimension,)."""
    assert retriever.matters is not None
    return np.concatenate([retriever.matters.vector(t) for t in (told.asked, told.whole)])


def wording_margin(told: Told, retriever: HybridRetriever) -> float:
    """How much the wording is that of what texts outside decide; 0 without matters."""
    if retriever.matters is None:
        return 0.0
    return _wording().margin(vectors_of(told, retriever))


def observe_outside(
    told: Told, matched: Found | None, own: Resolved, retriever: HybridRetriever
) -> Vector:
    """What tells whether a text outside the corpus decides it, shape (``OUTSIDE``,)."""
    known, other = _NONE, _NONE
    if retriever.matters:
        near = retriever.matters.near(told.asked)
        for target, likeness in near.items():
            if target.startswith("《"):
                known = max(known, likeness, key=lambda found: found.meaning)
            else:
                other = max(other, likeness, key=lambda found: found.meaning)
    asks = matched.asks if matched else ()
    corpus = retriever.corpus
    is_said = [bool(matched and not is_unsaid(matched.matter.ask[i], corpus)) for i, _ in asks]
    chances = [chance for _, chance in asks]
    confidence = own.judgement.confidence
    return np.array(
        [
            1.0,
            wording_margin(told, retriever),
            scaled(known.meaning),
            known.covered * known.told,
            max(-1.0, (known.meaning - other.meaning) / LIKENESS_STEP),
            max((c for c, s in zip(chances, is_said, strict=True) if not s), default=0.0),
            max((c for c, s in zip(chances, is_said, strict=True) if s), default=0.0),
            matched.chance if matched else 0.0,
            confidence.probability if confidence else 0.5,
            float(own.judgement.missing is not None),
            own.found.hits[0].score if own.found.hits else 0.0,
            float(kind_of(told.asked, retriever) in CALLS),
        ],
        dtype=np.float32,
    )


@cache
def _weights() -> Vector:
    text = (resources.files("assistant.answering") / "outside.json").read_text("utf-8")
    fields = json.loads(text)
    return np.array([fields[name] for name in OUTSIDE], dtype=np.float32)


@cache
def _wording() -> Wording:
    return Wording.load(wording_path())
