"""A turn that sets right what was understood before (「不是渣土车，是挖掘机」): what is meant."""

from assistant.question import clauses_of
from corpus.language import Cue, count_words, fold, load_cues

#: What is meant says at least so much.
_LEAST = 2


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
    meant = "".join(
        means.taken_out(clause) for clause, no in zip(clauses, rejected, strict=True) if not no
    )
    meant = meant.strip(" ，,")
    return meant if count_words(meant) >= _LEAST else turn


def _cue(name: str) -> Cue:
    return load_cues("assistant.dialog", "turns.toml")[name]
