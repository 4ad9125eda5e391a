"""Combining rankings: a linear model over what each ranking says of a candidate.

Each ranking gives a candidate three features (how near its score comes to the best one, how early
it stands, and how close to the very top), the lay texts near the question one more (how many of
them are the candidate's, and how near), each fact known about the question one. The weights are
fitted as a conditional logit over the candidates of a question (``eval.fit.fusion``), so the score
is the probability that a candidate is the one asked for.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from index.types import Vector

#: A ranking: keys with their scores, best first, each key once.
Ranking = Sequence[tuple[str, float]]

RANKINGS = ("text_words", "text_meaning", "lay_words", "lay_meaning")
_PER_RANKING = ("level", "early", "first")
FEATURES = (
    *(f"{ranking}_{feature}" for ranking in RANKINGS for feature in _PER_RANKING),
    "lay_meaning_votes",
)
_EARLY = 20
#: By how much of cosine similarity a candidate is told from the best one: they crowd together.
COSINE_STEP = 0.1
#: A text this much of cosine similarity behind the nearest one has 1/e of its vote.
_VOTE_STEP = 0.015
#: What a candidate without a vote counts as, in votes of the nearest text.
_NO_VOTE = 0.05


@dataclass(frozen=True, slots=True)
class Fusion:
    """Weights by feature, and by the name of a preference."""

    features: Mapping[str, float]
    preferences: Mapping[str, float]

    def combine(self, features: Vector, preferred: Mapping[str, Vector]) -> Vector:
        """Probabilities of shape (candidates,) from features of shape (candidates, 13).

        ``preferred`` says by the preference's name which candidates it picks, 1.0 or 0.0.
        """
        weights = np.array([self.features[name] for name in FEATURES], dtype=np.float32)
        logits = features @ weights
        for name, picked in preferred.items():
            logits = logits + self.preferences[name] * picked
        chances = np.exp(logits - logits.max())
        scores: Vector = chances / chances.sum()
        return scores


@cache
def load_fusion() -> Fusion:
    """The fitted weights."""
    text = (resources.files("index.search") / "fusion.json").read_text("utf-8")
    return Fusion(**json.loads(text))


def describe(ranking: Ranking, keys: Sequence[str], is_cosine: bool = False) -> Vector:
    """What one ranking says of each of ``keys``: level, early, first; shape (keys, 3).

    A key that the ranking lacks stands where its last one does, and behind all others.
    """
    best, last = (ranking[0][1], ranking[-1][1]) if ranking else (1.0, 0.0)
    places = {key: (rank, score) for rank, (key, score) in enumerate(ranking, 1)}
    missing = last if is_cosine else 0.0
    rows = []
    for key in keys:
        rank, score = places.get(key, (0, missing))
        level = (score - best) / COSINE_STEP if is_cosine else score / best
        rows.append((level, _EARLY / (_EARLY + rank), 1 / (1 + rank)) if rank else (level, 0, 0))
    return np.array(rows, dtype=np.float32).reshape(-1, len(_PER_RANKING))


def count_votes(near: Sequence[tuple[str, float]], keys: Sequence[str]) -> Vector:
    """The votes of near texts for each of ``keys``, as a logarithm; shape (keys, 1).

    ``near`` are keys with the cosine similarity of one of their texts, nearest first; a key comes
    as often as it has texts among them.
    """
    votes = dict.fromkeys(keys, _NO_VOTE)
    for key, similarity in near:
        if key in votes:
            votes[key] += math.exp((similarity - near[0][1]) / _VOTE_STEP)
    return np.log(np.array([[votes[key]] for key in keys], dtype=np.float32).reshape(-1, 1))
