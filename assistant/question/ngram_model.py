"""A logistic model over a text's character n-grams: what a short text is, told by its wording."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.logistic import likelihood

_LONGEST = 4
#: What stands before and behind a text, so that its beginning and end are n-grams of their own.
_BEGIN, _END = "^", "$"


@dataclass(frozen=True, slots=True)
class NgramModel:
    """Weights by n-gram, and a constant; fitted by ``eval.fit.wording``."""

    weights: Mapping[str, float]
    intercept: float

    def logit(self, text: str) -> float:
        """The log-odds that a folded text is what the model tells."""
        return self.intercept + sum(self.weights.get(n, 0.0) for n in set(character_ngrams(text)))

    def chance(self, text: str) -> float:
        """The probability of that, 0 to 1."""
        return likelihood(self.logit(text))


def character_ngrams(text: str) -> Iterator[str]:
    """Every run of one to four characters, with marks for the beginning and the end."""
    marked = f"{_BEGIN}{text.strip()}{_END}"
    for size in range(1, _LONGEST + 1):
        for start in range(len(marked) - size + 1):
            yield marked[start : start + size]


@cache
def load_ngrams(package: str, file: str) -> NgramModel:
    """The weights in a file beside a package's modules."""
    return NgramModel(**json.loads((resources.files(package) / file).read_text("utf-8")))
