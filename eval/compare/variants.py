"""The parts of the retriever changed one at a time, for the rows of the ablation table."""

from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date

import numpy as np

from corpus.language import fold, load_thesaurus
from index.embedders import SentenceEmbedder
from index.search import FEATURES, RANKINGS, Candidates, Fusion, HybridRetriever, SearchField
from index.types import Preference, Retrieval, Vector

_RRF_CONSTANT = 60


class RankFusion(Fusion):
    """Reciprocal rank fusion with equal weights (Cormack et al., SIGIR 2009); nothing preferred."""

    def combine(
        self, features: Vector, unprepared: Vector, preferred: Mapping[str, Vector]
    ) -> Vector:
        """Sums over the rankings of 1 / (60 + rank), scaled to 1; shape (candidates,)."""
        first = features[:, [FEATURES.index(f"{ranking}_first") for ranking in RANKINGS]]
        ranks = 1 / np.where(first > 0, first, 1) - 1
        scores: Vector = np.where(first > 0, 1 / (_RRF_CONSTANT + ranks), 0).sum(axis=1)
        return scores / max(float(scores.sum()), 1e-9)


class WideningField(SearchField):
    """Searches by words for the legal words of the thesaurus as well."""

    def by_words(self, question: str, depth: int) -> list[tuple[str, float]]:
        """As a field does, with the question widened."""
        legal = load_thesaurus().widen(fold(question))
        return SearchField.by_words(self, " ".join((question, *legal)), depth)


class RememberingEmbedder(SentenceEmbedder):
    """Embeds each question once; embedding is what takes the time."""

    def __init__(self, embedder: SentenceEmbedder) -> None:
        super().__init__(lambda: embedder.model, embedder.name)
        self._known: dict[str, Vector] = {}

    def encode_query(self, text: str) -> Vector:
        """A vector of shape (dimension,), unit length."""
        if text not in self._known:
            self._known[text] = super().encode_query(text)
        return self._known[text]


class VariedRetriever(HybridRetriever):
    """The parts of another retriever, some changed; keeps the candidates of each question."""

    def __init__(self, parts: HybridRetriever) -> None:
        vars(self).update(vars(parts))
        self._kept: dict[str, Candidates] = {}
        self._prefers = True

    def without_preferences(self) -> "VariedRetriever":
        """Prefers nothing; the candidates are shared."""
        other = copy(self)
        other._prefers = False
        return other

    def widened(self) -> "VariedRetriever":
        """Searches the texts by words for the thesaurus's legal words as well."""
        other = copy(self)
        text = self.text
        other.text = WideningField(
            text.lexical, text.lexical_targets, text.store, text.dense_targets
        )
        other._kept = {}
        return other

    def candidates(self, question: str, day: date) -> Candidates:
        """Those of the first time that the question was asked; all rows ask of one day."""
        if question not in self._kept:
            self._kept[question] = super().candidates(question, day)
        return self._kept[question]

    def retrieve(
        self, question: str, k: int, day: date, prefer: Sequence[Preference] = ()
    ) -> Retrieval:
        """What the hybrid retriever gives."""
        return super().retrieve(question, k, day, prefer if self._prefers else ())
