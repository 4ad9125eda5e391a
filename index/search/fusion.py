"""Combining rankings: a linear model over what each ranking says of a candidate.

Each ranking gives a candidate three features (how near its score comes to the best one, how early
it stands, and how close to the very top), the lay texts near the question one more (how many of
them are the candidate's, and how near), each fact known about the question one. The weights are
fitted as a conditional logit over the candidates of a question (``eval.fit.fusion``), so the score
is the probability that a candidate is the one asked for.

What has no lay wording, as a document on the day it is added, is scored by its own text, with
weights of its own (``eval.fit.unprepared``), beside what the question's candidates are like.
"""

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from index.types import PartFit, Vector

#: A ranking: keys with their scores, best first, each key once.
Ranking = Sequence[tuple[str, float]]

RANKINGS = ("text_words", "text_meaning", "text_reading", "lay_words", "lay_meaning")
_PER_RANKING = ("level", "early", "first")
FEATURES = (
    *(f"{ranking}_{feature}" for ranking in RANKINGS for feature in _PER_RANKING),
    "lay_meaning_votes",
)
#: How many of the features are about the text itself.
_OF_TEXT = 3 * len(_PER_RANKING)
#: What is read of a candidate without lay wording. Of the question: how near (in cosine similarity)
#: lay wording comes and what matters tell, how well the best of these candidates and of the others
#: reads, how well the best of the others has the words, how the nearest lay wording stands out. Of
#: the candidate: what the rankings of its text say, and how it reads among its like.
UNPREPARED = (
    "always",
    "nearest_lay",
    "nearest_told",
    "reading_of_own",
    "reading_of_prepared",
    "words_of_prepared",
    "spread",
    *FEATURES[:_OF_TEXT],
    *(f"own_reading_{feature}" for feature in _PER_RANKING),
)
_EARLY = 20
#: How far the nearest stands out is told by this place.
_SPREAD_AT = 30
#: By how much of cosine similarity a candidate is told from the best one: they crowd together.
COSINE_STEP = 0.1
#: A text this much of cosine similarity behind the nearest one has 1/e of its vote.
_VOTE_STEP = 0.015
#: What a candidate without a vote counts as, in votes of the nearest text.
_NO_VOTE = 0.05


@dataclass(frozen=True, slots=True)
class Fusion:
    """Weights by feature, by the name of a preference, and of what has no lay wording."""

    features: Mapping[str, float]
    preferences: Mapping[str, float]
    unprepared: Mapping[str, float]

    def combine(
        self, features: Vector, unprepared: Vector, preferred: Mapping[str, Vector]
    ) -> Vector:
        """Probabilities of shape (candidates,) from features of shape (candidates, 16) and those of
        ``UNPREPARED`` in shape (candidates, 19); of each row one of both is zero throughout.

        ``preferred`` says by the preference's name which candidates it picks, 1.0 or 0.0.
        """
        weights = np.array([self.features[name] for name in FEATURES], dtype=np.float32)
        own = np.array([self.unprepared[name] for name in UNPREPARED], dtype=np.float32)
        logits = features @ weights + unprepared @ own
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


def spread_of(similarities: Sequence[float]) -> float:
    """How far the nearest of some similarities, nearest first, stands out."""
    if not similarities:
        return 0.0
    return similarities[0] - similarities[min(_SPREAD_AT, len(similarities) - 1)]


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a question comes: to lay wording (cosine similarities, nearest first), to what
    matters tell; how well the best passage without lay wording and the best of the others reads."""

    lay: Sequence[float]
    told: float
    own: float
    prepared: float


def describe_unprepared(
    is_bare: NDArray[np.bool_], of_text: Vector, of_own: Vector, near: Nearness
) -> Vector:
    """The rows of ``UNPREPARED``, shape (candidates, 19), zero where there is lay wording.

    ``of_text`` is what the rankings of the text say, ``of_own`` how passages without lay wording
    read among themselves.
    """
    lay = near.lay
    whole = (
        1.0,
        lay[0] if lay else 0.0,
        near.told,
        near.own,
        near.prepared,
        float(of_text[~is_bare, 0].max(initial=0.0)),
        spread_of(lay),
    )
    of_all = np.tile(np.array(whole, dtype=np.float32), (len(is_bare), 1))
    found: Vector = np.hstack([of_all, of_text, of_own]) * is_bare[:, None]
    return found


def fit_parts(
    words: Sequence[tuple[str, float]], meaning: Sequence[tuple[str, float]]
) -> dict[str, dict[str, PartFit]]:
    """How well parts fit, by key and part, from the rankings of lay targets."""
    by_words = {target: score / words[0][1] for target, score in words}
    by_meaning: dict[str, float] = {}
    for target, similarity in meaning:
        by_meaning.setdefault(target, 1 + (similarity - meaning[0][1]) / COSINE_STEP)
    parts: dict[str, dict[str, PartFit]] = defaultdict(dict)
    for target in by_words | by_meaning:
        key, _, part = target.partition("|")
        if part:
            fit = PartFit(by_words.get(target, 0.0), max(0.0, by_meaning.get(target, 0.0)))
            parts[key][part] = fit
    return dict(parts)
