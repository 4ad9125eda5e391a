"""A matter and the asks that are meant → sentences: our statements, each with what carries it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.matters.carrying import evidence_of, is_usable
from assistant.matters.matching import Found, Told
from assistant.types import DraftSentence, Signature
from corpus.catalog import Corpus
from corpus.collections import Ask, AskKind, Statement
from corpus.key import Key

#: From this likelihood on a matter is the one that is told of, below it the nearest one, of which
#: no more than the likeliest ask is answered; chosen on 40 real questions and 392 of the train and
#: dev split.
SURE = 0.4
#: A further ask is answered where it is at least this likely, and near the likeliest one.
_ALSO = 0.25
_NEAR, _HALF = 0.6, 0.5
#: What the act costs, and what somebody wants to know who only tells his story, is added while the
#: answer is shorter than this.
_SHORT = 120
_PUNISHED = {AskKind.PERMISSION, AskKind.DUTY}
#: Of several asks each gets so many statements.
_MOST_OF_ONE = 3
_MOST_ASKS = 2
#: From this likelihood on an article was surely found.
_FOUND = 0.5
_MOST_STATEMENTS = 5
_LONGEST = 360


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a matter says to what was asked.

    ``asks`` are those that are answered, ``needs`` the texts outside the corpus that decide more
    of it.
    """

    sentences: tuple[DraftSentence, ...]
    asks: tuple[Ask, ...]
    needs: tuple[str, ...]


def prepare(found: Found, told: Told, corpus: Corpus, day: date, is_alone: bool) -> Prepared:
    """The sentences for what is meant.

    ``is_alone`` tells that nothing else is answered beside: what the act costs, and what somebody
    wants to know who only tells his story, is added while the answer stays short.
    """
    matter = found.matter
    asks_nothing = not told.ask
    holds = matter.holds_on(day)
    usable = [i for i, ask in enumerate(matter.ask) if holds and _usable(ask, told, corpus, day)]
    most = _MOST_ASKS if found.chance >= SURE else 1
    asks = [matter.ask[i] for i in (usable[:1] if asks_nothing else _meant(found, usable)[:most])]
    said = list(asks)
    likeliest = matter.ask[found.asks[0][0]]
    first = matter.ask[0]
    if is_alone and said:
        punished = [ask for ask in matter.ask if ask.kind is AskKind.PENALTY]
        also = punished[:1] if asks[0].kind in _PUNISHED else []
        also += matter.ask[:2] if asks_nothing else [first]
        said += [a for a in dict.fromkeys(also) if a not in said and _usable(a, told, corpus, day)]
    drafted: list[DraftSentence] = []
    length = 0
    for ask in said:
        if drafted and length > _SHORT and ask not in asks:
            break
        ordered = _ordered(_usable(ask, told, corpus, day), told)
        for statement in ordered[: _MOST_OF_ONE if len(said) > 1 else _MOST_STATEMENTS]:
            length += len(statement.text)
            if len(drafted) == _MOST_STATEMENTS or (drafted and length > _LONGEST):
                break
            evidence = tuple(
                dict.fromkeys(e for t in statement.by for e in evidence_of(t, corpus, day))
            )
            own = Signature(matter.signed, matter.signed_on) if matter.is_own else None
            drafted.append(DraftSentence(statement.text, evidence, is_ours=True, own=own))
    needs = dict.fromkeys(n for ask in (likeliest, *said) for n in ask.needs)
    needs |= dict.fromkeys(matter.needs)
    return Prepared(tuple(dict.fromkeys(drafted)), tuple(said), corpus.lacking(needs))


def _meant(found: Found, usable: Collection[int]) -> list[int]:
    """Of the asks that are answered those that are meant, likeliest first: one of a kind, of about
    equally likely ones the one that comes first in the matter."""
    likely = [(number, chance) for number, chance in found.asks if number in usable]
    best: dict[AskKind, tuple[int, float]] = {}
    for number, chance in likely:
        kind = found.matter.ask[number].kind
        held = best.setdefault(kind, (number, chance))
        if chance >= _NEAR * likely[0][1] and number < held[0]:
            best[kind] = (number, held[1])
    ordered = list(best.values())
    if len(likely) > 1 and likely[1][1] >= max(_ALSO, _HALF * likely[0][1]):
        # The next one of the same kind is told beside, unless an equal of it was taken.
        ordered[1:1] = [likely[1]] if likely[1][1] < _NEAR * likely[0][1] else []
    return [
        number
        for i, (number, chance) in enumerate(ordered)
        if not i or (chance >= _ALSO and chance >= _HALF * ordered[0][1])
    ]


def _usable(ask: Ask, told: Told, corpus: Corpus, day: date) -> list[Statement]:
    """The statements that hold on the day, none from a statute of a region that is not named."""

    def is_near(statement: Statement) -> bool:
        titles = {Key.parse(target.partition("|")[0]).owner for target in statement.by}
        return not titles or not all(corpus.is_elsewhere(t, told.whole) for t in titles)

    usable = [statement for statement in ask.statement if is_usable(statement, corpus, day)]
    return list(filter(is_near, usable))


def _ordered(statements: Sequence[Statement], told: Told) -> list[Statement]:
    """Those first that are for whom the text speaks of, and whose article was surely found; the
    others in their order."""
    found = {hit.passage.key: hit.score for hit in told.found.hits}

    def rank(statement: Statement) -> float:
        keys = (target.partition("|")[0] for target in statement.by)
        is_found = max((found.get(key, 0.0) for key in keys), default=0.0) >= _FOUND
        return -float(is_found) - float(bool(statement.of) and statement.of in told.whole)

    return sorted(statements, key=rank)
