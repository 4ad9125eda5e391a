"""The fitted models of a turn: whether it leans on the dialog before it, which article it asks for
in the light of that, and whether the corpus answers it (``eval.fit.dialogs``)."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from assistant.deciding import Confidence
from assistant.dialog.turns import CANDIDATE, SWAYS, TURN, Turn
from assistant.logistic import likelihood
from corpus.key import Key
from index.types import Vector

#: What tells that the corpus answers the turn.
ANSWER = (
    *("always", "alone", "together", "leans", "form_only", "length"),
    *("wording", "missing", "unknown", "nearest"),
    *("wording_together", "covers", "overlap", "marks", "policy"),
    *("refused", "refused_together", "covers_together", "short"),
    *("opens", "announces", "points", "alone_of_new", "together_of_leaning"),
)
#: From this probability on that the corpus answers a turn of a dialog, we answer: where the written
#: dialogs, fitted in ten folds, cost least, an answer that should not be given counting double.
_ANSWERS = 0.35


@dataclass(frozen=True, slots=True)
class DialogModel:
    """The fitted weights, by the names in ``TURN``, ``CANDIDATE`` and ``ANSWER``."""

    turn: Mapping[str, float]
    candidate: Mapping[str, float]
    answer: Mapping[str, float]

    def leans(self, turn: Turn) -> float:
        """How likely it is that the turn leans on the dialog before it."""
        weights = np.array([self.turn[name] for name in TURN])
        return likelihood(float(turn.features @ weights))

    def describe(self, turn: Turn) -> Vector:
        """What speaks for each of the turn's keys, shape (keys, ``CANDIDATE``)."""
        sways = dict(zip(TURN, turn.features, strict=True)) | {"leans": self.leans(turn)}
        swayed = [turn.searches * sways[name] for name in SWAYS]
        rows: Vector = np.hstack([*swayed, turn.candidates])
        return rows

    def chances(self, turn: Turn) -> Vector:
        """How likely it is of each key that the turn asks for it, shape (keys,)."""
        weights = np.array([self.candidate[name] for name in CANDIDATE], dtype=np.float32)
        logits = self.describe(turn) @ weights
        chances = np.exp(logits - logits.max())
        shares: Vector = chances / chances.sum()
        return shares

    def observe(self, turn: Turn) -> Vector | None:
        """What tells that the corpus answers, shape (``ANSWER``,); None where nothing does."""
        alone, together = turn.confidences
        if alone is None or together is None:
            return None
        leans = self.leans(turn)
        told = dict(zip(TURN, turn.features, strict=True)) | {
            "alone": _logit(alone.probability),
            "together": _logit(together.probability),
            "leans": leans,
            # What leans says little by itself, what is new little together with what was before.
            "alone_of_new": (1 - leans) * _logit(alone.probability),
            "together_of_leaning": leans * _logit(together.probability),
            **{name: alone.observed[name] for name in ("wording", "missing", "unknown", "nearest")},
            "wording_together": together.observed["wording"],
            "covers": alone.observed["coverage"],
            "covers_together": together.observed["coverage"],
            "refused": alone.observed["refused"],
            "refused_together": together.observed["refused"],
            "policy": float(bool(Key.parse(self._likeliest(turn)).part)),
        }
        if told["form_only"]:
            # What only asks for another form says nothing of what is asked about.
            told |= {"wording": 0.0, "unknown": 0.0, "alone": 0.0}
        observed: Vector = np.array([told[name] for name in ANSWER], dtype=np.float32)
        return observed

    def _likeliest(self, turn: Turn) -> str:
        return turn.keys[int(np.argmax(self.chances(turn)))]

    def judge(self, turn: Turn) -> Confidence | None:
        """How likely it is that the corpus answers the turn."""
        observed = self.observe(turn)
        if observed is None:
            return None
        logit = float(observed @ np.array([self.answer[name] for name in ANSWER]))
        return Confidence(likelihood(logit), _ANSWERS)


def _logit(probability: float) -> float:
    held = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(held / (1 - held))


@cache
def load_dialog_model() -> DialogModel:
    """The fitted models."""
    text = (resources.files("assistant.dialog") / "model.json").read_text("utf-8")
    return DialogModel(**json.loads(text))
