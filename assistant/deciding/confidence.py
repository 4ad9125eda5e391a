"""How likely it is that the corpus answers a question, fitted by ``eval.fit.calibrate``.

Two steps, for questions that led to a statute and for those that led to the policy text. First,
two linear models tell questions that the corpus answers from questions that it does not: one by
the question's words, one by its vector (logistic regression on lay wording and written examples
against written counter-examples). Then a logistic model joins these with what retrieval saw, with
how near the question is to a counter-example, with how much of it the articles found speak of, how
well the one found first reads piece by piece, and with whether it asks for a kind of detail that
such texts do not give.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from assistant.deciding.missing import missing_from
from assistant.logistic import likelihood
from assistant.question import Understanding
from corpus.collection import Kind
from corpus.types import Passage
from index.bundled import load_vectors
from index.search import HybridRetriever, tokenize
from index.types import Retrieval, Vector

#: What the second model reads, in the order of its weights.
FEATURES = (
    "wording",
    "likeness",
    "missing",
    "nearest",
    "refused",
    "spread",
    "coverage",
    "unknown",
    "best",
    "reading",
)
#: In how many of the best hits the words of the question are looked for.
_COVERING = 5


@dataclass(frozen=True, slots=True)
class Decision:
    """The fitted models for one kind of text, and the probability from which on we answer.

    ``wording`` are weights by token, ``direction`` those of the question's vector, ``weights``
    those of ``FEATURES``; ``refused`` are the vectors of the counter-examples, shape (examples,
    dimension).
    """

    wording: Mapping[str, float]
    direction: Vector
    refused: Vector
    weights: Mapping[str, float]
    intercept: float
    threshold: float

    def probability(self, observed: Mapping[str, float]) -> float:
        """The probability that the corpus answers."""
        logit = self.intercept + sum(self.weights[name] * observed[name] for name in FEATURES)
        return likelihood(logit)


@dataclass(frozen=True, slots=True)
class Confidence:
    """The probability that the corpus answers, and from which one on we answer.

    ``observed`` is what it was told by, by the names in ``FEATURES``.
    """

    probability: float
    threshold: float
    observed: Mapping[str, float] = field(default_factory=dict)

    @property
    def suffices(self) -> bool:
        """Whether to answer."""
        return self.probability >= self.threshold


@dataclass(frozen=True, slots=True)
class Scope:
    """The fitted models; they hold for the embedder they were fitted with and for no other."""

    embedder: str
    law: Decision
    policy: Decision

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Scope":
        """Read what ``eval.fit.calibrate`` writes."""
        embedder = fields["embedder"]
        refused = load_vectors(refused_path(), embedder)
        law, policy = (_read(fields[kind], kind, refused) for kind in ("law", "policy"))
        return cls(embedder, law, policy)

    def decision(self, found: Retrieval) -> Decision:
        """The model for what was found; ``found`` has at least one hit."""
        return self.policy if found.hits[0].passage.kind is Kind.POLICY else self.law


def _read(fields: Mapping[str, Any], kind: str, refused: Mapping[str, Vector]) -> Decision:
    return Decision(
        **{
            **fields,
            "direction": np.array(fields["direction"], dtype=np.float32),
            "refused": np.stack([v for i, v in refused.items() if i.startswith((kind, "any"))]),
        }
    )


def refused_path() -> Path:
    """The vectors of the counter-examples; an id begins with what it is one for: law, policy or any
    of both."""
    return Path(str(resources.files("assistant.deciding") / "refused.npz"))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is decided of a question before anything is written.

    ``missing`` is the kind of detail that is asked for and not given by the text found first, None
    where there is none; ``confidence`` is None where nothing is known of how sure it is: of a
    user's own document, and with an embedder other than the one that the models were fitted with.
    """

    missing: str | None
    confidence: Confidence | None

    @property
    def suffices(self) -> bool:
        """Whether to answer; where nothing is known of it, what is asked for has to tell."""
        return self.missing is None if self.confidence is None else self.confidence.suffices


def judge(understanding: Understanding, found: Retrieval, retriever: HybridRetriever) -> Judgement:
    """What is missing of what is asked, and how likely it is that the corpus answers."""
    scope = load_scope()
    missing = missing_from(understanding, found, retriever.corpus)
    if not found.hits or scope.embedder != retriever.embedder_name:
        return Judgement(missing, None)
    if not retriever.has_lay_wording(found.hits[0].passage.title):
        return Judgement(missing, None)
    decision = scope.decision(found)
    observed = observe(decision, understanding, found, retriever, missing is not None)
    confidence = Confidence(decision.probability(observed), decision.threshold, observed)
    return Judgement(missing, confidence)


def observe(
    decision: Decision,
    understanding: Understanding,
    found: Retrieval,
    retriever: HybridRetriever,
    is_missing: bool,
) -> dict[str, float]:
    """What the second model reads of a question; ``is_missing`` as ``answerability`` tells."""
    vector = found.vector if found.vector is not None else np.zeros_like(decision.direction)
    is_policy = found.hits[0].passage.kind is Kind.POLICY
    # Where one lives says nothing of whether a law answers.
    text = understanding.text if is_policy else retriever.corpus.places.strip(understanding.text)
    return {
        "wording": sum(decision.wording.get(t, 0.0) for t in set(tokenize(text))),
        "likeness": float(decision.direction @ vector),
        "refused": float((decision.refused @ vector).max()),
        "missing": float(is_missing),
        **_observe_search(understanding, found, retriever),
    }


def _observe_search(
    understanding: Understanding, found: Retrieval, retriever: HybridRetriever
) -> dict[str, float]:
    """How near the search came, and how much of the question the articles found speak of."""
    weights = _weigh(understanding, retriever)
    total = sum(weights.values()) or 1.0
    return {
        "nearest": found.nearest,
        "spread": found.spread,
        "coverage": coverage(understanding, [h.passage for h in found.hits[:_COVERING]], retriever),
        "unknown": sum(
            weight
            for token, weight in weights.items()
            if len(token) > 1 and not retriever.weigh(token)
        )
        / total,
        "best": found.hits[0].score,
        "reading": retriever.likeness(understanding.search_text, found.hits[0].passage),
    }


def coverage(
    understanding: Understanding, passages: Sequence[Passage], retriever: HybridRetriever
) -> float:
    """How much of the question's own words the articles, or their lay wording, speak of."""
    weights = _weigh(understanding, retriever)
    spoken: set[str] = set()
    for passage in passages:
        for text in retriever.texts_about(passage):
            spoken |= _tokens(text)
    told = sum(weight for token, weight in weights.items() if token in spoken)
    return told / (sum(weights.values()) or 1.0)


def _weigh(understanding: Understanding, retriever: HybridRetriever) -> dict[str, float]:
    tokens = set(tokenize(understanding.own_content))
    return {token: retriever.weigh(token) or retriever.weight_of_unknown for token in tokens}


@lru_cache(maxsize=50_000)
def _tokens(text: str) -> frozenset[str]:
    return frozenset(tokenize(text))


@cache
def load_scope() -> Scope:
    """The fitted models."""
    text = (resources.files("assistant.deciding") / "scope.json").read_text("utf-8")
    return Scope.from_json(json.loads(text))
