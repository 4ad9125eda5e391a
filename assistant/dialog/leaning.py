"""Whether a turn leans on an earlier one, and on which: told by its wording alone.

A turn that can stand alone is a new question, whatever was said before.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from assistant.deciding import reply
from assistant.question import load_ngrams, wording
from corpus.language import Cue, fold, load_cues, pairs
from index.types import Vector

#: What speaks for an earlier topic, in the order of its weights: how many topics lie between, what
#: share of the turn's words it has, and whether the turn says that it goes back.
TOPIC = ("lag", "last", "shared", "most_shared", "goes_back")
#: From this likelihood on a turn leans.
_LEANS = 0.5
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


def leans(turn: str) -> float:
    """How likely it is that a turn can't stand alone, 0 to 1."""
    return load_ngrams("assistant.dialog", "leaning.json").chance(fold(turn))


def topics_of(history: Sequence[str]) -> list[Topic]:
    """The topics of a conversation in their order; the first turn always opens one."""
    topics: list[Topic] = []
    for turn in history:
        text = fold(turn)
        if reply(turn):
            continue
        if not topics or leans(turn) < _LEANS:
            topics.append(Topic(text))
            continue
        at = choose_topic(text, topics)
        held = topics.pop(at)
        topics.append(Topic(held.opening, (*held.continued, text)[-_CONTINUED:]))
    return topics


def lean_on(turn: str, history: Sequence[str]) -> str:
    """What the turn leans on; empty where it stands alone."""
    topics = topics_of(history)
    if not topics or leans(turn) < _LEANS:
        return ""
    return topics[choose_topic(fold(turn), topics)].text


def choose_topic(text: str, topics: Sequence[Topic]) -> int:
    """The place of the topic that a leaning turn goes on with."""
    weights = _weights()
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
def _weights() -> Vector:
    text = (resources.files("assistant.dialog") / "topics.json").read_text("utf-8")
    fields = json.loads(text)
    return np.array([fields[name] for name in TOPIC], dtype=np.float32)
