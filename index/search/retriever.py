"""The hybrid retriever: BM25 and dense vectors, fused."""

import math
from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.catalog import Corpus
from corpus.types import Passage, Status
from index.search.field import SearchField
from index.search.fusion import (
    UNPREPARED,
    Fusion,
    Nearness,
    Ranking,
    count_votes,
    describe,
    describe_unprepared,
    fit_parts,
    load_fusion,
    spread_of,
)
from index.search.late_interaction import LateInteraction
from index.search.matters import MatterSearch
from index.types import (
    Embedder,
    PartFit,
    Preference,
    Reranker,
    Retrieval,
    ScoredPassage,
    Vector,
)

_USABLE = (Status.IN_FORCE, Status.NEWS, Status.POLICY, Status.EARLIER, Status.UNDATED)

#: How many texts each ranking reads before fusion; reading vectors' ids from Chroma costs the most.
_WORDS_DEPTH = 200
_MEANING_DEPTH = 100
#: So many passages are compared piece by piece, and so many of those without lay wording.
_READING_DEPTH = 60
#: So many questions are remembered with their vectors: a dialog asks the same ones again.
_REMEMBERED = 512


@dataclass(frozen=True, slots=True)
class Candidates:
    """What the rankings found for a question: features of shape (keys, 16) and those of what has no
    lay wording, of shape (keys, 19), as ``fusion`` names them, and the best passage of each key."""

    passages: dict[str, Passage]
    features: Vector
    unprepared: Vector
    nearest: float
    spread: float
    vector: Vector
    parts: dict[str, dict[str, PartFit]]


@dataclass(frozen=True, slots=True)
class _Day:
    """What can be used on a day: documents by id, which passages are prepared and which have no
    lay wording (each shape (passages,)), the first passage of each key, parts."""

    usable: frozenset[str]
    prepared: NDArray[np.bool_]
    bare: NDArray[np.bool_]
    first: dict[str, Passage]
    parts: dict[str, Passage]


