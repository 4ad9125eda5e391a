"""What a question asks in its dialog, and the passages for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.checking import MAX_QUESTION, check_question
from assistant.deciding import Judgement, judge, missing_from
from assistant.dialog.model import DialogModel, load_dialog_model
from assistant.dialog.turns import SEARCHES, Turn, search_turn
from assistant.extracting import Fits
from assistant.finding import find
from assistant.question import Understanding, understand
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.errors import QuestionError
from corpus.language import fold
from index.search import HybridRetriever
from index.types import Retrieval, ScoredPassage

#: So many turns before the last one are looked at.
_TURNS = 2
#: From this likelihood on a turn is taken to lean on the dialog.
_LEANS = 0.5
#: From this one on what was talked about before it is still talked about after it.
_KEEPS_TOPIC = 0.3


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a question asks in its dialog, passages for it, how their parts fit, and what is decided
    of it."""

    understanding: Understanding
    found: Retrieval
    fits: Fits
    judgement: Judgement


def resolve(query: Query, retriever: HybridRetriever, k: int) -> Resolved:
    """What the question asks in its dialog, and at most ``k`` passages for it."""
    query = replace(query, history=_usable(query.history))
    turn = stand(query, retriever)
    if turn is None:
        alone = understand(query, retriever.corpus)
        found = find(retriever, alone, k, query.as_of)
        return Resolved(alone, found, Fits(found.parts), judge(alone, found, retriever))
    return settle(turn, load_dialog_model(), k, retriever.corpus)


def settle(turn: Turn, model: DialogModel, k: int, corpus: Corpus) -> Resolved:
    """What a turn asks in the light of all its searches, and at most ``k`` passages for it."""
    leans = model.leans(turn) >= _LEANS
    understanding, found = (
        (turn.leaning, turn.found["together"]) if leans else (turn.alone, turn.found["alone"])
    )
    fits = _fit_parts(turn, found, leans)
    confidence = model.judge(turn)

    def resolved(hits: tuple[ScoredPassage, ...]) -> Resolved:
        settled = replace(found, hits=hits)
        judgement = Judgement(missing_from(understanding, settled, corpus), confidence)
        return Resolved(understanding, settled, fits, judgement)

    if turn.names_its_source:
        return resolved(found.hits[:k])
    chances = model.chances(turn)
    passages = {
        hit.passage.key: hit.passage for search in SEARCHES[::-1] for hit in turn.found[search].hits
    }
    order = np.argsort(-chances, kind="stable")[:k]
    return resolved(tuple(ScoredPassage(passages[turn.keys[i]], float(chances[i])) for i in order))


def _fit_parts(turn: Turn, found: Retrieval, leans: bool) -> Fits:
    """How parts fit: as the search says that is followed, or another one where it says nothing."""
    parts = {key: fits for other in turn.found.values() for key, fits in other.parts.items()}
    whole = {**parts, **found.parts}
    if not leans:
        return Fits(whole)
    own = turn.found["alone"].parts if turn.alone.own_words else {}
    return Fits(whole, own, turn.found["earlier"].parts)


def stand(query: Query, retriever: HybridRetriever) -> Turn | None:
    """The last turn in its dialog; None where it cannot lean on one.

    That is so of a first question, of one that names an article, and where nothing is in force to
    be found.
    """
    alone = understand(query, retriever.corpus)
    if not query.history or any(r.key for r in alone.references):
        return None
    return search_turn(query, alone, _topic(query, retriever), retriever)


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
