"""What the same server takes without this project: the measure of what the door costs."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

from assistant.llm import Deadline, Engine, Meter, Prompt
from assistant.writing import ASKED, as_data
from corpus.errors import EngineError
from corpus.language import simplify
from eval.runner import Result


@dataclass(frozen=True, slots=True)
class Bare:
    """One question's times in milliseconds, ours and those of the bare server."""

    id: str
    ours_token_ms: float | None
    ours_first_ms: float
    bare_token_ms: float | None
    bare_sentence_ms: float | None

    @property
    def token_ratio(self) -> float | None:
        """Our first token over the bare server's."""
        return _ratio(self.ours_token_ms, self.bare_token_ms)

    @property
    def first_ratio(self) -> float | None:
        """The first words that the reader sees over the bare server's first sentence."""
        return _ratio(self.ours_first_ms, self.bare_sentence_ms)


@dataclass(slots=True)
class Timed(Engine):
    """An engine that notes its prompts and when their first token came."""

    asked: list[tuple[Prompt, float | None]] = field(default_factory=list)

    @classmethod
    def of(cls, engine: Engine) -> "Timed":
        """The same engine, timed."""
        return cls(**{f.name: getattr(engine, f.name) for f in fields(Engine)})

    def stream(self, prompt: Prompt, deadline: Deadline, meter: Meter) -> Iterator[str]:
        """As the engine does."""
        started, first = time.perf_counter(), None
        try:
            for text in Engine.stream(self, prompt, deadline, meter):
                if first is None:
                    first = 1000 * (time.perf_counter() - started)
                yield text
        finally:
            self.asked.append((prompt, first))


def measure_bare(engine: Timed, results: Sequence[Result]) -> list[Bare]:
    """Ask the server the prompts again, bare.

    The passages are told apart from those of before by one character, so that of the prompt no more
    is cached than was then: the rules.
    """
    asked = {prompt.user.rsplit(ASKED, 1)[-1]: (prompt, first) for prompt, first in engine.asked}
    measured = []
    for result in results:
        question = (result.question.turns or (result.question.question,))[-1]
        ends = [tail for tail in asked if tail.endswith(simplify(as_data(question)))]
        if not ends or "first" not in result.answer["timings_ms"]:
            continue
        prompt, first = asked[ends[0]]
        token, sentence = time_bare(engine, prompt, "﹒")
        ours = result.answer["timings_ms"]["first"]
        measured.append(Bare(result.question.id, first, ours, token, sentence))
    return measured


def time_bare(engine: Engine, prompt: Prompt, apart: str = "") -> tuple[float | None, float | None]:
    """Milliseconds to the first token and to the end of the first sentence; ``apart`` is put before
    the passages."""
    extra = {"max_tokens": prompt.max_tokens}
    messages = [("system", prompt.system), ("human", apart + prompt.user)]
    started, token, said = time.perf_counter(), None, ""
    try:
        for chunk in engine.model.stream(messages, extra_body=extra, timeout=engine.timeout_s):
            said += str(chunk.text)
            now = 1000 * (time.perf_counter() - started)
            if said and token is None:
                token = now
            if any(end in said for end in "。！？\n"):
                return token, now
    except Exception as error:
        raise EngineError("裸用服务器时出错") from error
    return token, 1000 * (time.perf_counter() - started)


def _ratio(ours: float | None, bare: float | None) -> float | None:
    return ours / bare if ours is not None and bare else None
