"""Which of several current articles is meant where the one that governed before was divided up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from corpus.catalog import Corpus
from corpus.language import fold, pairs

#: The likeliest article has at least so much of the words that tell the articles apart (in nats),
#: and so many times as much as the next.
_ENOUGH, _CLEARLY = 6.0, 1.8


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


def _told(key: str, corpus: Corpus, day: date) -> frozenset[str]:
    """The pairs of characters of an article and of what it is called in plain words."""
    found = corpus.article(key, day)
    own = found[1].text if found else ""
    return pairs(fold("\n".join((own, corpus.gist(key), *corpus.lay_texts(key)))))


def _likeliest(
    words: str, told: Mapping[str, frozenset[str]], weigh: Callable[[str], float]
) -> str | None:
    """The article that has clearly more than the others of what tells them apart."""
    scores = dict.fromkeys(told, 0.0)
    for pair in pairs(fold(words)):
        having = [key for key, own in told.items() if pair in own]
        for key in having:
            scores[key] += weigh(pair) * (len(told) - len(having)) / (len(told) - 1)
    (best, first), (_, second) = sorted(scores.items(), key=lambda kv: -kv[1])[:2]
    return best if first >= _ENOUGH and first >= _CLEARLY * second else None
