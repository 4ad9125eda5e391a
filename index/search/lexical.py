"""BM25 over Chinese: single characters and bigrams, no word list.

What is kept are the counts of each text's tokens: a text that comes or goes costs its own tokens
alone. The scores are made of the counts when an index is opened, by the formula that bm25s has by
default (Lucene's; Kamphuis et al., ECIR 2020), and bm25s adds them up for a question.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from corpus.language import fold
from index.types import Vector

_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:\.[0-9]+)?")
_K1, _B = 1.2, 0.6
_VOCABULARY = "vocabulary.json"
_ARRAYS = ("lengths", "starts", "rows", "counts")
#: A token so often in a text is counted no further.
_MOST = np.iinfo(np.uint16).max

Ints = NDArray[np.integer]
Weights = NDArray[np.float64]


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


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each token stands in each text.

    ``names`` tell the texts apart by their content, ``lengths`` count their tokens; the entries of
    token ``t`` are ``[starts[t]:starts[t + 1]]`` of ``rows`` (the texts, in order) and ``counts``.
    """

    names: tuple[str, ...]
    vocabulary: tuple[str, ...]
    lengths: Ints
    starts: Ints
    rows: Ints
    counts: Ints

    @property
    def tokens(self) -> Ints:
        """The token of each entry."""
        return np.repeat(np.arange(len(self.vocabulary), dtype=np.int32), np.diff(self.starts))

    def is_begun_by(self, vocabulary: Sequence[str]) -> bool:
        """Whether these tokens begin with all of its own, as those of a later index do."""
        return tuple(vocabulary[: len(self.vocabulary)]) == self.vocabulary

    def save(self, folder: Path) -> None:
        """Write them to a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        words = {"names": self.names, "vocabulary": self.vocabulary}
        (folder / _VOCABULARY).write_text(json.dumps(words, ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, folder: Path, before: "Counts | None" = None) -> "Counts":
        """Read what ``save`` wrote; OSError or ValueError where it cannot be read.

        With ``before``, one that is held in memory, the same tokens are the same objects.
        """
        try:
            words = json.loads((folder / _VOCABULARY).read_text("utf-8"))
            arrays = {name: np.load(folder / f"{name}.npy") for name in _ARRAYS}
            vocabulary = tuple(words["vocabulary"])
            if before and before.is_begun_by(vocabulary):
                vocabulary = (*before.vocabulary, *vocabulary[len(before.vocabulary) :])
            found = cls(tuple(words["names"]), vocabulary, **arrays)
        except (KeyError, TypeError, EOFError) as error:
            raise ValueError(str(error)) from error
        if not (
            len(found.starts) == len(found.vocabulary) + 1
            and len(found.names) == len(found.lengths)
            and len(found.rows) == len(found.counts) == found.starts[-1]
        ):
            raise ValueError("counts and vocabulary do not belong together")
        return found


class LexicalIndex:
    """BM25 scores of one list of texts."""

    def __init__(self, counts: Counts, before: "LexicalIndex | None" = None) -> None:
        """``before`` is an earlier one, most of whose tokens these are."""
        self.counts = counts
        self._model = _scored(counts, _places(counts, before))

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index the texts in their order."""
        return cls(count(texts))

    @classmethod
    def load(cls, folder: Path, before: "LexicalIndex | None" = None) -> "LexicalIndex":
        """Read counts that were saved; OSError or ValueError where it cannot be done. What
        ``before``, an earlier one, holds of them is taken over."""
        return cls(Counts.load(folder, before.counts if before else None), before)

    def weigh(self, token: str) -> float:
        """Inverse document frequency of a token, ln(1 + N / df); 0 for one that never occurs."""
        known = self._model.vocab_dict.get(token)
        return float(self._weights[known]) if known is not None and token else 0.0

    def common(self, text: str) -> Weights:
        """What the tokens weigh together that each text has in common with this one; shape
        (texts,)."""
        found = np.zeros(len(self.counts.names))
        known, starts = self._model.vocab_dict, self.counts.starts
        for i in {known[token] for token in tokenize(text) if token in known}:
            # A token has each text once.
            found[self.counts.rows[starts[i] : starts[i + 1]]] += self._weights[i]
        return found

    @cached_property
    def totals(self) -> Weights:
        """What the tokens of each text weigh, each once; shape (texts,)."""
        weights = np.repeat(self._weights, np.diff(self.counts.starts))
        found = np.bincount(self.counts.rows, weights, minlength=len(self.counts.names))
        return found.astype(np.float64)

    @cached_property
    def _weights(self) -> Weights:
        """Inverse document frequencies by token."""
        frequency = np.diff(self.counts.starts)
        return np.log1p(
            np.divide(
                len(self.counts.names), frequency, out=np.zeros(len(frequency)), where=frequency > 0
            )
        )

    def scores(self, text: str) -> Vector:
        """One score a text, 0 where nothing is shared; shape (texts,)."""
        known = self._model.vocab_dict
        tokens = [token for token in tokenize(text) if token in known]
        if not tokens:
            return np.zeros(len(self.counts.names), dtype=np.float32)
        return np.asarray(self._model.get_scores(tokens), dtype=np.float32)


