"""A turn that sets right what was understood before (「不是渣土车，是挖掘机」): what is meant."""

from dataclasses import replace

from assistant.question import clauses_of
from assistant.types import Query
from corpus.language import Cue, count_words, fold, load_cues

#: What is meant says at least so much.
_LEAST = 2


def meant(query: Query) -> Query:
    """The query with what its last turn means; a first question is taken as it stands."""
    return replace(query, question=set_right(query.question)) if query.history else query


def set_right(turn: str) -> str:
    """The turn without what it rejects and without the words that only say that something else is
    meant; the turn itself where it sets nothing right."""
    rejects, means = _cue("rejects"), _cue("means")
    clauses = clauses_of(fold(turn))
    rejected = [rejects.found_in(clause) for clause in clauses]
    if not any(rejected) or not any(
        means.found_in(clause) for clause, no in zip(clauses, rejected, strict=True) if not no
    ):
        return turn
    kept = "".join(
        means.taken_out(clause) for clause, no in zip(clauses, rejected, strict=True) if not no
    ).strip(" ，,")
    return kept if count_words(kept) >= _LEAST else turn


def _cue(name: str) -> Cue:
    return load_cues("assistant.dialog", "turns.toml")[name]
