"""How well each part of an article answers a question: a linear model over what speaks for it.

The weights are fitted as a conditional logit over the units of an article (``eval.fit.units``), so
a score is a log-probability up to a constant that the article's units share.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np

from assistant.question import Aspect, Understanding, wording
from corpus.language import Cue, amounts, load_cues, units_asked
from corpus.types import Passage
from index.search import tokenize
from index.types import PartFit, Vector

#: Tells how much a token says: its inverse document frequency in the corpus.
Weigh = Callable[[str], float]

#: How well the lay wording of parts of articles fits, by key and part.
Parts = Mapping[str, Mapping[str, PartFit]]

FEATURES = (
    "words",
    "part_words",
    "part_meaning",
    "paragraph_words",
    "paragraph_meaning",
    "in_passage",
    "opens_theme",
    "only_leads",
    "consequence",
    "figure",
    "term",
    "modal",
    "authority",
    "first",
    "focus",
    "defines",
    "same_unit",
    "person",
    "worse",
    "detains",
    "turn_words",
    "turn_meaning",
    "earlier_words",
    "earlier_meaning",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence outside a list, or a 项 with the sentence that leads into its list.

    ``[start:end]`` are offsets in the article; ``paragraph`` and ``item`` as in ``Span``.
    """

    start: int
    end: int
    paragraph: int
    item: int = 0
    lead: tuple[int, int] | None = None
    #: Whether it announces a part of a policy text.
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Fits:
    """How well parts fit the whole question; where it goes on with a dialog, also how well they
    fit its last ``turn`` alone and what was talked about ``earlier``."""

    whole: Parts = field(default_factory=dict)
    turn: Parts = field(default_factory=dict)
    earlier: Parts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in the article ``key``.

    ``content`` is the question without the words that only ask, ``focus`` what of it the last
    turn says, ``found`` the passage that retrieval thinks best, ``units`` those of the amounts
    that the question names (年, 元).
    """

    key: str
    content: str
    focus: str
    aspects: frozenset[Aspect]
    found: Passage | None
    fits: Fits
    units: frozenset[str]


def look_for(
    understanding: Understanding, key: str, found: Passage | None, fits: Fits, also: str = ""
) -> Wanted:
    """What a question looks for in an article; ``also`` are further words to look for."""
    return Wanted(
        key,
        understanding.content + also,
        understanding.own_content,
        understanding.aspects,
        found,
        fits,
        units_asked(understanding.own_content),
    )


def score(units: Sequence[Unit], text: str, wanted: Wanted, weigh: Weigh) -> Vector:
    """One score a unit of the article's ``text``, shape (units,)."""
    weights = np.array([load_weights()[name] for name in FEATURES], dtype=np.float32)
    scores: Vector = describe(units, text, wanted, weigh) @ weights
    return scores


def describe(units: Sequence[Unit], text: str, wanted: Wanted, weigh: Weigh) -> Vector:
    """What speaks for each unit, shape (units, features) in the order of ``FEATURES``."""
    tokens = {token: weigh(token) for token in set(tokenize(wanted.content))}
    focus = {token: tokens.get(token, 0.0) for token in set(tokenize(wanted.focus))}
    rows = [_row(unit, text, wanted, tokens, focus) for unit in units]
    return np.array(rows, dtype=np.float32).reshape(-1, len(FEATURES))


def _row(
    unit: Unit,
    text: str,
    wanted: Wanted,
    tokens: Mapping[str, float],
    focus: Mapping[str, float],
) -> list[float]:
    own = text[unit.start : unit.end]
    present = set(tokenize(own))
    paragraph, part = _fit(unit, wanted.fits.whole.get(wanted.key, {}))
    _, of_turn = _fit(unit, wanted.fits.turn.get(wanted.key, {}))
    _, of_earlier = _fit(unit, wanted.fits.earlier.get(wanted.key, {}))
    found, aspects = wanted.found, wanted.aspects
    signs = _signs()
    return [
        _share(tokens, present),
        part.words,
        part.meaning,
        paragraph.words if unit.item else 0.0,
        paragraph.meaning if unit.item else 0.0,
        float(found is not None and found.start <= unit.start < found.end),
        float(unit.opens),
        float(own.endswith(("：", ":"))),
        float(Aspect.PENALTY in aspects and signs["consequence"].found_in(own)),
        float(bool(aspects & {Aspect.QUANTITY, Aspect.DATE}) and signs["figure"].found_in(own)),
        float(Aspect.TERM in aspects and signs["term"].found_in(own)),
        float(Aspect.PERMISSION in aspects and signs["modal"].found_in(own)),
        float(Aspect.WHO in aspects and signs["authority"].found_in(own)),
        float(unit.start == 0),
        _share(focus, present),
        float(Aspect.DEFINE in aspects and signs["defines"].found_in(own)),
        float(bool(wanted.units & {amount.unit for amount in amounts(own)})),
        float(wording("person").found_in(wanted.focus) and signs["person"].found_in(own)),
        float(wording("worse").found_in(wanted.focus) and signs["worse"].found_in(own)),
        float(wording("detains").found_in(wanted.focus) and signs["detains"].found_in(own)),
        of_turn.words,
        of_turn.meaning,
        of_earlier.words,
        of_earlier.meaning,
    ]


@cache
def _signs() -> Mapping[str, Cue]:
    own = load_cues("assistant.extracting", "signs.toml")
    shared = load_cues("assistant.finding", "signs.toml")
    return {**shared, **own}


def _fit(unit: Unit, parts: Mapping[str, PartFit]) -> tuple[PartFit, PartFit]:
    """How well the unit's 款 fits, and the unit itself."""
    paragraph = parts.get(str(unit.paragraph), PartFit())
    if not unit.item:
        return paragraph, paragraph
    return paragraph, parts.get(f"{unit.paragraph}.{unit.item}", PartFit())


def _share(tokens: Mapping[str, float], present: Collection[str]) -> float:
    """What share of the tokens' weight is present."""
    total = sum(tokens.values())
    return sum(w for token, w in tokens.items() if token in present) / total if total else 0.0


@cache
def load_weights() -> Mapping[str, float]:
    """The fitted weights by feature."""
    text = (resources.files("assistant.extracting") / "unit_scores.json").read_text("utf-8")
    return {name: float(weight) for name, weight in json.loads(text).items()}
