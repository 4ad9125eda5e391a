"""Which matter somebody tells of, and which of its asks he means.

Two logistic models, fitted by ``eval.fit.matters``: one says how likely it is that a matter is the
one that is told of, one that an ask of it is the one that is meant.
"""

import json
import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import islice

import numpy as np

from assistant.matters.carrying import says_something
from assistant.matters.verbatim import find_verbatim
from assistant.question import count_said
from corpus.catalog import Corpus
from corpus.collections import Ask, AskKind, Matter
from index.search import LIKENESS_STEP, UNLIKE, HybridRetriever, Likeness, scaled, target_of
from index.types import Retrieval, Vector

#: What speaks for a matter, in the order of its weights. ``whole`` is all that was written, ``ask``
#: the clause that asks; ``lead`` by how much the matter is nearer than the next one.
MATTER_FEATURES = (
    "always",
    "whole_meaning",
    "whole_mean",
    "whole_covered",
    "whole_told",
    "whole_lead",
    "ask_meaning",
    "ask_covered",
    "ask_told",
    "ask_lead",
    "found",
    "found_first",
    "found_none",
    "unlike",
    "length",
)
#: What speaks for an ask of a matter.
ASK_FEATURES = (
    "always",
    "meaning",
    "lead",
    "covered",
    "told",
    "whole_meaning",
    "whole_lead",
    "kind",
    "kind_first",
    "first",
    "found",
    "found_first",
    "unsaid",
)

#: So many matters are looked at.
_CANDIDATES = 12
_LONG = 200
#: An ask that says less besides that it asks tells nothing of the matter.
_SAYS = 4
_NONE = Likeness()


@dataclass(frozen=True, slots=True)
class Told:
    """What is matched: the clause that asks (empty for a mere story), all that was written, and
    what retrieval found."""

    ask: str
    whole: str
    found: Retrieval

    @property
    def asked(self) -> str:
        """The ask, or all that was told."""
        return self.ask or self.whole

    @property
    def about(self) -> str:
        """What tells the matter best: the ask where it says what it is about."""
        return self.ask if count_said(self.ask) >= _SAYS else self.whole


