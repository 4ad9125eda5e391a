"""An answer in the making: what a model wrote to each ask, and the answer so far."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.extracting import ENGINE
from assistant.gate import ground
from assistant.llm import Deadline, Meter
from assistant.pipeline import Prepared
from assistant.types import Answer, Draft, DraftSentence, Outcome
from assistant.writing.answering import Refused
from assistant.writing.packing import Pack


@dataclass(slots=True)
class Written:
    """What a model wrote to one ask."""

    ask: str
    sentences: list[DraftSentence] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    missing: str | None = None
    #: Whether the sentence that answers first did not stand: the rest says too little.
    has_fallen: bool = False

    @property
    def stands(self) -> bool:
        """Whether it is an answer."""
        return bool(self.sentences) and not self.has_fallen

    def keep(self, kept: Sequence[DraftSentence]) -> None:
        """Keep only these of its sentences; where the first is not among them it has fallen."""
        self.has_fallen |= list(kept[:1]) != self.sentences[:1]
        self.sentences = list(kept)


@dataclass(slots=True)
class Work:
    """One answer in the making."""

    prepared: Prepared
    name: str
    deadline: Deadline
    meter: Meter = field(default_factory=Meter)
    started: float = field(default_factory=time.perf_counter)
    #: When the first words were there: the source's, or a sentence.
    first_ms: float | None = None
    asks: list[Written] = field(default_factory=list)
    pack: Pack = field(default_factory=lambda: Pack((), ()))

    @property
    def has_written(self) -> bool:
        """Whether a sentence of the model's stands."""
        return any(one.stands for one in self.asks)

    def answer(self, sentences: Sequence[DraftSentence], outcome: Outcome, note: str) -> Answer:
        """The answer of these sentences; all of them pass the gate once more."""
        base = self.prepared.answer
        engine = f"llm:{self.meter.name or self.name}" if self.has_written else ENGINE
        now = round(1000 * (time.perf_counter() - self.started), 2)
        if self.first_ms is None:
            self.first_ms = now
        spent = base.timings_ms.get("total", 0.0)
        draft = Draft(tuple(sentences), outcome)
        return replace(
            ground(draft, self.prepared.query, self.prepared.corpus, engine),
            question=base.question,
            understood=base.understood,
            leans=base.leans,
            confidence=base.confidence,
            needs=base.needs,
            matter=base.matter,
            nearest=base.nearest,
            timings_ms={
                **base.timings_ms,
                "first": round(spent + self.first_ms, 2),
                "llm": now,
                "total": round(spent + now, 2),
            },
            note=note,
            usage=self.meter.usage,
        )

    def found(self) -> Iterator[Answer]:
        """The answer before anything is asked: the source that was found first, where one answers.
        What the program would say of it is not shown: the model may read it otherwise."""
        base = self.prepared.answer
        if base.outcome is Outcome.ANSWERED and base.citations:
            self.first_ms = round(1000 * (time.perf_counter() - self.started), 2)
            engine = f"llm:{self.name}"
            yield replace(base, sentences=(), citations=base.citations[:1], engine=engine)

    def source(self, sentence: DraftSentence) -> Answer:
        """The answer before its first words: the source that a sentence rests on, which is still
        being read."""
        return replace(self.answer([sentence], Outcome.ANSWERED, ""), sentences=())

    def extractive(self, note: str) -> Answer:
        """The answer as it was without the model, with the note that tells why."""
        return replace(self.prepared.answer, note=note, usage=self.meter.usage)
