"""Whether the passages found answer or a matter: fitted by ``eval.fit.choosing``."""

import json
import math
from collections.abc import Collection
from functools import cache
from importlib import resources

import numpy as np

from assistant.dialog import Resolved
from assistant.logistic import likelihood
from assistant.matters import Found, Told
from assistant.question import Aspect
from corpus.collections import AskKind
from corpus.types import Passage
from index.search import HybridRetriever
from index.types import Vector

#: What tells it, in the order of the weights: how sure the passage found first is and how far ahead
#: of the next, how sure the matter and its ask are, whether what was found carries the matter's
#: statements, how well the passage found first reads, and how much better the best of those that
#: carry the matter's statements, how likely it is that the corpus answers, how much was told, and
#: what is asked for.
CHOOSING = (
    "always",
    "score",
    "gap",
    "chance",
    "ask",
    "first",
    "reach",
    "reading",
    "carried_reading",
    "confidence",
    "whole_length",
    "ask_length",
    "penalty",
    "help",
)
#: From this likelihood on the matter answers better.
_BETTER = 0.4
#: Who asks for this is told whom to call.
CALLS = frozenset({AskKind.OFFICE, AskKind.REMEDY})
_LONG_WHOLE, _LONG_ASK = 200, 60
_LOOKED_AT = 5
_LEAST = 1e-3


def prefers_matter(observed: Vector) -> bool:
    """Whether the matter answers better than the passages, by what ``observe_choice`` gives."""
    logit = float(observed @ _weights())
    return likelihood(logit) >= _BETTER


def observe_choice(
    told: Told,
    matched: Found,
    own: Resolved,
    carried: Collection[Passage],
    kind: AskKind | None,
    retriever: HybridRetriever,
) -> Vector:
    """What tells which is better, shape (``CHOOSING``,).

    ``carried`` are the first passages of the articles that carry what the matter would say,
    ``kind`` is what kind of ask it most likely is.
    """
    keys = {passage.key for passage in carried}
    question = own.understanding.search_text
    first, of_matter = (
        max((retriever.likeness(question, passage) for passage in some), default=0.0)
        for some in ([hit.passage for hit in own.found.hits[:1]], carried)
    )
    hits = own.found.hits[:_LOOKED_AT]
    scores = [*(min(hit.score, 1.0) for hit in hits), 0.0, 0.0]
    confidence = own.judgement.confidence
    return np.array(
        [
            1.0,
            _log_odds(scores[0]),
            scores[0] - scores[1],
            _log_odds(matched.chance),
            _log_odds(matched.asks[0][1]),
            float(bool(hits) and hits[0].passage.key in keys),
            sum(min(hit.score, 1.0) for hit in hits if hit.passage.key in keys),
            first,
            of_matter - first,
            _log_odds(confidence.probability if confidence else 0.5),
            min(len(told.whole), _LONG_WHOLE) / _LONG_WHOLE,
            min(len(told.asked), _LONG_ASK) / _LONG_ASK,
            float(Aspect.PENALTY in own.understanding.aspects),
            float(kind in CALLS),
        ],
        dtype=np.float32,
    )


def _log_odds(chance: float) -> float:
    return math.log((chance + _LEAST) / (1 - chance + _LEAST))


@cache
def _weights() -> Vector:
    text = (resources.files("assistant.answering") / "choosing.json").read_text("utf-8")
    fields = json.loads(text)
    return np.array([fields[name] for name in CHOOSING], dtype=np.float32)
