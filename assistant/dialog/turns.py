"""A turn of a dialog, searched for in three ways, and what is observed of it.

A turn is searched for by itself, together with what was talked about before, and that alone.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.deciding import Confidence, coverage, judge
from assistant.finding import find, sets_consequence
from assistant.question import Aspect, Understanding, understand, wording
from assistant.types import Query
from corpus.key import Key
from corpus.language import Cue, count_words, load_cues
from index.search import HybridRetriever
from index.types import Retrieval, Vector

#: What tells that a turn leans on the dialog, in the order of the weights.
TURN = (
    "always",
    "opens",
    "marks",
    "announces",
    "points",
    "length",
    "short",
    "form_only",
    "answerable",
    "sure",
    "overlap",
)
#: What each search says of an article, and of what it counts more or less.
SEARCHES = ("together", "alone", "earlier")
SWAYS = ("always", "short", "form_only", "length", "answerable", "leans")
#: What speaks for an article that a leaning turn may ask for.
CANDIDATE = (
    *(f"{search}_{sway}" for sway in SWAYS for search in SEARCHES),
    "stays",
    "stays_person",
    "stays_worse",
    "linked",
    "linked_penalty",
    "linked_told",
    "same_title",
    "liability",
    "liability_told",
    "covers",
)
#: So many articles of each search are looked at.
_DEPTH = 30
#: The chance of an article that a search did not find.
_UNSEEN = 1e-3
_LONG = 20
#: With fewer characters of its own a turn says hardly anything.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn with the dialog before it, searched for in three ways.

    ``topic`` is what was talked about before, ``confidences`` are those of the turn by itself and
    of both together, None where nothing is known of that; ``features`` are those of ``TURN``;
    ``keys`` the articles found in any way, ``searches`` the log-probability that each search gives
    them, shape (keys, 3), ``candidates`` what else speaks for each.
    """

    topic: str
    alone: Understanding
    leaning: Understanding
    found: Mapping[str, Retrieval]
    confidences: tuple[Confidence | None, Confidence | None]
    features: Vector
    keys: tuple[str, ...]
    searches: Vector
    candidates: Vector

    @property
    def names_its_source(self) -> bool:
        """Whether what is named tells where the answer stands."""
        return bool(self.alone.references) or any(r.key for r in self.leaning.references)


def search_turn(
    query: Query, alone: Understanding, topic: str, retriever: HybridRetriever
) -> Turn | None:
    """The query's turn after ``topic``; None where nothing is in force to be found.

    ``alone`` is the turn understood by itself. One without words of its own (「如果情节严重呢」)
    has nothing to search for but the topic.
    """
    corpus, day = retriever.corpus, query.as_of
    leaning = understand(query, corpus, topic)
    before = understand(replace(query, question=topic, history=()), corpus)
    found = dict.fromkeys(SEARCHES, find(retriever, before, _DEPTH, day))
    if alone.own_words:
        found |= {
            "together": find(retriever, leaning, _DEPTH, day),
            "alone": find(retriever, alone, _DEPTH, day),
        }
    confidences = (
        judge(alone, found["alone"], retriever).confidence,
        judge(leaning, found["together"], retriever).confidence,
    )
    chances = {search: _chances(retrieval) for search, retrieval in found.items()}
    features = _describe(alone, confidences[0].probability if confidences[0] else 0.5, chances)
    keys = tuple(dict.fromkeys(key for by_key in chances.values() for key in by_key))
    if not keys:
        return None
    searches = [
        [math.log(chances[search].get(key, 0.0) + _UNSEEN) for search in SEARCHES] for key in keys
    ]
    return Turn(
        topic,
        alone,
        leaning,
        found,
        confidences,
        np.array([features[name] for name in TURN], dtype=np.float32),
        keys,
        np.array(searches, dtype=np.float32).reshape(len(keys), -1),
        _describe_candidates(keys, chances, alone, found, retriever),
    )


def _cue(name: str) -> Cue:
    return load_cues("assistant.dialog", "turns.toml")[name]


def _chances(found: Retrieval) -> dict[str, float]:
    """How likely each key is; what is named counts as certain."""
    return {hit.passage.key: min(1.0, hit.score) for hit in found.hits}


def _describe(
    alone: Understanding, answerable: float, chances: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    text = alone.text
    own, earlier = chances["alone"], chances["earlier"]
    form_only = count_words(_cue("form").taken_out(alone.own_content)) < 3
    return {
        "always": 1.0,
        "opens": float(_cue("opens").found_in(text)),
        "marks": float(len(text) <= _LONG and _cue("marks").found_in(text)),
        "announces": float(_cue("announces").found_in(text)),
        "points": float(_cue("points").found_in(text)),
        "length": min(alone.own_words, _LONG) / _LONG,
        "short": float(alone.own_words < _SHORT),
        "form_only": float(form_only),
        "answerable": answerable,
        "sure": max(own.values(), default=0.0),
        "overlap": sum(min(chance, earlier.get(key, 0.0)) for key, chance in own.items()),
    }


def _describe_candidates(
    keys: Sequence[str],
    chances: Mapping[str, Mapping[str, float]],
    alone: Understanding,
    found: Mapping[str, Retrieval],
    retriever: HybridRetriever,
) -> Vector:
    earlier = chances["earlier"]
    topic = max(earlier, key=lambda key: earlier[key], default="")
    links = retriever.corpus.liability_links
    punishing = {link.liability for link in links.punishing(topic)}
    linked = links.linked(topic)
    asks_penalty = Aspect.PENALTY in alone.aspects
    says_something = alone.own_words >= _SHORT
    names_person, is_worse = (
        wording("person").found_in(alone.text),
        wording("worse").found_in(alone.text),
    )
    passages = {hit.passage.key: hit.passage for r in found.values() for hit in r.hits}
    rows = []
    for key in keys:
        rows.append(
            [
                float(key == topic),
                float(key == topic and names_person),
                float(key == topic and is_worse),
                float(key in linked),
                float(key in linked and asks_penalty),
                float(key in punishing and alone.only_tells),
                float(Key.parse(key).owner == Key.parse(topic).owner),
                float(asks_penalty and sets_consequence(passages[key].text)),
                float(alone.only_tells and sets_consequence(passages[key].text)),
                # A turn that hardly says anything of its own has nothing to be covered.
                coverage(alone, (passages[key],), retriever) if says_something else 0.0,
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(keys), -1)
