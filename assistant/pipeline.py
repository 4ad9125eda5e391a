"""The one way from a question to an answer."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.extractive import ENGINE, ExtractiveComposer
from assistant.grounding import ground
from assistant.refusal import Refusals
from assistant.types import Answer, Draft, DraftSentence, Query
from assistant.understanding import Understanding, understand
from corpus.catalog import Corpus
from corpus.references import Reference
from corpus.types import Kind
from index.retriever import HybridRetriever
from index.types import ScoredPassage

_DEPTH = 10


class Assistant:
    """Answers questions over one corpus. Built by ``assistant.wiring``."""

    def __init__(self, corpus: Corpus, retriever: HybridRetriever) -> None:
        self.corpus = corpus
        self._retriever = retriever
        self._composer = ExtractiveComposer(corpus, retriever.weigh)
        self._refusals = Refusals(corpus)

    def answer(self, query: Query) -> Answer:
        """Answer one question; QuestionError where it cannot be taken."""
        started = time.perf_counter()
        understanding = understand(query, self.corpus)
        understood = time.perf_counter()
        hits = self._hits(understanding, _DEPTH, query.as_of)
        retrieved = time.perf_counter()
        draft = self._draft(query, understanding, hits)
        answer = ground(draft, query, self.corpus, ENGINE)
        done = time.perf_counter()
        return replace(
            answer,
            timings_ms={
                "understand": _ms(understood - started),
                "retrieve": _ms(retrieved - understood),
                "compose": _ms(done - retrieved),
                "total": _ms(done - started),
            },
        )

    def stream(self, query: Query) -> Iterator[Answer]:
        """The answer as it grows, a sentence at a time; the last one is complete."""
        answer = self.answer(query)
        for count in range(1, len(answer.sentences) + 1):
            yield replace(answer, sentences=answer.sentences[:count])

    def search(self, query: Query, k: int) -> list[ScoredPassage]:
        """The passages for a question, best first, each of another key."""
        return self._hits(understand(query, self.corpus), k, query.as_of)

    def _hits(self, understanding: Understanding, k: int, day: date) -> list[ScoredPassage]:
        """Articles that the question names come first, then what retrieval finds."""
        named = [
            passage
            for reference in understanding.references
            if reference.key and (passage := self._retriever.passage_of(reference.key, day))
        ]
        prefer = Kind.POLICY if understanding.is_local else None
        found = self._retriever.retrieve(understanding.search_text, k, day, prefer)
        top = found[0].score if found else 1.0
        keys = {passage.key for passage in named}
        return [
            *(ScoredPassage(p, 2 * top) for p in named),
            *(hit for hit in found if hit.passage.key not in keys),
        ][:k]

    def _draft(
        self, query: Query, understanding: Understanding, hits: Sequence[ScoredPassage]
    ) -> Draft:
        refusal = self._refusals.before(query, understanding, hits)
        if refusal:
            return refusal
        reference = understanding.looked_up
        if reference and reference.key and not understanding.is_follow_up:
            return self._composer.look_up(query, understanding, reference)
        notes = self._named_title_notes(understanding.references, query.as_of)
        draft = self._composer.compose(query, understanding, hits)
        return replace(draft, sentences=(*notes, *draft.sentences))

    def _named_title_notes(self, references: Sequence[Reference], day: date) -> list[DraftSentence]:
        notes: list[DraftSentence] = []
        for reference in references:
            document = self.corpus.version_on(reference.title or "", day)
            if document:
                notes += self._composer.status_notes(document, day)
        return notes


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
