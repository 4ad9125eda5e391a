"""Composing an answer with a small language model, which writes beside what was extracted.

The extractive answer is there before the model is asked, and all of it stays: its notes and its
leading sentence first, then what the model writes, each sentence after it has passed, then the
quotes. Whatever the model does, the reader has the verbatim text and nothing that it does not
carry.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from assistant.extracting import ENGINE
from assistant.gate import carried, ground, quote_of
from assistant.llm import Deadline, Engine, Meter, Prompt
from assistant.pipeline import Finder, Prepared, grow
from assistant.question import Aspect
from assistant.types import Answer, Audience, Draft, DraftSentence, Evidence, Outcome, Query
from assistant.writing import notes
from assistant.writing.beside.placing import Placer
from assistant.writing.beside.repetition import repeats
from assistant.writing.beside.rephrasing import Rephraser
from assistant.writing.orders import has_orders
from assistant.writing.prompts import answer_prompt, gist_prompt, pack
from assistant.writing.proposals import read_proposals
from corpus.errors import EngineError, EngineOverflowError

#: So many sentences of the model stand in an answer.
_MOST = 3
_MOST_PASSAGES = 6


@dataclass(frozen=True, slots=True)
class Uses:
    """What the model is used for beside answering."""

    follow_ups: bool = False
    split: bool = False
    gist: bool = True


_USES = Uses()


@dataclass(slots=True)
class _Work:
    """One answer in the making."""

    prepared: Prepared
    deadline: Deadline
    meter: Meter
    started: float
    name: str
    opening: tuple[DraftSentence, ...] = ()
    quotes: tuple[DraftSentence, ...] = ()
    written: list[DraftSentence] = field(default_factory=list)
    proposed: int = 0
    repeated: int = 0
    first_ms: float | None = None

    def answer(self, note: str = "", is_complete: bool = False) -> Answer:
        """The answer so far; all sentences pass the gate once more."""
        query, base = self.prepared.query, self.prepared.answer
        quotes = self.quotes if is_complete else ()
        draft = Draft((*self.opening, *self.written, *quotes))
        engine = f"llm:{self.meter.name or self.name}" if self.written else ENGINE
        now = round(1000 * (time.perf_counter() - self.started), 2)
        if self.first_ms is None:
            self.first_ms = now
        spent = base.timings_ms.get("total", 0.0)
        return replace(
            ground(draft, query, self.prepared.corpus, engine),
            question=base.question,
            outcome=Outcome.ANSWERED,
            understood=base.understood,
            leans=base.leans,
            confidence=base.confidence,
            needs=base.needs,
            matter=base.matter,
            timings_ms={
                **base.timings_ms,
                "first": round(spent + self.first_ms, 2),
                "llm": now,
                "total": round(spent + now, 2),
            },
            note=note,
            usage=self.meter.usage,
        )


class BesideWriter:
    """Writes with a small language model around an extractive answer; a refusal stays one."""

    def __init__(self, engine: Engine, uses: Uses = _USES) -> None:
        self._engine = engine
        self._uses = uses
        self._rephraser = Rephraser(engine)

    def write(self, prepared: Prepared, finder: Finder) -> Iterator[Answer]:
        """The answer as it grows; within the engine's time limit the last one is complete."""
        if prepared.answer.outcome is Outcome.DECLINED:
            yield from grow(prepared.answer)
            return
        started = time.perf_counter()
        deadline, meter = Deadline(self._engine.timeout_s), Meter()
        prepared = self._understood(prepared, finder.prepare, deadline, meter)
        work = _Work(prepared, deadline, meter, started, self._engine.name)
        is_gist = _names_article(prepared)
        evidence, was_held_back = _evidence(prepared)
        if not evidence and was_held_back:
            yield from grow(replace(prepared.answer, note=notes.HELD_BACK))
            return
        if not evidence or _asks_validity(prepared) or (is_gist and not self._wants_gist(prepared)):
            yield from grow(replace(prepared.answer, note=notes.VERBATIM))
            return
        kept = carried(prepared.draft, prepared.query, prepared.corpus)
        work.opening, work.quotes = _divide(kept)
        if work.opening:
            yield from grow(work.answer())
        problem = ""
        try:
            for _ in self._write(work, evidence, is_gist):
                yield work.answer()
        except EngineError as error:
            problem = str(error)
        note = notes.tell(problem, bool(work.written), work.repeated > 0)
        done = work.answer(note, is_complete=True)
        # The complete answer comes last also where nothing follows what was shown already.
        shown = min(len(work.opening) + len(work.written) + 1, len(done.sentences))
        for count in range(shown, len(done.sentences) + 1):
            yield replace(done, sentences=done.sentences[:count])

    def _write(
        self, work: _Work, evidence: Sequence[Evidence], is_gist: bool
    ) -> Iterator[DraftSentence]:
        """Every sentence of the model that stands, as soon as it does."""
        budget = self._engine.evidence_tokens
        try:
            yield from self._ask(work, evidence, is_gist, budget)
        except EngineOverflowError:
            if work.written:
                raise
            yield from self._ask(work, evidence, is_gist, budget // 2)

    def _ask(
        self, work: _Work, evidence: Sequence[Evidence], is_gist: bool, budget: int
    ) -> Iterator[DraftSentence]:
        query, corpus = work.prepared.query, work.prepared.corpus
        lines = pack(evidence, corpus, budget)
        prompt = (
            gist_prompt(lines)
            if is_gist
            else answer_prompt(query, lines, self._engine.is_structured)
        )
        placer = Placer(evidence[: len(lines)], corpus, query.as_of, query.question)
        with closing(self._pieces(prompt, work)) as pieces:
            for proposal in read_proposals(pieces):
                work.proposed += 1
                sentence = placer.place(proposal, is_gist)
                if sentence is None:
                    continue
                if repeats(sentence.text, work.opening + tuple(work.written), work.quotes, corpus):
                    work.repeated += 1
                    continue
                work.written.append(sentence)
                yield sentence
                if is_gist or len(work.written) >= _MOST:
                    return

    def _pieces(self, prompt: Prompt, work: _Work) -> Generator[str, None, None]:
        yield from self._engine.stream(prompt, work.deadline, work.meter)

    def _understood(
        self,
        prepared: Prepared,
        prepare: Callable[[Query], Prepared],
        deadline: Deadline,
        meter: Meter,
    ) -> Prepared:
        """The question as the model reads it, where that leads to an answer as well."""
        try:
            if self._uses.follow_ups and prepared.understanding.is_follow_up:
                return self._rephraser.complete(prepared, prepare, deadline, meter)
            if self._uses.split:
                return self._rephraser.divide(prepared, prepare, deadline, meter)
        except EngineError:
            # What was understood without it stands; if the model is away, writing will tell.
            return prepared
        return prepared

    def _wants_gist(self, prepared: Prepared) -> bool:
        wants = prepared.query.audience is Audience.PUBLIC
        return self._uses.gist and (wants or Aspect.SIMPLER in prepared.understanding.aspects)


def _names_article(prepared: Prepared) -> bool:
    """Whether the text of an article is what was asked for."""
    understanding = prepared.understanding
    return understanding.looked_up is not None and not understanding.is_follow_up


def _asks_validity(prepared: Prepared) -> bool:
    """Whether the validity of a title is what was asked for."""
    understanding = prepared.understanding
    asks = Aspect.FORCE in understanding.aspects and bool(understanding.references)
    return asks and understanding.looked_up is None


def _evidence(prepared: Prepared) -> tuple[list[Evidence], bool]:
    """What the model sees, each piece once, and whether something was held back from it."""
    pieces = dict.fromkeys(e for s in prepared.draft.sentences for e in s.evidence)
    kept = [e for e in pieces if not has_orders(quote_of(e, prepared.corpus))]
    return kept[:_MOST_PASSAGES], len(kept) < len(pieces)


def _divide(
    kept: Sequence[DraftSentence],
) -> tuple[tuple[DraftSentence, ...], tuple[DraftSentence, ...]]:
    """The sentences before the first quote or carried statement, and those from it on."""
    first = next(
        (i for i, s in enumerate(kept) if "「" in s.text or (s.is_ours and s.evidence)), len(kept)
    )
    return tuple(kept[:first]), tuple(kept[first:])
