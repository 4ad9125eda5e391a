"""Whether a sentence says what the answer has already said."""

from collections.abc import Sequence

from assistant.gate import quote_of
from assistant.types import DraftSentence
from corpus.catalog import Corpus
from corpus.language import pairs, squeeze

_ALIKE = 0.85
#: A sentence in the words of a quote that has so much of it adds nothing to it.
_WHOLE = 0.6


def repeats(
    text: str, told: Sequence[DraftSentence], quotes: Sequence[DraftSentence], corpus: Corpus
) -> bool:
    """Whether ``text`` was told before, or is nearly all of a quote that stands anyway."""
    own = _pairs(text)
    if any(len(own & _pairs(s.text)) >= _ALIKE * min(len(own), len(_pairs(s.text))) for s in told):
        return True
    pieces = dict.fromkeys(e for s in quotes for e in s.evidence)
    return any(_is_most_of(own, _pairs(quote_of(piece, corpus))) for piece in pieces)


def _is_most_of(own: frozenset[str], quoted: frozenset[str]) -> bool:
    shared = len(own & quoted)
    return shared >= _ALIKE * len(own) and shared >= _WHOLE * len(quoted)


def _pairs(text: str) -> frozenset[str]:
    return pairs(squeeze(text))
