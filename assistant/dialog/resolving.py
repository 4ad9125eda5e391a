"""What a question asks in its dialog, and the passages for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.deciding import Judgement, judge, missing_from
from assistant.dialog.correcting import meant
from assistant.dialog.leaning import lean_on
from assistant.dialog.model import DialogModel, load_dialog_model
from assistant.dialog.turns import SEARCHES, Turn, search_turn
from assistant.extracting import Fits
from assistant.finding import find
from assistant.intake import check_question
from assistant.question import Understanding, understand
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.errors import QuestionError
from index.search import HybridRetriever
from index.types import Retrieval, ScoredPassage

#: So many turns before the last one are looked at.
_TURNS = 40
#: Of what was talked about so many characters are searched with.
_LONGEST_TOPIC = 300


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a question asks in its dialog, passages for it, how their parts fit, and what is decided
    of it."""

    understanding: Understanding
    found: Retrieval
    fits: Fits
    judgement: Judgement

    @property
    def is_of_place(self) -> bool:
        """Whether it is about what an authority plans for its place, ours or another."""
        understanding, hits = self.understanding, self.found.hits
        is_policy = bool(hits) and hits[0].passage.kind is Kind.POLICY
        return is_policy and (understanding.is_local or understanding.speaks_of_a_city)


def resolve(query: Query, retriever: HybridRetriever, k: int) -> Resolved:
    """What the question asks in its dialog, and at most ``k`` passages for it.

    A turn that can stand alone is answered as if nothing had been said before.
    """
    query = replace(query, history=_usable(query.history))
    turn = stand(query, retriever)
    if turn is None:
        asked = replace(meant(query), history=())
        alone = understand(asked, retriever.corpus, said=query.history)
        found = find(retriever, alone, k, query.as_of)
        return Resolved(alone, found, Fits(found.parts), judge(alone, found, retriever))
    return settle(turn, load_dialog_model(), k, retriever.corpus)


def settle(turn: Turn, model: DialogModel, k: int, corpus: Corpus) -> Resolved:
    """What a turn asks in the light of all its searches, and at most ``k`` passages for it."""
    understanding, found = turn.leaning, turn.found["together"]
    fits = _fit_parts(turn, found)
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


def _fit_parts(turn: Turn, found: Retrieval) -> Fits:
    """How parts fit: as the search says that is followed, or another one where it says nothing."""
    parts = {key: fits for other in turn.found.values() for key, fits in other.parts.items()}
    own = turn.found["alone"].parts if turn.alone.own_words else {}
    return Fits({**parts, **found.parts}, own, turn.found["earlier"].parts)


def stand(query: Query, retriever: HybridRetriever) -> Turn | None:
    """The last turn in its dialog; None where it does not lean on one.

    That is so of a first question, of one that can stand alone or names an article, and where
    nothing is in force to be found.
    """
    topic = lean_on(query.question, query.history, retriever)[-_LONGEST_TOPIC:]
    if not topic:
        return None
    # That it sets something right tells that it leans; what it rejects is not searched for.
    query = meant(query)
    alone = understand(query, retriever.corpus)
    if any(r.key for r in alone.references):
        return None
    return search_turn(query, alone, topic, retriever)


def _usable(history: Sequence[str]) -> tuple[str, ...]:
    """The turns that say anything."""
    return tuple(turn for turn in history if _is_usable(turn))[-_TURNS:]


def _is_usable(turn: str) -> bool:
    try:
        return bool(check_question(turn))
    except QuestionError:
        return False
