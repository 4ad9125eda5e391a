"""How a turn stands to the dialog before it: whether it leans on that, and what both ask for.

A turn is searched for three times: by itself, together with what was talked about, and that alone.
Two fitted models (``eval.dialogs``) join the three: one tells how likely it is that the turn leans
on the dialog, the other which article it asks for, in the light of that.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from assistant.aspects import PERSON, WORSE, Aspect
from assistant.finding import find
from assistant.relevance import Fits
from assistant.routing import sets_consequence
from assistant.scope import Confidence, coverage, judge
from assistant.types import Query
from assistant.understanding import MAX_QUESTION, Understanding, check_question, understand
from corpus.errors import QuestionError
from corpus.text import fold
from index.retriever import HybridRetriever
from index.types import Retrieval, ScoredPassage, Vector

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
_SEARCHES = ("together", "alone", "earlier")
_SWAYS = ("always", "short", "form_only", "length", "answerable", "leans")
#: What speaks for an article that a leaning turn may ask for.
CANDIDATE = (
    *(f"{search}_{sway}" for sway in _SWAYS for search in _SEARCHES),
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
#: What tells that the corpus answers the turn.
ANSWER = (
    *("always", "alone", "together", "leans", "form_only", "length"),
    *("wording", "missing", "unknown", "nearest"),
    *("wording_together", "covers", "overlap", "marks", "policy"),
    *("refused", "refused_together", "covers_together", "short"),
    *("opens", "announces", "points", "alone_of_new", "together_of_leaning"),
)
#: So many turns before the last one are looked at, and so many articles of each search.
_TURNS = 3
_DEPTH = 30
#: The chance of an article that a search did not find.
_UNSEEN = 1e-3
_LONG = 20
#: With fewer characters of its own a turn says hardly anything.
_SHORT = 3
#: From this likelihood on a turn is taken to lean on the dialog.
_LEANS = 0.5
#: From this one on what was talked about before it is still talked about after it.
_KEEPS_TOPIC = 0.3
#: From this probability on that the corpus answers a turn of a dialog, we answer: where the written
#: dialogs, fitted in ten folds, cost least, an answer that should not be given counting double.
_ANSWERS = 0.35

_OPENS = re.compile(
    r"^(?:那|如果|要是|假如|它|这|其|还有|另外|再|具体|上面|刚才|前面|为什么|凭什么|多少|哪|几|谁|"
    r"依据|还|然后|对|反过来|罚|最|可(?!以|再生)|但|不过|不走|万一|他|她|太|照这|真要|反正|说)"
)
_MARKS = re.compile(r"呢[?!]*$|的话|还不|还能|再加|又要|又罚|同样|这样|也|就|才|照|一样")
_ANNOUNCES = re.compile(
    r"换个|跳个|另一?件|另外?问|顺便|问个别|别的事|再问[个一]|话说回来|对了|还有一?个?问题"
)
_POINTS = re.compile(r"它|他|她|这|那|其|该|上面|刚才|前面|此")
_FORM = re.compile(
    r"原文|原话|全文|原句|哪一?[条部款项]|第几条|条号|编号|序号|法条|条文|条款|出处|依据|来源|名字|全称|写在|规定|法典|法律|"
    r"简单|简短|短一?点|白话|人话|通俗|概括|总结|一句话|贴|发|列|念|读|抄|一字|别漏|不漏|讲|说|麻烦|劳驾|给|看不懂|听不懂|"
    r"没看懂|没听懂|太长|绕|直接|领导|老板|同事|材料|报告|引用|施行|生效|实施|哪天|开始"
)
_WORD = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")


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


@dataclass(frozen=True, slots=True)
class DialogModel:
    """The fitted weights, by the names in ``TURN``, ``CANDIDATE`` and ``ANSWER``."""

    turn: Mapping[str, float]
    candidate: Mapping[str, float]
    answer: Mapping[str, float]

    def leans(self, turn: Turn) -> float:
        """How likely it is that the turn leans on the dialog before it."""
        weights = np.array([self.turn[name] for name in TURN])
        return 1 / (1 + math.exp(-float(turn.features @ weights)))

    def describe(self, turn: Turn) -> Vector:
        """What speaks for each of the turn's keys, shape (keys, ``CANDIDATE``)."""
        sways = dict(zip(TURN, turn.features, strict=True)) | {"leans": self.leans(turn)}
        swayed = [turn.searches * sways[name] for name in _SWAYS]
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
            "policy": float(self._likeliest(turn).startswith("policy:")),
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
        return Confidence(1 / (1 + math.exp(-logit)), _ANSWERS)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a question asks in its dialog, passages for it, how their parts fit, and how sure it is
    that the corpus answers."""

    understanding: Understanding
    found: Retrieval
    fits: Fits
    confidence: Confidence | None


def resolve(query: Query, retriever: HybridRetriever, k: int) -> Resolved:
    """What the question asks in its dialog, and at most ``k`` passages for it."""
    query = replace(query, history=_usable(query.history))
    turn = stand(query, retriever)
    if turn is None:
        alone = understand(query, retriever.corpus)
        found = find(retriever, alone, k, query.as_of)
        return Resolved(alone, found, Fits(found.parts), judge(query, alone, found, retriever))
    return settle(turn, load_dialog_model(), k)


def settle(turn: Turn, model: DialogModel, k: int) -> Resolved:
    """What a turn asks in the light of all its searches, and at most ``k`` passages for it."""
    leans = model.leans(turn) >= _LEANS
    understanding, found = (
        (turn.leaning, turn.found["together"]) if leans else (turn.alone, turn.found["alone"])
    )
    confidence = model.judge(turn)
    fits = _fit_parts(turn, found, leans)
    if turn.names_its_source:
        return Resolved(understanding, replace(found, hits=found.hits[:k]), fits, confidence)
    chances = model.chances(turn)
    passages = {
        hit.passage.key: hit.passage
        for search in _SEARCHES[::-1]
        for hit in turn.found[search].hits
    }
    order = np.argsort(-chances, kind="stable")[:k]
    hits = tuple(ScoredPassage(passages[turn.keys[i]], float(chances[i])) for i in order)
    return Resolved(understanding, replace(found, hits=hits), fits, confidence)


def _fit_parts(turn: Turn, found: Retrieval, leans: bool) -> Fits:
    """How parts fit: as the search says that is followed, or another one where it says nothing."""
    parts = {key: fits for other in turn.found.values() for key, fits in other.parts.items()}
    whole = {**parts, **found.parts}
    if not leans:
        return Fits(whole)
    own = turn.found["alone"].parts if turn.alone.own_words else {}
    return Fits(whole, own, turn.found["earlier"].parts)


def stand(query: Query, retriever: HybridRetriever) -> Turn | None:
    """The last turn searched for in three ways; None where it cannot lean on a dialog.

    That is so of a first question, of one that names an article, and where nothing is in force to
    be found. A turn without words of its own (「如果情节严重呢」) has nothing to search for but
    what was talked about.
    """
    corpus, day = retriever.corpus, query.as_of
    alone = understand(query, corpus)
    if not query.history or any(r.key for r in alone.references):
        return None
    earlier = _topic(query, retriever)
    leaning = understand(query, corpus, earlier)
    before = understand(replace(query, question=earlier, history=()), corpus)
    about = find(retriever, before, _DEPTH, day)
    found = dict.fromkeys(_SEARCHES, about)
    if alone.own_words:
        found |= {
            "together": find(retriever, leaning, _DEPTH, day),
            "alone": find(retriever, alone, _DEPTH, day),
        }
    confidences = (
        judge(query, alone, found["alone"], retriever),
        judge(query, leaning, found["together"], retriever),
    )
    chances = {search: _chances(retrieval) for search, retrieval in found.items()}
    features = _describe(alone, confidences[0].probability if confidences[0] else 0.5, chances)
    keys = tuple(dict.fromkeys(key for by_key in chances.values() for key in by_key))
    if not keys:
        return None
    return Turn(
        earlier,
        alone,
        leaning,
        found,
        confidences,
        np.array([features[name] for name in TURN], dtype=np.float32),
        keys,
        np.array(
            [
                [math.log(chances[search].get(key, 0.0) + _UNSEEN) for search in _SEARCHES]
                for key in keys
            ],
            dtype=np.float32,
        ).reshape(len(keys), -1),
        _describe_candidates(keys, chances, alone, found, retriever),
    )


def _usable(history: Sequence[str]) -> tuple[str, ...]:
    """The last turns that say anything."""
    return tuple(turn for turn in history if _is_usable(turn))[-_TURNS:]


def _is_usable(turn: str) -> bool:
    try:
        return bool(check_question(turn))
    except QuestionError:
        return False


def _topic(query: Query, retriever: HybridRetriever) -> str:
    """What was talked about: the turn before, with those that it leans on."""
    *before, last = query.history
    text = fold(last)
    if not before:
        return text
    turn = stand(replace(query, question=last, history=tuple(before)), retriever)
    if turn is None or load_dialog_model().leans(turn) < _KEEPS_TOPIC:
        return text
    return f"{turn.topic} {text}"[-MAX_QUESTION:]


def _logit(probability: float) -> float:
    held = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(held / (1 - held))


def _chances(found: Retrieval) -> dict[str, float]:
    """How likely each key is; what is named counts as certain."""
    return {hit.passage.key: min(1.0, hit.score) for hit in found.hits}


def _describe(
    alone: Understanding, answerable: float, chances: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    text = alone.text
    own, earlier = chances["alone"], chances["earlier"]
    form_only = len(_WORD.findall(_FORM.sub("", alone.own_content))) < 3
    return {
        "always": 1.0,
        "opens": float(bool(_OPENS.match(text))),
        "marks": float(len(text) <= _LONG and bool(_MARKS.search(text))),
        "announces": float(bool(_ANNOUNCES.search(text))),
        "points": float(bool(_POINTS.search(text))),
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
    names_person, is_worse = bool(PERSON.search(alone.text)), bool(WORSE.search(alone.text))
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
                float(key.split("#")[0] == topic.split("#")[0]),
                float(asks_penalty and sets_consequence(passages[key].text)),
                float(alone.only_tells and sets_consequence(passages[key].text)),
                # A turn that hardly says anything of its own has nothing to be covered.
                coverage(alone, (passages[key],), retriever) if says_something else 0.0,
            ]
        )
    return np.array(rows, dtype=np.float32).reshape(len(keys), -1)


@cache
def load_dialog_model() -> DialogModel:
    """The fitted models."""
    text = (resources.files("assistant") / "data" / "dialog.json").read_text("utf-8")
    return DialogModel(**json.loads(text))