@dataclass(frozen=True, slots=True)
class Found:
    """A matter, how likely it is meant, and its asks with how likely each is, likeliest first."""

    matter: Matter
    chance: float
    asks: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted weights; ``kinds`` are those of an ask's kind over its vector (and a constant),
    shape (kinds, dimension + 1)."""

    matter: Vector
    ask: Vector
    kinds: Vector

    def kind_chances(self, vector: Vector) -> Vector:
        """How likely each kind of ask is, in the order of ``AskKind``."""
        logits = self.kinds[:, :-1] @ vector + self.kinds[:, -1]
        chances = np.exp(logits - logits.max())
        shares: Vector = chances / chances.sum()
        return shares


def match(told: Told, retriever: HybridRetriever, day: date | None = None) -> Found | None:
    """The likeliest matter, surely one of the bureau's own that is told in its very words; None
    where there are no matters. Of its own only those that say something on ``day`` are taken."""
    if day and (same := find_verbatim((told.ask, told.whole), retriever.corpus, day)):
        matter, number = same
        others = [ask for ask in choose_ask(told, matter, retriever) if ask[0] != number]
        return Found(matter, 1.0, (*([] if number is None else [(number, 1.0)]), *others))
    candidates, rows = describe_matters(told, retriever, day=day)
    if not candidates:
        return None
    chances = _logistic(rows @ load_model().matter)
    best = int(np.argmax(chances))
    return Found(
        candidates[best], float(chances[best]), choose_ask(told, candidates[best], retriever)
    )


def choose_ask(
    told: Told, matter: Matter, retriever: HybridRetriever
) -> tuple[tuple[int, float], ...]:
    """The asks of a matter with how likely each is meant, likeliest first."""
    chances = _logistic(describe_asks(told, matter, retriever) @ load_model().ask)
    order = np.argsort(-chances, kind="stable").tolist()
    return tuple((i, float(chances[i])) for i in order)


def kind_of(text: str, retriever: HybridRetriever) -> AskKind | None:
    """What kind of ask a text most likely is; None where there are no matters."""
    if retriever.matters is None:
        return None
    chances = load_model().kind_chances(retriever.matters.vector(text))
    return tuple(AskKind)[int(np.argmax(chances))]


def describe_matters(
    told: Told,
    retriever: HybridRetriever,
    without: Collection[str] = (),
    day: date | None = None,
) -> tuple[list[Matter], Vector]:
    """The likeliest matters and what speaks for each, shape (matters, ``MATTER_FEATURES``).

    ``without`` are tellings that are left out (when the weights are fitted on these); with a
    ``day`` so are the bureau's own matters that have nothing to say on it.
    """
    if retriever.matters is None:
        return [], np.zeros((0, len(MATTER_FEATURES)), dtype=np.float32)
    near = {text: retriever.matters.near(text, without) for text in (told.whole, told.about)}
    corpus = retriever.corpus
    by_id = corpus.matters_by_id
    whole, ask = (_by_matter(near[text]) for text in (told.whole, told.about))
    found: dict[str, float] = defaultdict(float)
    for hit in told.found.hits:
        for name in corpus.matters_of(hit.passage.key):
            found[name] += hit.score
    first = told.found.hits[0].passage.key if told.found.hits else ""
    near_any = {*whole, *ask, *found} & by_id.keys()
    order = sorted(
        near_any,
        key=lambda i: -max(_rank(whole.get(i)), _rank(ask.get(i))) - 0.1 * found.get(i, 0.0),
    )
    chosen = list(islice((i for i in order if _may_speak(by_id[i], corpus, day)), _CANDIDATES))
    rows = []
    for name in chosen:
        own, asked = whole.get(name, _NONE), ask.get(name, _NONE)
        unlike = near[told.whole].get(f"{name}|{UNLIKE}", _NONE)
        rows.append(
            [
                1.0,
                scaled(own.meaning),
                scaled(own.mean),
                own.covered,
                own.told,
                _lead(whole, name, chosen),
                scaled(asked.meaning),
                asked.covered,
                asked.told,
                _lead(ask, name, chosen),
                min(found.get(name, 0.0), 1.0),
                float(name in corpus.matters_of(first)),
                float(name not in found),
                max(0.0, (unlike.meaning - own.meaning) / LIKENESS_STEP),
                min(len(told.whole), _LONG) / _LONG,
            ]
        )
    return [by_id[name] for name in chosen], np.array(rows, dtype=np.float32)


def describe_asks(
    told: Told, matter: Matter, retriever: HybridRetriever, without: Collection[str] = ()
) -> Vector:
    """What speaks for each ask of a matter, shape (asks, ``ASK_FEATURES``)."""
    assert retriever.matters is not None
    vector = retriever.matters.vector(told.asked)
    found, whole = (
        [near.get(target_of(matter, i), _NONE) for i in range(len(matter.ask))]
        for near in (retriever.matters.near(text, without) for text in (told.asked, told.whole))
    )
    kinds = dict(zip(AskKind, load_model().kind_chances(vector).tolist(), strict=True))
    own = [kinds[ask.kind] for ask in matter.ask]
    best = max(own)
    reach = [_reach(ask, told.found) for ask in matter.ask]
    rows = [
        [
            1.0,
            scaled(likeness.meaning),
            _ahead(found, i),
            likeness.covered,
            likeness.told,
            scaled(whole[i].meaning),
            _ahead(whole, i),
            math.log(own[i] + 1e-3),
            float(own[i] == best),
            float(i == 0),
            reach[i],
            float(reach[i] == max(reach) > 0),
            float(not matter.ask[i].statement),
        ]
        for i, likeness in enumerate(found)
    ]
    return np.array(rows, dtype=np.float32)


def _ahead(found: Sequence[Likeness], place: int) -> float:
    """By how much an ask is nearer than the nearest other one of its matter."""
    other = max((o.meaning for i, o in enumerate(found) if i != place), default=0.0)
    return (found[place].meaning - other) / LIKENESS_STEP


def _reach(ask: Ask, found: Retrieval) -> float:
    """How likely what retrieval found carries the ask's statements, or is nearest to it."""
    keys = {target.partition("|")[0] for s in ask.statement for target in s.by}
    keys |= {ask.near.partition("|")[0]}
    return min(1.0, sum(hit.score for hit in found.hits if hit.passage.key in keys))


def _by_matter(near: Mapping[str, Likeness]) -> dict[str, Likeness]:
    """How near each matter comes in any of its texts that tell it."""
    best: dict[str, Likeness] = {}
    for target, likeness in near.items():
        name, _, part = target.partition("|")
        if part == UNLIKE or name.startswith("《"):
            continue
        held = best.get(name, _NONE)
        best[name] = Likeness(
            max(held.meaning, likeness.meaning),
            max(held.mean, likeness.mean),
            max(held.covered, likeness.covered),
            max(held.told, likeness.told),
        )
    return best


def _may_speak(matter: Matter, corpus: Corpus, day: date | None) -> bool:
    return not matter.is_own or day is None or says_something(matter, corpus, day)


def _rank(likeness: Likeness | None) -> float:
    if likeness is None:
        return 0.0
    return likeness.meaning + 0.1 * likeness.covered * likeness.told


def _lead(near: Mapping[str, Likeness], name: str, among: Sequence[str]) -> float:
    """By how much a matter is nearer than the nearest other one."""
    own = near.get(name, _NONE).meaning
    other = max((near.get(o, _NONE).meaning for o in among if o != name), default=0.0)
    return max(-1.0, (own - other) / LIKENESS_STEP)


def _logistic(logits: Vector) -> Vector:
    chances: Vector = (1 / (1 + np.exp(-np.clip(logits, -50, 50)))).astype(np.float32)
    return chances


@cache
def load_model() -> Model:
    """The fitted weights."""
    fields = json.loads((resources.files("assistant.matters") / "model.json").read_text("utf-8"))
    return Model(
        np.array([fields["matter"][name] for name in MATTER_FEATURES], dtype=np.float32),
        np.array([fields["ask"][name] for name in ASK_FEATURES], dtype=np.float32),
        np.array(fields["kinds"], dtype=np.float32),
    )
