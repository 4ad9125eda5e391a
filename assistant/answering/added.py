"""Whether a text without lay wording answers what is asked: fitted by ``eval.fit.unprepared``."""

import json
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from assistant.answering.outside import wording_margin
from assistant.dialog import Resolved
from assistant.logistic import likelihood
from assistant.matters import Told
from index.search import HybridRetriever
from index.types import Vector

#: What tells it, in the order of the weights: whether the wording is that of what texts outside the
#: corpus decide, and how well the passage found first speaks of what is asked.
ADDED = ("always", "wording", "reading")
#: From this likelihood on it answers; chosen on the dev split of texts that nobody prepared.
_ANSWERS = 0.45


def is_unprepared(own: Resolved, retriever: HybridRetriever) -> bool:
    """Whether what was found first has no lay wording."""
    hits = own.found.hits
    return bool(hits) and not retriever.has_lay_wording(hits[0].passage.title)


def is_unanswered(told: Told, own: Resolved, retriever: HybridRetriever) -> bool:
    """Whether a text without lay wording was found first, and does not answer; with another
    embedder, and where no matters are beside it, nothing is known of that."""
    model = _load()
    is_known = model["embedder"] == retriever.embedder_name and retriever.matters is not None
    if not is_known or not is_unprepared(own, retriever):
        return False
    weights = np.array([model["weights"][name] for name in ADDED], dtype=np.float32)
    return likelihood(float(observe_added(told, own, retriever) @ weights)) < _ANSWERS


def observe_added(told: Told, own: Resolved, retriever: HybridRetriever) -> Vector:
    """What tells whether the passage found first answers, shape (``ADDED``,)."""
    first = own.found.hits[0]
    reading = retriever.likeness(own.understanding.search_text, first.passage)
    values = (1.0, wording_margin(told, retriever), reading)
    return np.array(values, dtype=np.float32)


@cache
def _load() -> dict[str, Any]:
    text = (resources.files("assistant.answering") / "added.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
