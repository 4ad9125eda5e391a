"""BM25 over Chinese: single characters and bigrams, no word list."""

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np

from corpus.language import fold
from index.types import Vector

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:\.[0-9]+)?")


def tokenize(text: str) -> list[str]:
    """Characters and bigrams of Chinese runs; Latin words and numbers whole."""
    tokens: list[str] = []
    for run in _RUN.findall(fold(text)):
        if run[0] <= "z":
            tokens.append(run)
        else:
            tokens += run
            tokens += (run[i : i + 2] for i in range(len(run) - 1))
    return tokens


class LexicalIndex:
    """BM25 scores of one list of texts."""

    def __init__(self, model: bm25s.BM25) -> None:
        self._model = model

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index the texts in their order."""
        model = bm25s.BM25(k1=1.2, b=0.6)
        model.index([tokenize(text) for text in texts], show_progress=False)
        return cls(model)

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        self._model.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what ``save`` wrote; OSError or ValueError where it cannot be read."""
        try:
            return cls(bm25s.BM25.load(folder, show_progress=False))
        except (KeyError, json.JSONDecodeError) as error:
            raise ValueError(str(error)) from error

    def weigh(self, token: str) -> float:
        """Inverse document frequency of a token, ln(1 + N / df); 0 for one that never occurs."""
        known = self._model.vocab_dict.get(token)
        if known is None or not token:
            return 0.0
        starts = self._model.scores["indptr"]
        frequency = int(starts[known + 1] - starts[known])
        return math.log1p(self._model.scores["num_docs"] / frequency) if frequency else 0.0

    def scores(self, text: str) -> Vector:
        """One score a text, 0 where nothing is shared; shape (texts,)."""
        known = self._model.vocab_dict
        tokens = [token for token in tokenize(text) if token in known]
        if not tokens:
            return np.zeros(self._model.scores["num_docs"], dtype=np.float32)
        return np.asarray(self._model.get_scores(tokens), dtype=np.float32)
