"""Which of several current articles is meant where the one that governed before was divided up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from corpus.catalog import Corpus
from corpus.language import fold, pairs

#: The likeliest article has at least so much of the words that tell the articles apart (in nats),
#: and so many times as much as the next.
_ENOUGH, _CLEARLY = 4.5, 1.7
#: How often people call an article by a pair of characters counts so much more than that the
#: article has it.
_LAY = 3.0


def meant_successor(
    keys: Sequence[str],
    wordings: Iterable[str],
    corpus: Corpus,
    day: date,
    weigh: Callable[[str], float],
) -> str | None:
    """The one of the articles ``keys`` that the first of ``wordings`` to tell it speaks of, None
    where none does; ``weigh`` tells how rare a pair of characters is, in nats."""
    told = {key: _told(key, corpus, day) for key in keys}
    if len(told) < 2:
        return next(iter(told), None)
    return next(filter(None, (_likeliest(words, told, weigh) for words in wordings)), None)


def _told(key: str, corpus: Corpus, day: date) -> Mapping[str, float]:
    """How much an article has of each pair of characters: 1 where it has it itself, and up to
    ``_LAY`` more by the share of what it is called in plain words that has it."""
    found = corpus.article(key, day)
    lay = [pairs(fold(text)) for text in (corpus.gist(key), *corpus.lay_texts(key))]
    told: dict[str, float] = defaultdict(float)
    for pair in pairs(fold(found[1].text if found else "")):
        told[pair] += 1.0
    for own in lay:
        for pair in own:
            told[pair] += _LAY / len(lay)
    return told


def _likeliest(
    words: str, told: Mapping[str, Mapping[str, float]], weigh: Callable[[str], float]
) -> str | None:
    """The article that has clearly more than the others of what tells them apart."""
    scores = dict.fromkeys(told, 0.0)
    for pair in pairs(fold(words)):
        shares = {key: own.get(pair, 0.0) for key, own in told.items()}
        most, mean = max(shares.values()), sum(shares.values()) / len(shares)
        for key, share in shares.items():
            if share > mean:
                scores[key] += weigh(pair) * (share - mean) / most
    (best, first), (_, second) = sorted(scores.items(), key=lambda kv: -kv[1])[:2]
    return best if first >= _ENOUGH and first >= _CLEARLY * second else None
