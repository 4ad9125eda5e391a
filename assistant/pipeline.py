"""The one way from a question to an answer."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.extractive import ENGINE, ExtractiveComposer
from assistant.grounding import ground
from assistant.refusal import refuse
from assistant.routing import preferences
from assistant.scope import load_scope
from assistant.types import Answer, Draft, Outcome, Query
from assistant.understanding import Aspect, Understanding, understand
from corpus.catalog import Corpus
from corpus.references import Reference, cross_references
from index.retriever import HybridRetriever
from index.types import Retrieval, ScoredPassage, blend

_DEPTH = 10
#: How many hits of a follow-up are read before the two searches are blended.
_BLENDED = 30


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with its extractive answer and all that it was made from."""

    query: Query
    understanding: Understanding
    hits: tuple[ScoredPassage, ...]
    draft: Draft
    answer: Answer
    corpus: Corpus


class Writer(Protocol):
    """Makes more of an extractive answer; never anything else of a refusal."""

    def write(self, prepared: Prepared, prepare: Callable[[Query], Prepared]) -> Iterator[Answer]:
        """The answer as it grows, a sentence at a time; the last one is complete.

        ``prepare`` answers a further question, one that the question was understood as.
        """


class Assistant:
    """Answers questions over the corpus in use. Built by ``assistant.wiring``."""

    def __init__(
        self, retriever: Callable[[], HybridRetriever], writer: Writer | None = None
    ) -> None:
        """``retriever`` gives the one to use now: documents can be added while we answer.

        Without a ``writer`` (a language model) the extractive answers are given as they are.
        """
        self._retriever = retriever
        self._writer = writer

    def with_writer(self, writer: Writer | None) -> "Assistant":
        """The same assistant, writing with another model or with none."""
        return Assistant(self._retriever, writer)

    @property
    def corpus(self) -> Corpus:
        """The corpus that is answered from now."""
        return self._retriever().corpus

    def answer(self, query: Query) -> Answer:
        """Answer one question; QuestionError where it cannot be taken."""
        *_, last = self.stream(query)
        return last

    def stream(self, query: Query) -> Iterator[Answer]:
        """The answer as it grows, a sentence at a time; the last one is complete."""
        prepared = self._prepare(query)
        if self._writer and prepared.answer.outcome is Outcome.ANSWERED:
            yield from self._writer.write(prepared, self._prepare)
        else:
            yield from grow(prepared.answer)

    def _prepare(self, query: Query) -> Prepared:
        retriever = self._retriever()
        corpus = retriever.corpus
        started = time.perf_counter()
        understanding = understand(query, corpus)
        understood = time.perf_counter()
        found = find(retriever, understanding, _DEPTH, query.as_of)
        retrieved = time.perf_counter()
        draft = _draft(query, understanding, found, retriever)
        answer = ground(draft, query, corpus, ENGINE)
        done = time.perf_counter()
        answer = replace(
            answer,
            understood=understanding.shown,
            confidence=_confidence(understanding, found, retriever),
            timings_ms={
                "understand": _ms(understood - started),
                "retrieve": _ms(retrieved - understood),
                "compose": _ms(done - retrieved),
                "total": _ms(done - started),
            },
        )
        return Prepared(query, understanding, found.hits, draft, answer, corpus)

    def search(self, query: Query, k: int) -> list[ScoredPassage]:
        """The passages for a question, best first, each of another key."""
        retriever = self._retriever()
        return list(find(retriever, understand(query, retriever.corpus), k, query.as_of).hits)


def grow(answer: Answer) -> Iterator[Answer]:
    """A complete answer, a sentence at a time."""
    for count in range(1, len(answer.sentences) + 1):
        yield replace(answer, sentences=answer.sentences[:count])


def find(retriever: HybridRetriever, understanding: Understanding, k: int, day: date) -> Retrieval:
    """What the question names comes first, then what retrieval finds."""
    corpus = retriever.corpus
    keys = [key for r in understanding.references if (key := r.key)]
    keys += [r.key for key in keys for r in _pointed_to(corpus, key, day) if r.key]
    # Of a repealed article the one that governs the matter today is asked for as well.
    keys += [new for key in keys for new in corpus.governing(key, day)]
    if understanding.theme:
        keys.append(understanding.theme)
    named = [p for key in dict.fromkeys(keys) if (p := retriever.passage_of(key, day))]
    found = _retrieve(retriever, understanding, k, day)
    first = {passage.key for passage in named}
    hits = (
        *(ScoredPassage(p, 1 + 1 / rank) for rank, p in enumerate(named, 1)),
        *(hit for hit in found.hits if hit.passage.key not in first),
    )
    return replace(found, hits=hits[:k])


def _retrieve(
    retriever: HybridRetriever, understanding: Understanding, k: int, day: date
) -> Retrieval:
    """Of what a follow-up finds with the turn it leans on, what it finds by itself comes first."""
    prefer = preferences(understanding)
    if not (understanding.is_follow_up and understanding.says_something):
        return retriever.retrieve(understanding.search_text, k, day, prefer)
    depth = max(k, _BLENDED)
    together = retriever.retrieve(understanding.search_text, depth, day, prefer)
    return blend(together, retriever.retrieve(understanding.text, depth, day, prefer), k)


def _pointed_to(corpus: Corpus, key: str, day: date) -> list[Reference]:
    """The articles that a named article points to (「依照本法第……条」)."""
    found = corpus.article(key, day)
    if found is None:
        return []
    document, article = found
    return cross_references(article.text, document.title, corpus.names)


def _draft(
    query: Query,
    understanding: Understanding,
    found: Retrieval,
    retriever: HybridRetriever,
) -> Draft:
    refusal = refuse(query, understanding, found, retriever)
    if refusal:
        return refusal
    composer = ExtractiveComposer(retriever.corpus, retriever.weigh, found.parts)
    reference = understanding.looked_up
    if reference and reference.key and not understanding.is_follow_up:
        return composer.look_up(query, understanding)
    if reference is None and Aspect.FORCE in understanding.aspects and understanding.references:
        told = composer.tell_validity(query, understanding.references)
        if told.sentences:
            return told
    return composer.compose(query, understanding, found.hits)


def _confidence(
    understanding: Understanding, found: Retrieval, retriever: HybridRetriever
) -> float | None:
    """How sure it is that the corpus answers; what names an article is there or it is not."""
    if understanding.looked_up:
        return 1.0
    scope = load_scope()
    if not found.hits or scope.embedder != retriever.embedder_name:
        return None
    return round(scope.probability(found), 4)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
