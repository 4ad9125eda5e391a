"""Hard negatives: texts near to a question that stand for something else."""

import random
from collections.abc import Iterator, Sequence

import numpy as np

from corpus.catalog import Corpus
from eval.examples.held_out import held_out_asks, held_out_tellings, is_held_out
from eval.examples.pairs import Pair, Text
from index.search import target_of
from index.types import Vector

#: One of so many nearest wrong texts is drawn.
_AMONG = 6
#: So many nearest texts are looked through for these.
_DEPTH = 60


class HardNegatives:
    """Every text of matters and of texts outside the corpus that may be trained on."""

    def __init__(self, corpus: Corpus) -> None:
        self._keys = {
            target_of(matter, number): {
                target.partition("|")[0] for s in ask.statement for target in s.by
            }
            for matter in corpus.matters
            for number, ask in enumerate(matter.ask)
        }
        self.texts = list({text.text: text for text in _texts(corpus)}.values())

    def draw(self, pairs: Sequence[Pair], cosines: Vector, draw: random.Random) -> Iterator[Text]:
        """For every pair that stands for a matter or a text outside, one of the nearest texts that
        stand for another; ``cosines`` are those of the questions with ``texts``."""
        depth = min(_DEPTH, len(self.texts))
        for pair, row in zip(pairs, cosines, strict=True):
            if not pair.whole and not pair.target.startswith("《"):
                continue
            nearest = np.argpartition(-row, depth - 1)[:depth]
            ordered = (self.texts[i] for i in nearest[np.argsort(-row[nearest])])
            wrong = [text for text in ordered if self._is_wrong(pair, text)][:_AMONG]
            if wrong:
                yield draw.choice(wrong)

    def _is_wrong(self, pair: Pair, text: Text) -> bool:
        """Whether a text surely stands for something else: another ask of the same matter, or what
        no article of the right one carries."""
        if pair.target == text.target or pair.text == text.text:
            return False
        if pair.whole and pair.whole == text.whole:
            return pair.whole not in (pair.target, text.target)
        right = self._keys.get(pair.target) or self._of_matter(pair.whole)
        other = self._keys.get(text.target) or self._of_matter(text.whole)
        return not right & other

    def _of_matter(self, name: str) -> set[str]:
        keys = (keys for target, keys in self._keys.items() if target.partition("|")[0] == name)
        return set().union(*keys)


def _texts(corpus: Corpus) -> Iterator[Text]:
    for matter in corpus.matters:
        if is_held_out(matter.id):
            continue
        held = held_out_tellings(matter)
        yield from (Text(t, matter.id, matter.id) for t in matter.tellings if t not in held)
        for number, ask in enumerate(matter.ask):
            asked = [a for a in ask.asked if a not in held_out_asks(matter, ask)]
            for text in (*asked, *(s.text for s in ask.statement)):
                yield Text(text, target_of(matter, number), matter.id)
    for known in corpus.not_loaded.values():
        if not is_held_out(known.title):
            yield from (Text(text, f"《{known.title}》") for text in known.asked)
