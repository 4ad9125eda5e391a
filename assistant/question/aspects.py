"""What sort of thing a question asks for, told by how it asks."""

from enum import StrEnum

from corpus.language import Cue, load_cues


class Aspect(StrEnum):
    """What sort of thing is asked for."""

    QUANTITY = "quantity"
    DATE = "date"
    FORCE = "force"
    PENALTY = "penalty"
    LIST = "list"
    CONTENT = "content"
    TERM = "term"
    PERMISSION = "permission"
    CONFIRM = "confirm"
    COMPARE = "compare"
    SIMPLER = "simpler"
    WHO = "who"
    DEFINE = "define"
    SOURCE = "source"


def wording(name: str) -> Cue:
    """A cue of ``wording.toml``: words that tell what a question is about, or how it is told."""
    return load_cues("assistant.question", "wording.toml")[name]


def aspects_of(text: str) -> frozenset[Aspect]:
    """All that a folded question asks for."""
    asks = load_cues("assistant.question", "asks.toml")
    return frozenset(aspect for aspect in Aspect if asks[aspect].found_in(text))