_NOTHING = Counts(
    names=(),
    vocabulary=(),
    lengths=np.zeros(0, np.int32),
    starts=np.zeros(1, np.int64),
    rows=np.zeros(0, np.int32),
    counts=np.zeros(0, np.uint16),
)


def count(texts: Sequence[str], known: Counts | None = None) -> Counts:
    """The counts of the texts in their order; what ``known`` has is taken over from it."""
    known = known or _NOTHING
    names = tuple(hashlib.blake2b(text.encode(), digest_size=8).hexdigest() for text in texts)
    if names == known.names:
        return known
    places = {name: row for row, name in enumerate(known.names)}
    moved = np.full(len(known.names), -1, dtype=np.int32)
    lengths = np.zeros(len(texts), dtype=np.int32)
    ids = {token: i for i, token in enumerate(known.vocabulary)}
    new_tokens: list[int] = []
    new_rows: list[int] = []
    new_counts: list[int] = []
    for row, name in enumerate(names):
        place = places.get(name)
        if place is not None and moved[place] < 0:
            moved[place] = row
            lengths[row] = known.lengths[place]
            continue
        found = tokenize(texts[row])
        lengths[row] = len(found)
        for token, times in Counter(found).items():
            new_tokens.append(ids.setdefault(token, len(ids)))
            new_rows.append(row)
            new_counts.append(min(times, _MOST))
    rows = moved[known.rows]
    kept = rows >= 0
    tokens = np.concatenate([known.tokens[kept], np.asarray(new_tokens, np.int32)])
    rows = np.concatenate([rows[kept], np.asarray(new_rows, np.int32)])
    counts = np.concatenate([known.counts[kept], np.asarray(new_counts, np.uint16)])
    # Timsort: what is in order already costs next to nothing.
    order = np.argsort(tokens.astype(np.int64) * max(1, len(texts)) + rows, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(tokens, minlength=len(ids)))])
    return Counts(names, tuple(ids), lengths, starts, rows[order], counts[order])


def _places(counts: Counts, before: LexicalIndex | None) -> dict[str, int]:
    """The number of each token."""
    if before is None or not before.counts.is_begun_by(counts.vocabulary):
        return {token: i for i, token in enumerate(counts.vocabulary)}
    held = len(before.counts.vocabulary)
    # Copying costs a tenth of counting: those who ask meanwhile don't notice.
    places = dict(before._model.vocab_dict)
    places.update((token, i) for i, token in enumerate(counts.vocabulary[held:], held))
    return places


def _scored(counts: Counts, places: dict[str, int]) -> bm25s.BM25:
    """The scores of all entries."""
    model = bm25s.BM25(k1=_K1, b=_B)
    texts = len(counts.names)
    in_texts = np.diff(counts.starts)
    weights = np.log(1 + (texts - in_texts + 0.5) / (in_texts + 0.5)).astype(np.float32)
    mean = counts.lengths.mean() if texts else 1.0
    norms = _K1 * ((1 - _B) + _B * counts.lengths / mean)
    frequencies = counts.counts.astype(np.float32)
    shares = frequencies / (norms[counts.rows] + frequencies)
    model.scores = {
        "data": (np.repeat(weights, in_texts) * shares).astype(np.float32),
        "indices": counts.rows,
        "indptr": counts.starts,
        "num_docs": texts,
    }
    model.vocab_dict = places
    model.nonoccurrence_array = None
    return model
