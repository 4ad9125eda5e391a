"""A matter and the asks that are meant → sentences: our statements, each with what carries it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.matters.carrying import evidence_of, is_usable
from assistant.matters.matching import Found, Told
from assistant.types import DraftSentence
from corpus.catalog import Corpus
from corpus.collections import Ask, AskKind, Statement
from index.search import HybridRetriever

#: A further ask is answered where it is at least this likely, and near the likeliest one.
_ALSO = 0.3
_NEAR = 0.6
#: What the act costs, and what somebody wants to know who only tells his story, is added while the
#: answer is shorter than this.
_SHORT = 120
_PUNISHED = {AskKind.PERMISSION, AskKind.DUTY}
#: Of several asks each gets so many statements.
_MOST_OF_ONE = 2
#: A statement that is this much nearer in meaning counts as one whose article was found.
_STEP = 0.05
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
    found: Found, told: Told, retriever: HybridRetriever, day: date, is_alone: bool
) -> Prepared:
    """The sentences for what is meant.

    ``is_alone`` tells that nothing else is answered beside: what the act costs, and what somebody
    wants to know who only tells his story, is added while the answer stays short.
    """
    matter, corpus = found.matter, retriever.corpus
    asks_nothing = not told.ask
    meant = [0] if asks_nothing else _meant(found)
    asks = [matter.ask[i] for i in meant]
    said = [ask for ask in asks if _usable(ask, corpus, day)]
    unsaid = [ask for ask in asks if not ask.statement]
    first = matter.ask[0]
    if is_alone and said:
        punished = [ask for ask in matter.ask if ask.kind is AskKind.PENALTY]
        also = punished[:1] if asks[0].kind in _PUNISHED else []
        also += matter.ask[:2] if asks_nothing else [first]
        said += [a for a in dict.fromkeys(also) if a not in said and _usable(a, corpus, day)]
    drafted: list[DraftSentence] = []
    length = 0
    for ask in said:
        if drafted and length > _SHORT and ask not in asks:
            break
        ordered = _ordered(_usable(ask, corpus, day), told, retriever)
        for statement in ordered[: _MOST_OF_ONE if len(said) > 1 else _MOST_STATEMENTS]:
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


def _ordered(
    statements: Sequence[Statement], told: Told, retriever: HybridRetriever
) -> list[Statement]:
    """Those first that speak of whom the text speaks of, then by how near they are to the ask and
    by how likely retrieval thinks the articles that carry them."""
    if len(statements) < 2 or retriever.matters is None:
        return list(statements)
    vector = retriever.vector(told.asked)
    near = retriever.matters.likeness([s.text for s in statements], vector)
    found = {hit.passage.key: hit.score for hit in told.found.hits}

    def rank(place: int) -> float:
        own = statements[place]
        reach = max((found.get(t.partition("|")[0], 0.0) for t in own.by), default=0.0)
        is_of = bool(own.of) and own.of in told.whole
        return float(near[place]) / _STEP + reach + is_of

    order = sorted(range(len(statements)), key=rank, reverse=True)
    return [statements[place] for place in order]
