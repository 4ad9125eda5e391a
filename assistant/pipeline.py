"""The one way from a question to an answer."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answering import Drafted, draft_answer
from assistant.deciding import Confidence, set_aside
from assistant.dialog import meant, resolve
from assistant.extracting import ENGINE
from assistant.gate import ground
from assistant.question import Understanding
from assistant.types import Answer, Draft, Nearest, Query
from corpus.catalog import Corpus
from index.search import HybridRetriever
from index.types import ScoredPassage

_DEPTH = 10
#: So many of the passages found are kept with an answer.
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question with its extractive answer and all that it was made from."""

    query: Query
    understanding: Understanding
    hits: tuple[ScoredPassage, ...]
    drafted: Drafted
    answer: Answer
    corpus: Corpus

    @property
    def draft(self) -> Draft:
        """The whole draft."""
        return self.drafted.draft


class Finder(Protocol):
    """What a writer may ask for beside what was prepared."""

    def prepare(self, query: Query) -> Prepared:
        """The extractive answer of a further question, one that the question was understood as."""

    def search(self, query: Query, k: int) -> Sequence[ScoredPassage]:
        """The passages for other words, best first, each of another key."""


class Writer(Protocol):
    """Makes more of an extractive answer."""

    def write(self, prepared: Prepared, finder: Finder) -> Iterator[Answer]:
        """The answer as it grows, a sentence at a time; the last one is complete."""


class Assistant:
    """Answers questions over the corpus in use. Built by ``assistant.wiring``."""

    def __init__(
        self, retriever: Callable[[], HybridRetriever], writer: Writer | None = None
    ) -> None:
        """``retriever`` gives the one to use now: documents can be added while we answer.

        Without a ``writer`` (a language model) the extractive answers are given as they are.
        """
        #: Gives the retriever in use.
        self.retriever = retriever
        self._writer = writer

    def with_writer(self, writer: Writer | None) -> "Assistant":
        """The same assistant, writing with another model or with none."""
        return Assistant(self.retriever, writer)

    def pinned(self) -> "Assistant":
        """The same assistant, staying with the index that is in use now."""
        retriever = self.retriever()
        return Assistant(lambda: retriever, self._writer)

    @property
    def corpus(self) -> Corpus:
        """The corpus that is answered from now."""
        return self.retriever().corpus

    def answer(self, query: Query) -> Answer:
        """Answer one question; QuestionError where it cannot be taken."""
        *_, last = self.stream(query)
        return last

    def stream(self, query: Query) -> Iterator[Answer]:
        """The answer as it grows, a sentence at a time; the last one is complete."""
        # Another index may come into use meanwhile: an answer is of one.
        pinned = self.pinned()
        prepared = pinned.prepare(query)
        if self._writer:
            yield from self._writer.write(prepared, pinned)
        else:
            yield from grow(prepared.answer)

    def prepare(self, query: Query) -> Prepared:
        """The extractive answer with all that it was made from."""
        retriever = self.retriever()
        corpus = retriever.corpus
        started = time.perf_counter()
        asked = replace(query, question=set_aside(query.question))
        resolved = resolve(asked, retriever, _DEPTH)
        understanding, found = resolved.understanding, resolved.found
        retrieved = time.perf_counter()
        drafted = draft_answer(meant(asked), resolved, retriever)
        answer = ground(drafted.draft, query, corpus, ENGINE)
        done = time.perf_counter()
        answer = replace(
            answer,
            understood=understanding.shown,
            leans=understanding.is_follow_up,
            needs=drafted.needs,
            matter=drafted.matter,
            nearest=tuple(map(_nearest, found.hits[:_NEAREST])),
            confidence=_shown(resolved.judgement.confidence, understanding),
            timings_ms={
                "retrieve": _ms(retrieved - started),
                "compose": _ms(done - retrieved),
                "total": _ms(done - started),
            },
        )
        return Prepared(query, understanding, found.hits, drafted, answer, corpus)

    def search(self, query: Query, k: int) -> list[ScoredPassage]:
        """The passages for a question, best first, each of another key."""
        return list(resolve(query, self.retriever(), k).found.hits)


def grow(answer: Answer) -> Iterator[Answer]:
    """A complete answer, a sentence at a time."""
    for count in range(1, len(answer.sentences) + 1):
        yield replace(answer, sentences=answer.sentences[:count])


def _shown(confidence: Confidence | None, understanding: Understanding) -> float | None:
    """How sure it is that the corpus answers; what is named is there or it is not."""
    if understanding.references:
        return 1.0
    return None if confidence is None else round(confidence.probability, 4)


def _nearest(hit: ScoredPassage) -> Nearest:
    passage = hit.passage
    return Nearest(passage.key, passage.title, passage.locator, passage.text)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
