"""The one way from a question to an answer."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from assistant.extractive import ENGINE, ExtractiveComposer
from assistant.grounding import ground
from assistant.overview import overview
from assistant.refusal import confidence, refuse, refuse_outright
from assistant.routing import preferences
from assistant.types import Answer, Draft, Query
from assistant.understanding import Understanding, understand
from corpus.catalog import Corpus
from corpus.references import Reference, cross_references
from corpus.types import Status
from index.retriever import HybridRetriever
from index.types import Retrieval, ScoredPassage, blend

_DEPTH = 10
#: How probable it is that a passage of a law to come is meant before it is shown.
_FITS_AHEAD = 0.3
#: From this many characters of its own on a follow-up is searched for by itself as well.
_SPEAKS_FOR_ITSELF = 3
#: How many hits of a follow-up are read before the two searches are blended.
_BLENDED = 30


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
        found = find(retriever, understanding, _DEPTH, query.as_of)
        retrieved = time.perf_counter()
        draft = _draft(query, understanding, found, retriever)
        answer = ground(draft, query, corpus, ENGINE)
        done = time.perf_counter()
        return replace(
            answer,
            understood=understanding.shown,
            confidence=_confidence(query, understanding, found, retriever),
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
        return list(find(retriever, understand(query, retriever.corpus), k, query.as_of).hits)


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
    if understanding.looks_ahead:
        found = _look_ahead(found, retriever, understanding, k, day)
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
    if not understanding.is_follow_up:
        return retriever.retrieve(understanding.search_text, k, day, prefer)
    if not understanding.own_words:
        return retriever.retrieve(understanding.subject, k, day, prefer)
    if understanding.own_words < _SPEAKS_FOR_ITSELF:
        return retriever.retrieve(understanding.search_text, k, day, prefer)
    depth = max(k, _BLENDED)
    together = retriever.retrieve(understanding.search_text, depth, day, prefer)
    return blend(together, retriever.retrieve(understanding.text, depth, day, prefer), k)


def _look_ahead(
    found: Retrieval, retriever: HybridRetriever, understanding: Understanding, k: int, day: date
) -> Retrieval:
    """What a law that is still to come says comes first, where that fits best on its first day."""
    corpus = retriever.corpus
    coming = corpus.next_commencement(day)
    if coming is None:
        return found
    later = retriever.retrieve(understanding.search_text, k, coming, preferences(understanding))
    ahead = tuple(
        hit
        for hit in later.hits
        if hit.score >= _FITS_AHEAD
        and corpus.status(corpus.document(hit.passage.document_id), day) is Status.NOT_YET
    )
    return replace(found, hits=(*ahead, *found.hits)[:k]) if ahead else found


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
    composer = ExtractiveComposer(retriever.corpus, retriever.weigh, found.parts)
    refusal = refuse_outright(understanding)
    if not refusal and (listed := overview(understanding, retriever.corpus)):
        return composer.list_all(query, listed)
    refusal = refusal or refuse(query, understanding, found, retriever)
    if refusal:
        return refusal
    reference = understanding.looked_up
    if reference and reference.key and not understanding.is_follow_up:
        return composer.look_up(query, understanding)
    if reference is None and understanding.asks_only_validity:
        told = composer.tell_validity(query, understanding.references)
        if told.sentences:
            return told
    return composer.compose(query, understanding, found.hits)


def _confidence(
    query: Query, understanding: Understanding, found: Retrieval, retriever: HybridRetriever
) -> float | None:
    """How sure it is that the corpus answers; what names an article is there or it is not."""
    if understanding.looked_up:
        return 1.0
    probability = confidence(query, understanding, found, retriever)
    return None if probability is None else round(probability, 4)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
