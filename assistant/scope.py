"""How likely it is that the corpus answers a question, fitted by ``eval.calibrate``.

Two steps. A direction in the space of the question's vector tells questions that the corpus
answers from questions that it does not (logistic regression on the lay wording against written
counter-examples). A second logistic model joins that with what retrieval saw; there is one for
questions that led to a statute and one for those that led to the policy text.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from corpus.types import Kind
from index.types import Retrieval, Vector


@dataclass(frozen=True, slots=True)
class Decision:
    """Weights of the second model and the probability from which on we answer."""

    intercept: float
    likeness: float
    nearest: float
    spread: float
    threshold: float


@dataclass(frozen=True, slots=True)
class Scope:
    """The fitted model; it holds for the embedder it was fitted with and for no other."""

    embedder: str
    direction: Vector
    law: Decision
    policy: Decision

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Scope":
        """Read what ``eval.calibrate`` writes."""
        return cls(
            fields["embedder"],
            np.array(fields["direction"], dtype=np.float32),
            Decision(**fields["law"]),
            Decision(**fields["policy"]),
        )

    def likeness(self, vector: Vector) -> float:
        """How much a question is like those that the corpus answers; 0 is as much as not."""
        return float(self.direction @ vector)

    def decision(self, found: Retrieval) -> Decision:
        """The model for what was found."""
        return self.policy if found.hits[0].passage.kind is Kind.POLICY else self.law

    def probability(self, found: Retrieval) -> float:
        """How likely it is that the corpus answers; ``found`` has at least one hit."""
        decision = self.decision(found)
        vector = found.vector if found.vector is not None else np.zeros_like(self.direction)
        logit = (
            decision.intercept
            + decision.likeness * self.likeness(vector)
            + decision.nearest * found.nearest
            + decision.spread * found.spread
        )
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, logit))))


@cache
def load_scope() -> Scope:
    """The fitted model."""
    text = (resources.files("assistant") / "data" / "scope.json").read_text("utf-8")
    return Scope.from_json(json.loads(text))
