"""Whether a turn leans on an earlier one, and on which.

That is told by its wording, and by how near it is to what was said before. A turn that can stand
alone is a new question, whatever was said before.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from assistant.deciding import opens_no_topic, reply
from assistant.logistic import likelihood
from assistant.question import QUOTED, count_han, count_said, load_ngrams, wording
from corpus.language import Cue, count_words, fold, load_cues, pairs
from index.search import HybridRetriever
from index.types import Vector

#: What speaks for an earlier topic, in the order of its weights: how many topics lie between, what
#: share of the turn's words it has, and whether the turn says that it goes back.
TOPIC = ("lag", "last", "shared", "most_shared", "goes_back")
#: What tells that a turn leans, in the order of its weights.
LEANING = ("always", "wording", "near_before", "told", "length", "own", "only_asks")
#: From this likelihood on a turn leans: an answer about what was asked before does more harm than
#: one without it.
_LEANS = 0.58
_LONG = 30
#: With fewer words besides those that only ask, a turn says nothing of its own.
_OWN = 2
_MUCH_OWN = 12
#: Of what a topic was continued with, so many turns are kept with it.
_CONTINUED = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """A turn that opened a topic, with the last turns that went on with it; folded."""

    opening: str
    continued: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All that was said of it."""
        return " ".join((self.opening, *self.continued))


def leans(turn: str, before: str, retriever: HybridRetriever) -> float:
    """How likely it is that a turn can't stand alone after the turn ``before``, 0 to 1."""
    logit = float(describe_turn(turn, before, retriever) @ _weights("leans.json", LEANING))
    return likelihood(logit)


def describe_turn(turn: str, before: str, retriever: HybridRetriever) -> Vector:
    """What tells whether a turn leans, shape (``LEANING``,)."""
    text = fold(turn)
    vector = retriever.vector(text)
    own = count_said(text)
    told = 0.0
    if retriever.matters:
        near = retriever.matters.near(text).values()
        told = max(likeness.covered * likeness.told for likeness in near)
    return np.array(
        [
            1.0,
            load_ngrams("assistant.dialog", "leaning.json").logit(text),
            float(retriever.vector(fold(before)) @ vector),
            told,
            min(count_words(text), _LONG) / _LONG,
            min(own, _MUCH_OWN) / _MUCH_OWN,
            float(own < _OWN),
        ],
        dtype=np.float32,
    )


def topics_of(history: Sequence[str], retriever: HybridRetriever) -> list[Topic]:
    """The topics of a conversation in their order; the first turn always opens one."""
    topics: list[Topic] = []
    before = ""
    for turn in history:
        if not _says_anything(turn):
            continue
        text = fold(turn)
        if not topics or leans(turn, before, retriever) < _LEANS:
            topics.append(Topic(text))
        else:
            held = topics.pop(choose_topic(text, topics))
            topics.append(Topic(held.opening, (*held.continued, text)[-_CONTINUED:]))
        before = turn
    return topics


def lean_on(turn: str, history: Sequence[str], retriever: HybridRetriever) -> str:
    """What the turn leans on; empty where it stands alone."""
    said = [before for before in history if _says_anything(before)]
    if not said or leans(turn, said[-1], retriever) < _LEANS:
        return ""
    topics = topics_of(said, retriever)
    return topics[choose_topic(fold(turn), topics)].text


def _says_anything(turn: str) -> bool:
    """Whether a turn can be a topic: no thanks, nothing that no text could answer (an order to the
    machine, tomorrow's weather), not only a quotation."""
    is_said = count_han(QUOTED.sub("", turn)) > 0
    return is_said and not reply(turn) and not opens_no_topic(turn)


def choose_topic(text: str, topics: Sequence[Topic]) -> int:
    """The place of the topic that a leaning turn goes on with."""
    weights = _weights("topics.json", TOPIC)
    return int(np.argmax([row @ weights for row in describe_topics(text, topics)]))


def describe_topics(text: str, topics: Sequence[Topic]) -> Vector:
    """What speaks for each topic, shape (topics, ``TOPIC``)."""
    own = pairs(wording("asking").taken_out(text, " "))
    shared = [len(own & pairs(topic.text)) / (len(own) or 1) for topic in topics]
    most = max(shared)
    goes_back = float(_cue("goes_back").found_in(text))
    count = len(topics)
    rows = [
        [
            min(count - 1 - i, 6) / 6,
            float(i == count - 1),
            share,
            float(share == most > 0),
            goes_back * float(i < count - 1),
        ]
        for i, share in enumerate(shared)
    ]
    return np.array(rows, dtype=np.float32)


def _cue(name: str) -> Cue:
    return load_cues("assistant.dialog", "turns.toml")[name]


@cache
def _weights(file: str, names: tuple[str, ...]) -> Vector:
    fields = json.loads((resources.files("assistant.dialog") / file).read_text("utf-8"))
    return np.array([fields[name] for name in names], dtype=np.float32)
