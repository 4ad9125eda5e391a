"""The second reading of sentences while the rest of an answer is still being written."""

import contextvars
from collections.abc import Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from assistant.llm import Deadline, Engine, Meter
from assistant.types import DraftSentence, Evidence
from assistant.writing.judging.prompt import Verdict, judge_prompt, read_verdicts
from corpus.catalog import Corpus

#: So many sentences are read at the same time.
_AT_ONCE = 4

_Read = tuple[Verdict, Meter]
_Key = tuple[str, tuple[Evidence, ...]]


class SecondReading:
    """Reads each sentence in a call of its own, beside what is still written.

    Where an engine is not judged, every sentence stands: only what keeps to the source's words
    came here. To be closed; what is under way then ends by itself, by the deadline.
    """

    def __init__(self, engine: Engine, corpus: Corpus, deadline: Deadline, meter: Meter) -> None:
        self._engine, self._corpus = engine, corpus
        self._deadline, self._meter = deadline, meter
        self._pool = ThreadPoolExecutor(_AT_ONCE, "second-reading")
        self._under_way: dict[_Key, Future[_Read]] = {}
        self._read: dict[_Key, Verdict] = {}

    def begin(self, sentence: DraftSentence) -> None:
        """Have a sentence read; at once where a reader is free."""
        key = _key(sentence)
        if not self._engine.is_judged or key in self._under_way or key in self._read:
            return
        # What watches the calls (LangChain's callbacks) goes with the context.
        context = contextvars.copy_context()
        self._under_way[key] = self._pool.submit(context.run, self._judge, sentence)

    def verdict(self, sentence: DraftSentence) -> Verdict | None:
        """What came of it, None where it is not read; EngineError, once, where its call failed."""
        if not self._engine.is_judged:
            return Verdict()
        key = _key(sentence)
        future = self._under_way.get(key)
        if future and future.done():
            del self._under_way[key]
            self._read[key], meter = future.result()
            self._meter.include(meter)
        return self._read.get(key)

    def wait(self, sentences: Iterable[DraftSentence]) -> bool:
        """Wait until one more of the sentences has been read, or its call has failed; False where
        none of them is being read."""
        some = [self._under_way[k] for k in map(_key, sentences) if k in self._under_way]
        wait(some, return_when=FIRST_COMPLETED)
        return bool(some)

    def close(self) -> None:
        """Begin no more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _judge(self, sentence: DraftSentence) -> _Read:
        meter = Meter()
        prompt = judge_prompt((sentence,), self._corpus)
        reply = self._engine.complete(prompt, self._deadline, meter)
        return read_verdicts(reply, (sentence,), self._corpus)[0], meter


def _key(sentence: DraftSentence) -> _Key:
    return sentence.text, sentence.evidence
