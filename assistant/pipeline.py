"""The one way from a question to an answer."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.extractive import ENGINE, ExtractiveComposer
from assistant.grounding import ground
from assistant.refusal import refuse
from assistant.routing import preference
from assistant.types import Answer, Draft, Query
from assistant.understanding import Understanding, understand
from corpus.catalog import Corpus
from index.retriever import HybridRetriever
from index.types import ScoredPassage

_DEPTH = 10


class Assistant:
    """Answers questions over the corpus in use. Built by ``assistant.wiring``."""

    def __init__(self, retriever: Callable[[], HybridRetriever]) -> None:
        """``retriever`` gives the one to use now: documents can be added while we answer."""
        self._retriever = retriever

    @property
    def corpus(self) -> Corpus:
        """The corpus that is answered from now."""
        return self._retriever().corpus

    def answer(self, query: Query) -> Answer:
        """Answer one question; QuestionError where it cannot be taken."""
        retriever = self._retriever()
        corpus = retriever.corpus
        started = time.perf_counter()
        understanding = understand(query, corpus)
        understood = time.perf_counter()
        hits = _find(retriever, understanding, _DEPTH, query.as_of)
        retrieved = time.perf_counter()
        draft = _draft(query, understanding, hits, retriever)
        answer = ground(draft, query, corpus, ENGINE)
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
        retriever = self._retriever()
        return _find(retriever, understand(query, retriever.corpus), k, query.as_of)


def _find(
    retriever: HybridRetriever, understanding: Understanding, k: int, day: date
) -> list[ScoredPassage]:
    """What the question names comes first, then what retrieval finds."""
    corpus = retriever.corpus
    keys = [key for r in understanding.references if (key := r.key)]
    # Of a repealed article the one that governs the matter today is asked for as well.
    keys += [new for key in keys for new in corpus.governing(key, day)]
    if understanding.theme:
        keys.append(understanding.theme)
    named = [p for key in dict.fromkeys(keys) if (p := retriever.passage_of(key, day))]
    found = retriever.retrieve(understanding.search_text, k, day, preference(understanding))
    top = found[0].score if found else 1.0
    first = {passage.key for passage in named}
    return [
        *(ScoredPassage(p, top * (2 + 1 / rank)) for rank, p in enumerate(named, 1)),
        *(hit for hit in found if hit.passage.key not in first),
    ][:k]


def _draft(
    query: Query,
    understanding: Understanding,
    hits: Sequence[ScoredPassage],
    retriever: HybridRetriever,
) -> Draft:
    refusal = refuse(query, understanding, hits, retriever.corpus)
    if refusal:
        return refusal
    composer = ExtractiveComposer(retriever.corpus, retriever.weigh)
    reference = understanding.looked_up
    if reference and reference.key and not understanding.is_follow_up:
        return composer.look_up(query, understanding, reference)
    return composer.compose(query, understanding, hits)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