class HybridRetriever:
    """BM25 and dense retrieval over the texts and over lay wording, combined by fitted weights.

    Lay wording is a further representation of an article (multi-vector retrieval): several texts
    lead to one key; what is returned and quoted is always a passage of the article.
    """

    def __init__(
        self,
        corpus: Corpus,
        passages: Sequence[Passage],
        text: SearchField,
        reading: LateInteraction,
        lay: SearchField | None,
        embedder: Embedder,
        matters: MatterSearch | None = None,
        fusion: Fusion | None = None,
    ) -> None:
        self.corpus = corpus
        self._passages = {passage.id: passage for passage in passages}
        self._first: dict[tuple[str, str], Passage] = {}
        for passage in passages:
            self._first.setdefault((passage.document_id, passage.key), passage)
        #: What is searched, and what can be taken over by the one that comes next.
        self.text = text
        self.lay = lay
        self._embedder = embedder
        self.matters = matters
        self._reading = reading
        self._encode = lru_cache(maxsize=_REMEMBERED)(embedder.encode_query)
        self._fusion = fusion or load_fusion()
        self._days: dict[date, _Day] = {}
        self._reranker: Reranker | None = None

    def reranked(self, reranker: Reranker | None) -> "HybridRetriever":
        """This retriever with a reranker behind it (None: without one)."""
        changed = copy(self)
        changed._reranker = reranker
        return changed

    def weighed(self, fusion: Fusion) -> Self:
        """This retriever with other weights."""
        changed = copy(self)
        changed._fusion = fusion
        return changed

    @property
    def embedder_name(self) -> str:
        """Names the embedder, as in the index's fingerprint."""
        return self._embedder.name

    def weigh(self, token: str) -> float:
        """How much a token tells: its inverse document frequency in the corpus."""
        return self.text.lexical.weigh(token)

    @property
    def weight_of_unknown(self) -> float:
        """What a token tells that occurs nowhere in the corpus: as much as the rarest."""
        return math.log1p(len(self._passages))

    def texts_about(self, passage: Passage) -> tuple[str, ...]:
        """The passage and the lay wording of its article."""
        return (passage.text, *self.corpus.lay_texts(passage.key))

    def passage_of(self, key: str, day: date) -> Passage | None:
        """The first passage of the article with this key, in the version to show for ``day``."""
        found = self.corpus.article(key, day)
        if found is None:
            return None
        document, article = found
        return self._first[document.id, article.key]

    def vector(self, text: str) -> Vector:
        """The unit vector of a question, shape (dimension,)."""
        return self._encode(text)

    def near(self, question: str, documents: Collection[str], day: date) -> list[Passage]:
        """Passages of some documents that can be used on ``day``, best first by their own text."""
        wanted = self._on(day).usable & frozenset(documents)
        among = np.array([p.document_id in wanted for p in self._passages.values()], dtype=bool)
        nearest = self._reading.nearest(question, _READING_DEPTH, among)
        read = self._reading.compare(question, [name for name, _ in nearest])
        return [self._passages[name] for name, _ in read]

    def likeness(self, question: str, passage: Passage) -> float:
        """How well a passage's own text speaks of what is asked, at most 1."""
        return self._reading.likeness(question, passage.id)

    def has_lay_wording(self, title: str) -> bool:
        """Whether any article of this title was described in lay words."""
        return title in self.corpus.worded

    def retrieve(
        self, question: str, k: int, day: date, prefer: Sequence[Preference] = ()
    ) -> Retrieval:
        """At most ``k`` passages, each of another key, from what is in force on ``day``."""
        found = self.candidates(question, day)
        passages = list(found.passages.values())
        if not passages:
            return Retrieval(())
        picked = {p.name: np.array([p.picks(passage) for passage in passages]) for p in prefer}
        scores = self._fusion.combine(found.features, found.unprepared, picked)
        depth = max(k, self._reranker.depth) if self._reranker else k
        order = np.argsort(-scores, kind="stable")[:depth]
        hits = tuple(ScoredPassage(passages[i], float(scores[i])) for i in order)
        if self._reranker:
            hits = self._reranker.rerank(question, hits)[:k]
        keys = {hit.passage.key for hit in hits}
        parts = {key: fits for key, fits in found.parts.items() if key in keys}
        return Retrieval(hits, found.nearest, found.spread, found.vector, parts)

    def candidates(self, question: str, day: date) -> Candidates:
        """Every key that one of the rankings finds, with what the rankings say of it."""
        shown = self._on(day)
        vector = self._encode(question)
        best: dict[str, Passage] = {}
        text_words = self._of_text(self.text.by_words(question, _WORDS_DEPTH), shown, best)
        near = self._reading.nearest(question, _READING_DEPTH, shown.prepared, shown.bare)
        text_meaning = self._of_text(near, shown, best)
        read = self._reading.compare(question, [passage_id for passage_id, _ in near])
        text_reading = self._of_text(read, shown, best)
        lay_words: Ranking = ()
        lay_meaning: Ranking = ()
        told: Ranking = ()
        parts: dict[str, dict[str, PartFit]] = {}
        if self.lay:
            words = self.lay.by_words(question, _WORDS_DEPTH)
            meaning = self.lay.by_meaning(vector, _MEANING_DEPTH)
            lay_words = self._of_lay(words, shown, best)
            lay_meaning = self._of_lay(meaning, shown, best)
            told = [(target.split("|")[0], similarity) for target, similarity in meaning]
            parts = fit_parts(words, meaning)
        keys = list(best)
        of_text = np.hstack(
            [
                describe(text_words, keys),
                describe(text_meaning, keys, True),
                describe(text_reading, keys, True),
            ]
        )
        of_lay = np.hstack([describe(lay_words, keys), describe(lay_meaning, keys, True)])
        features = np.hstack([of_text, of_lay, count_votes(told, keys)])
        # What has no lay wording (a user's own document) would never win against what has.
        bare = {key for key, passage in best.items() if not self.has_lay_wording(passage.title)}
        is_bare = np.array([key in bare for key in keys], dtype=bool)
        features[is_bare] = 0.0
        own = [found for found in text_reading if found[0] in bare]
        prepared = [found for found in text_reading if found[0] not in bare]
        similarities = [similarity for _, similarity in (meaning if self.lay else near)]
        unprepared = np.zeros((len(keys), len(UNPREPARED)), dtype=np.float32)
        if is_bare.any():
            near_to = Nearness(
                lay=similarities if self.lay else (),
                told=self.matters.nearest(question) if self.matters else 0.0,
                own=own[0][1] if own else 0.0,
                prepared=prepared[0][1] if prepared else 0.0,
            )
            unprepared = describe_unprepared(is_bare, of_text, describe(own, keys, True), near_to)
        return Candidates(
            best,
            features,
            unprepared,
            nearest=similarities[0] if similarities else 0.0,
            spread=spread_of(similarities),
            vector=vector,
            parts=parts,
        )

    def _on(self, day: date) -> _Day:
        if day not in self._days:
            usable = frozenset(
                document.id
                for document in self.corpus.documents
                if self.corpus.status(document, day) in _USABLE
            )
            passages = self._passages.values()
            is_usable = np.array([p.document_id in usable for p in passages], dtype=bool)
            is_bare = np.array([not self.has_lay_wording(p.title) for p in passages], dtype=bool)
            shown = _Day(usable, is_usable & ~is_bare, is_usable & is_bare, {}, {})
            for passage in self._passages.values():
                if passage.document_id in usable:
                    shown.first.setdefault(passage.key, passage)
                    shown.parts.update((f"{passage.key}|{part}", passage) for part in passage.parts)
            self._days = {day: shown}
        return self._days[day]

    def _of_text(
        self, found: Iterable[tuple[str, float]], shown: _Day, best: dict[str, Passage]
    ) -> Ranking:
        """Keys of usable passages in their order; ``best`` keeps the first passage of each."""
        keys: dict[str, float] = {}
        for passage_id, score in found:
            passage = self._passages[passage_id]
            if passage.document_id in shown.usable:
                keys.setdefault(passage.key, score)
                best.setdefault(passage.key, passage)
        return list(keys.items())

    def _of_lay(
        self, found: Iterable[tuple[str, float]], shown: _Day, best: dict[str, Passage]
    ) -> Ranking:
        """Keys of the targets that can be used, in their order."""
        keys: dict[str, float] = {}
        for target, score in found:
            key = target.split("|")[0]
            part = shown.parts.get(target)
            passage = part or shown.first.get(key)
            if passage:
                # Lay wording of a part knows better than its words which part is meant.
                if part and key not in keys:
                    best[key] = part
                keys.setdefault(key, score)
                best.setdefault(key, passage)
        return list(keys.items())
