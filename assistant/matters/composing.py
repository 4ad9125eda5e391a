"""A matter and the asks that are meant → sentences: our statements, each with what carries it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.matters.carrying import evidence_of, is_usable
from assistant.matters.matching import Found
from assistant.types import DraftSentence
from corpus.catalog import Corpus
from corpus.collections import Ask, Statement

#: A further ask is answered where it is at least this likely, and near the likeliest one.
_ALSO = 0.3
_NEAR = 0.6
#: What somebody wants to know who only tells his story is added while the answer stays short.
_SHORT = 150
_MOST_STATEMENTS = 4
_LONGEST = 320


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a matter says to what was asked.

    ``asks`` are those that are answered; ``unsaid`` those that the corpus does not answer;
    ``needs`` the texts outside it that decide them or the answered ones.
    """

    sentences: tuple[DraftSentence, ...]
    asks: tuple[Ask, ...]
    unsaid: tuple[Ask, ...]
    needs: tuple[str, ...]


def prepare(
    found: Found, text: str, corpus: Corpus, day: date, asks_nothing: bool, is_alone: bool
) -> Prepared:
    """The sentences for what is meant; ``text`` tells whom it is about.

    ``asks_nothing``: the story alone was told; ``is_alone``: nothing else is answered beside.
    """
    matter = found.matter
    meant = [0] if asks_nothing else _meant(found)
    asks = [matter.ask[i] for i in meant]
    said = [ask for ask in asks if _usable(ask, corpus, day)]
    unsaid = [ask for ask in asks if not ask.statement]
    first = matter.ask[0]
    if is_alone and said and first not in asks and _usable(first, corpus, day):
        length = sum(len(s.text) for ask in said for s in _usable(ask, corpus, day))
        said += [first] if length < _SHORT else []
    if asks_nothing and is_alone:
        said += [a for a in matter.ask[1:2] if a.statement and a not in said]
    drafted: list[DraftSentence] = []
    length = 0
    for ask in said:
        for statement in _ordered(_usable(ask, corpus, day), text):
            length += len(statement.text)
            if len(drafted) == _MOST_STATEMENTS or (drafted and length > _LONGEST):
                break
            evidence = tuple(
                dict.fromkeys(e for t in statement.by for e in evidence_of(t, corpus, day))
            )
            drafted.append(DraftSentence(statement.text, evidence, is_ours=True))
    needs = dict.fromkeys(n for ask in (*unsaid, *said) for n in ask.needs)
    needs |= dict.fromkeys(matter.needs)
    return Prepared(tuple(dict.fromkeys(drafted)), tuple(said), tuple(unsaid), tuple(needs))


def _meant(found: Found) -> list[int]:
    """The asks that are meant, likeliest first."""
    best = found.asks[0][1]
    return [
        number
        for i, (number, chance) in enumerate(found.asks)
        if not i or (chance >= _ALSO and chance >= _NEAR * best)
    ][:2]


def _usable(ask: Ask, corpus: Corpus, day: date) -> list[Statement]:
    return [statement for statement in ask.statement if is_usable(statement, corpus, day)]


def _ordered(statements: Sequence[Statement], text: str) -> list[Statement]:
    """Those for whom the text speaks of first, the others in their order."""
    return sorted(statements, key=lambda s: not (s.of and s.of in text))
