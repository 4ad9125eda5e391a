"""How well each part of an article answers a question: a linear model over what speaks for it.

The weights are fitted as a conditional logit over the units of an article (``eval.fit.units``), so
a score is a log-probability up to a constant that the article's units share.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import numpy as np

from assistant.gate import amounts, units_asked
from assistant.question import Aspect, Understanding, wording
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

_CONSEQUENCE = re.compile(r"罚款|拘留|责令|没收|吊销|赔偿|追究|有期徒刑|警告")
_NUMERAL = r"[0-9一二三四五六七八九十百千万两]+"
_FIGURE = re.compile(rf"[0-9]|{_NUMERAL}(?:以[上下内]|日|年|个月|元|倍|米|次|％)|百分之")
_TERM = re.compile(rf"{_NUMERAL}个?(?:工作日|日|天|月|年|小时)")
_MODAL = re.compile(r"不得|禁止|严禁|可以|应当|方可|必须|批准|许可|有权")
_PERSON = re.compile(r"个人|主管人员|责任人员|主要负责人|法定代表人|摊|经营者")
_WORSE = re.compile(r"情节|拒不|严重|停业|关闭|后果|停产|造成|从轻|减轻|不予|改正")
_DETAINS = re.compile(r"拘留|有期徒刑|拘役|管制")
_DEFINES = re.compile(r"是指|所称|包括|指的是|统称")
_AUTHORITY = re.compile(r"主管部门|人民政府|管理部门|机关|机构|人民法院|检察院")


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
    return [
        _share(tokens, present),
        part.words,
        part.meaning,
        paragraph.words if unit.item else 0.0,
        paragraph.meaning if unit.item else 0.0,
        float(found is not None and found.start <= unit.start < found.end),
        float(unit.opens),
        float(own.endswith(("：", ":"))),
        float(Aspect.PENALTY in aspects and bool(_CONSEQUENCE.search(own))),
        float(bool(aspects & {Aspect.QUANTITY, Aspect.DATE}) and bool(_FIGURE.search(own))),
        float(Aspect.TERM in aspects and bool(_TERM.search(own))),
        float(Aspect.PERMISSION in aspects and bool(_MODAL.search(own))),
        float(Aspect.WHO in aspects and bool(_AUTHORITY.search(own))),
        float(unit.start == 0),
        _share(focus, present),
        float(Aspect.DEFINE in aspects and bool(_DEFINES.search(own))),
        float(bool(wanted.units & {amount.unit for amount in amounts(own)})),
        float(wording("person").found_in(wanted.focus) and bool(_PERSON.search(own))),
        float(wording("worse").found_in(wanted.focus) and bool(_WORSE.search(own))),
        float(wording("detains").found_in(wanted.focus) and bool(_DETAINS.search(own))),
        of_turn.words,
        of_turn.meaning,
        of_earlier.words,
        of_earlier.meaning,
    ]


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
