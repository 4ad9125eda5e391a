"""Whether what is asked is decided by a text outside the corpus: fitted by ``eval.fit.outside``."""

import json
from functools import cache
from importlib import resources

import numpy as np

from assistant.dialog import Resolved
from assistant.logistic import likelihood
from assistant.matters import Found, Told
from index.search import LIKENESS_STEP, HybridRetriever, Likeness, scaled
from index.types import Vector

#: What tells it, in the order of the weights: the wording, how near the question is to how people
#: ask for what a text outside decides (and by how much nearer than to anything else), what the
#: likeliest matter says of it, and how sure it is that a passage answers.
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
)
#: From this likelihood on the corpus does not decide it; chosen on the dev split.
_OUTSIDE = 0.5
_NONE = Likeness()


def is_outside(
    told: Told, matched: Found | None, own: Resolved, retriever: HybridRetriever
) -> bool:
    """Whether a text outside the corpus decides what is asked; never without matters, which know
    such texts."""
    if retriever.matters is None:
        return False
    logit = float(observe_outside(told, matched, own, retriever) @ _weights()[0])
    return likelihood(logit) >= _OUTSIDE


def vectors_of(told: Told, retriever: HybridRetriever) -> Vector:
    """The vectors of the ask and of all that was told, shape (2 × dimension,)."""
    assert retriever.matters is not None
    return np.concatenate([retriever.matters.vector(t) for t in (told.asked, told.whole)])


def wording_logit(told: Told, retriever: HybridRetriever) -> float:
    """The log-odds, by what is said alone, that a text outside decides it; 0 without matters."""
    if retriever.matters is None:
        return 0.0
    weights = _weights()[1]
    return float(vectors_of(told, retriever) @ weights[:-1] + weights[-1])


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
    is_said = [bool(matched and matched.matter.ask[i].statement) for i, _ in asks]
    chances = [chance for _, chance in asks]
    confidence = own.judgement.confidence
    return np.array(
        [
            1.0,
            wording_logit(told, retriever),
            scaled(known.meaning),
            known.covered * known.told,
            max(-1.0, (known.meaning - other.meaning) / LIKENESS_STEP),
            max((c for c, s in zip(chances, is_said, strict=True) if not s), default=0.0),
            max((c for c, s in zip(chances, is_said, strict=True) if s), default=0.0),
            matched.chance if matched else 0.0,
            confidence.probability if confidence else 0.5,
            float(own.judgement.missing is not None),
            own.found.hits[0].score if own.found.hits else 0.0,
        ],
        dtype=np.float32,
    )


@cache
def _weights() -> tuple[Vector, Vector]:
    """The weights of ``OUTSIDE``, and those of ``vectors_of`` with a constant behind them."""
    text = (resources.files("assistant.answering") / "outside.json").read_text("utf-8")
    fields = json.loads(text)
    names = [fields["weights"][name] for name in OUTSIDE]
    return np.array(names, dtype=np.float32), np.array(fields["wording"], dtype=np.float32)
