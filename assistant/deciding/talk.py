"""What comes before any search: a kind word for a greeting, the right number in an emergency."""

from assistant.types import Draft, DraftSentence
from corpus.language import Cue, count_words, fold, load_cues

#: A turn that says more than this besides its kind word asks for something.
_OWN = 4


def reply(text: str) -> Draft | None:
    """The reply to a turn that is nothing but thanks, a greeting or a question about us."""
    folded = fold(text)
    rest, labels = folded, []
    for cue in _cues("word"):
        shorter = cue.taken_out(rest)
        if shorter != rest:
            labels.append(cue.label)
        rest = shorter
    if not labels or count_words(rest) > _OWN:
        return None
    return Draft((DraftSentence(labels[-1], is_ours=True),))


def come_first(text: str) -> tuple[DraftSentence, ...]:
    """What has to be said before anything else: whom to call."""
    folded = fold(text)
    return tuple(
        DraftSentence(cue.label, is_ours=True) for cue in _cues("first") if cue.found_in(folded)
    )


def _cues(of: str) -> list[Cue]:
    return [cue for cue in load_cues("assistant.deciding", "talk.toml").values() if cue.of == of]
