"""Matters (事项) found by how people tell them: every telling stands for its matter."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from weakref import ref

import numpy as np

from corpus.catalog import Corpus
from corpus.collections import Matter, lay_id
from index.search.field import Entries
from index.search.lexical import LexicalIndex, tokenize
from index.search.vectors import Vectors
from index.types import Embedder

#: So many texts that share words with a question are compared with it word by word.
_BY_WORDS = 60
#: So many texts nearest in meaning are looked at; of a target's, so many are averaged.
_BY_MEANING = 400
_AVERAGED = 3
#: So many comparisons are remembered: an answer looks at one from several sides.
_COMPARED = 32
#: Marks what a target's text tells: an ask by its number, or what only looks like the matter.
UNLIKE = "-"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a text comes to the texts of one target, 0 to 1 each.

    ``meaning`` is the best cosine similarity, ``mean`` that of the best three; ``covered`` is the
    share of the best text's words that the question has, ``told`` the share of the question's
    words that it has.
    """

    meaning: float = 0.0
    mean: float = 0.0
    covered: float = 0.0
    told: float = 0.0


def target_of(matter: Matter, ask: int | str | None = None) -> str:
    """What a text of a matter stands for: the matter, or one of its asks (``id|number``)."""
    return matter.id if ask is None else f"{matter.id}|{ask}"


def told_entries(corpus: Corpus) -> Entries:
    """Every telling, ask and statement of the matters, and every way of asking for a text outside
    the corpus (whose target is 《its title》), once, with what it stands for."""
    targets: dict[str, str] = {}
    for known in corpus.not_loaded.values():
        for text in (*known.asked, *([known.decides] if known.decides else [])):
            targets.setdefault(text, f"《{known.title}》")
    for matter in corpus.matters:
        for text in matter.tellings:
            targets.setdefault(text, target_of(matter))
        for i, ask in enumerate(matter.ask):
            for text in (*ask.asked, *(statement.text for statement in ask.statement)):
                targets.setdefault(text, target_of(matter, i))
        for text in matter.unlike:
            targets.setdefault(text, target_of(matter, UNLIKE))
    return Entries(tuple(map(lay_id, targets)), tuple(targets.values()), tuple(targets))


#: What counts as hardly alike, and as how much more, by the question encoder.
_FLOOR, LIKENESS_STEP = 0.6, 0.15


def scaled(cosine: float) -> float:
    """A cosine similarity as a feature: 0 where hardly alike, one a ``LIKENESS_STEP``."""
    return max(-1.0, (cosine - _FLOOR) / LIKENESS_STEP)


class MatterSearch:
    """Compares a question with every text of every matter."""

    def __init__(
        self, entries: Entries, lexical: LexicalIndex, vectors: Vectors, encoder: Embedder
    ) -> None:
        #: What it was made of.
        self.entries = entries
        self.lexical = lexical
        #: The vector of a text, shape (dimension,).
        self.vector = encoder.encode_query
        # A bound method would hold this object, and with it the texts, until cycles are collected.
        held = ref(self)

        def compare(text: str, without: tuple[str, ...]) -> Mapping[str, Likeness]:
            itself = held()
            assert itself is not None
            return itself._compare(text, without)

        self._near = lru_cache(maxsize=_COMPARED)(compare)
        self._matrix = vectors.rows(entries.ids)
        self._places = {text: place for place, text in enumerate(entries.texts)}

    def near(self, text: str, without: Collection[str] = ()) -> Mapping[str, Likeness]:
        """How near ``text`` comes to each target that one of the nearest texts stands for;
        ``without`` are texts that are left out."""
        return self._near(text, tuple(without))

    def nearest(self, text: str) -> float:
        """The cosine similarity of what is nearest of all."""
        return max((likeness.meaning for likeness in self.near(text).values()), default=0.0)

    def _compare(self, text: str, without: tuple[str, ...]) -> Mapping[str, Likeness]:
        cosines = self._matrix @ self.vector(text)
        left_out = [self._places[t] for t in without if t in self._places]
        cosines[left_out] = -1.0
        depth = min(_BY_MEANING, len(cosines))
        nearest = np.argpartition(-cosines, depth - 1)[:depth]
        best: dict[str, list[float]] = defaultdict(list)
        for i in nearest[np.argsort(-cosines[nearest], kind="stable")].tolist():
            if len(kept := best[self.entries.targets[i]]) < _AVERAGED:
                kept.append(float(cosines[i]))
        words = self._words(text, set(left_out))
        last = float(cosines[nearest].min())
        return {
            target: Likeness(
                max(best.get(target, [last])),
                sum(best.get(target, [last])) / len(best.get(target, [last])),
                *words.get(target, (0.0, 0.0)),
            )
            for target in (*best, *(t for t in words if t not in best))
        }

    def _words(self, text: str, left_out: Collection[int]) -> dict[str, tuple[float, float]]:
        """By target, the shares of words in common, of the text that has most."""
        total = sum(self.lexical.weigh(token) for token in set(tokenize(text))) or 1.0
        scores, shared = self.lexical.scores(text), self.lexical.common(text)
        totals = self.lexical.totals
        shares: dict[str, tuple[float, float]] = {}
        for i in np.argsort(-scores, kind="stable")[:_BY_WORDS].tolist():
            if scores[i] <= 0 or i in left_out:
                continue
            common = float(shared[i])
            pair = common / (float(totals[i]) or 1.0), common / total
            target = self.entries.targets[i]
            shares[target] = max(shares.get(target, (0.0, 0.0)), pair, key=sum)
        return shares
