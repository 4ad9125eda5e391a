"""Declined and doubted questions, those that mean the same together: what readers lack."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from assistant.records.asked import Asked, Fate
from index.types import Vector

#: Two groups are one where their questions are, on the average, this near (cosine of the question
#: encoder's vectors): chosen on 50 questions of the evaluation in five wordings each.
NEAR = 0.75
_MOST_NEEDS = 3


class Remembering:
    """An encoder that keeps the vectors of the texts that it was last asked for.

    Reading questions is what takes the time; of a log most were read the last time. What is no
    longer in the log is forgotten here too.
    """

    def __init__(self, encode: Callable[[Sequence[str]], Vector]) -> None:
        self._encode = encode
        self._held: Mapping[str, Vector] = {}

    def __call__(self, texts: Sequence[str]) -> Vector:
        """Vectors of shape (texts, dimension)."""
        held = self._held
        new = [text for text in dict.fromkeys(texts) if text not in held]
        read = dict(zip(new, self._encode(new), strict=True)) if new else {}
        self._held = {text: read[text] if text in read else held[text] for text in texts}
        return np.stack([self._held[text] for text in texts])


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that mean about the same.

    ``name`` is the most central of them, ``by_week`` counts them by the Monday of their week, and
    ``needs`` names the texts outside the corpus that were most often said to decide them.
    """

    name: str
    count: int
    by_week: Mapping[date, int]
    needs: str
    rows: tuple[Asked, ...]


def cluster(rows: Sequence[Asked], encode: Callable[[Sequence[str]], Vector]) -> list[Cluster]:
    """The declined and the doubted questions of ``rows`` by meaning, the largest group first.

    ``encode`` gives unit vectors, shape (texts, dimension).
    """
    wanted = [row for row in rows if row.fate is not Fate.ANSWERED]
    times = Counter(row.question for row in wanted)
    if not times:
        return []
    texts = list(times)
    vectors = encode(texts)
    weights = np.array(list(times.values()), dtype=np.float32)
    found = []
    for members in group(vectors, weights, NEAR):
        mean = weights[members] @ vectors[members]
        name = texts[members[int(np.argmax(vectors[members] @ mean))]]
        held = {texts[i] for i in members}
        found.append(_describe(name, tuple(row for row in wanted if row.question in held)))
    return sorted(found, key=lambda one: (-one.count, one.name))


def _describe(name: str, rows: tuple[Asked, ...]) -> Cluster:
    weeks = Counter(row.day - timedelta(days=row.day.weekday()) for row in rows)
    needs = Counter(need for row in rows for need in row.needs)
    told = "、".join(need for need, _ in needs.most_common(_MOST_NEEDS))
    return Cluster(name, len(rows), dict(sorted(weeks.items())), told, rows)


def group(vectors: Vector, weights: Vector, near: float) -> list[list[int]]:
    """Average-linkage clustering by nearest-neighbour chains; numbers of the vectors by group.

    ``vectors`` has shape (n, dimension), unit length; ``weights`` says how often each stands there.
    The average similarity of two groups is the product of their means, so no table of n² pairs is
    needed. A pair of nearest neighbours that is not near enough stays apart for good: what is
    merged later is no nearer to them (Murtagh 1983).
    """
    means, sizes = vectors.astype(np.float32).copy(), weights.astype(np.float32).copy()
    members = [[i] for i in range(len(means))]
    is_open = np.ones(len(means), dtype=bool)
    done: list[list[int]] = []
    chain: list[int] = []
    while is_open.any():
        if not chain:
            chain.append(int(np.argmax(is_open)))
        last = chain[-1]
        likeness = np.where(is_open, means @ means[last], -np.inf)
        likeness[last] = -np.inf
        before = chain[-2] if len(chain) > 1 else -1
        nearest = int(np.argmax(likeness))
        if before >= 0 and likeness[before] >= likeness[nearest]:
            nearest = before
        if likeness[nearest] < near:
            # Nothing is near enough to the end of the chain, now or later.
            done.append(members[last])
            is_open[last] = False
            chain.pop()
        elif nearest == before:
            chain = chain[:-2]
            total = sizes[last] + sizes[nearest]
            means[nearest] = (sizes[last] * means[last] + sizes[nearest] * means[nearest]) / total
            sizes[nearest] = total
            members[nearest] += members[last]
            is_open[last] = False
        else:
            chain.append(nearest)
    return done
