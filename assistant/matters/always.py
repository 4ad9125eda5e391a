"""Asks that are the same whatever happened: who makes a harm good (赔偿), who has to prove it
(举证), whether one is let off (免罚). They are told by their wording, whatever the story.

The weights (``always.json``) are fitted by ``eval.fit.always``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np

from assistant.matters.matching import Found
from assistant.question import character_ngrams
from corpus.collections import Matter
from corpus.language import fold
from index.search import HybridRetriever
from index.types import Vector

#: From this likelihood on an ask is one of them.
ALWAYS = 0.9
#: What is longer tells a story.
_LONGEST = 40
#: From this likelihood on an ask of the matter that is told of, about the same, goes before.
_OWN = 0.25
#: From this likelihood on the matter is told of without doubt: one that is not would answer about
#: something else.
_TOLD = 0.6


@dataclass(frozen=True, slots=True)
class AlwaysModel:
    """A softmax over ``names`` ("" is another ask), of a text's n-grams and its vector: weights by
    n-gram, shape (names,), of the vector and a constant, shape (names, dimension + 1)."""

    names: tuple[str, ...]
    ngrams: Mapping[str, Vector]
    vector: Vector

    def likeliest(self, text: str, vector: Vector) -> tuple[str, float]:
        """Which of the names a text most likely is, and how likely."""
        logits = self.vector[:, :-1] @ vector + self.vector[:, -1]
        for ngram in set(character_ngrams(fold(text))):
            if ngram in self.ngrams:
                logits = logits + self.ngrams[ngram]
        chances = np.exp(logits - logits.max())
        best = int(np.argmax(chances))
        return self.names[best], float(chances[best] / chances.sum())


def find_always(clause: str, matched: Found | None, retriever: HybridRetriever) -> Found | None:
    """What answers a clause that asks what is always asked; None where it does not.

    Where the matter that surely is told of has an ask about the same (采矿塌陷怎么索赔), that is
    meant.
    """
    name, chance = _likeliest(clause, retriever)
    if not name or chance < ALWAYS:
        return None
    is_told = matched is not None and matched.chance >= _TOLD
    if matched and is_told and (own := _own(name, matched, retriever)):
        return replace(matched, asks=own)
    for matter in retriever.corpus.matters:
        for number, ask in enumerate(matter.ask):
            if ask.always == name:
                others = [(i, 0.0) for i in range(len(matter.ask)) if i != number]
                return Found(matter, chance, ((number, chance), *others))
    return None


def _likeliest(text: str, retriever: HybridRetriever) -> tuple[str, float]:
    if retriever.matters is None or not 0 < len(text) <= _LONGEST:
        return "", 1.0
    return load_always().likeliest(text, retriever.matters.vector(text))


def _own(
    name: str, matched: Found, retriever: HybridRetriever
) -> tuple[tuple[int, float], ...] | None:
    """The asks of a matter, those about the same first; None where none of them is likely."""
    same = [one for one in matched.asks if one[1] >= _OWN]
    same = [one for one in same if _is_about(name, matched.matter, one[0], retriever)]
    return (*same, *(one for one in matched.asks if one not in same)) if same else None


def _is_about(name: str, matter: Matter, number: int, retriever: HybridRetriever) -> bool:
    ask = matter.ask[number]
    told = (_likeliest(text, retriever) for text in ask.asked)
    return ask.always == name or any(of == name and chance >= ALWAYS for of, chance in told)


@cache
def load_always() -> AlwaysModel:
    """The fitted weights."""
    fields = json.loads((resources.files("assistant.matters") / "always.json").read_text("utf-8"))
    ngrams = {n: np.array(w, dtype=np.float32) for n, w in fields["ngrams"].items()}
    vector = np.array(fields["vector"], dtype=np.float32)
    return AlwaysModel(tuple(fields["names"]), ngrams, vector)
