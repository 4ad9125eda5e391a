"""How long a reader waits for the first words of a model, beside the bare server's first sentence.

    python -m eval.compare.first_words [--count 24] [--first-s 0.5] [--characters-per-s 60]

The recorded replies are served over OpenAI's protocol at a model's pace. Three moments of every
answer are measured from the question on: the source of the first sentence is shown, that sentence
is (it has passed the gate and the second reading), and all is; and on the same server,
without this project, the first sentence of the reply to the same prompt.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assistant.llm import Deadline, Engine, Meter, Pace, Prompt, Request, connect, scripted_server
from assistant.pipeline import Assistant
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_assistant
from assistant.writing import PLAN, AnswerWriter
from eval.compare.bare import Timed, time_bare
from eval.compare.recorded import (
    DAY,
    RecordedEngine,
    load_replies,
    load_verdicts,
    recorded_questions,
)
from eval.metrics import Question

_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Waited:
    """Seconds of one question; ``sentence_s`` and ``bare_s`` as described above."""

    id: str
    is_planned: bool
    words_s: float
    sentence_s: float
    all_s: float
    bare_s: float


def wait_for(
    assistant: Assistant, engine: Engine, questions: Sequence[Question], count: int
) -> list[Waited]:
    """The first questions that the model answers, and of which every call was answered."""
    found: list[Waited] = []
    for question in questions:
        if len(found) == count:
            break
        timed = Timed.of(engine)
        if row := _wait(assistant.with_writer(AnswerWriter(timed)), timed, question):
            found.append(row)
    return found


def _wait(assistant: Assistant, timed: Timed, question: Question) -> Waited | None:
    turns = question.turns or (question.question,)
    query = Query(turns[-1], DAY, history=turns[:-1])
    started = time.perf_counter()
    words = sentence = None
    answer = None
    for answer in assistant.stream(query):
        now = time.perf_counter() - started
        words = words or now
        sentence = sentence or (now if answer.sentences else None)
    done = time.perf_counter() - started
    if answer is None or answer.note or not answer.engine.startswith("llm:"):
        return None
    asked = [prompt for prompt, _ in timed.asked if "要回答的事：" in prompt.user]
    _, bare_ms = time_bare(timed, asked[0])
    if words is None or sentence is None or bare_ms is None:
        return None
    is_planned = any(prompt.system == PLAN for prompt, _ in timed.asked)
    return Waited(question.id, is_planned, words, sentence, done, bare_ms / 1000)


def table(rows: Sequence[Waited]) -> str:
    """The medians in seconds, and of each moment its ratio to the bare server's first sentence."""
    lines = ["| | n | bare | words | sentence | all | words/bare | sentence/bare |"]
    lines.append("|---" * 8 + "|")
    kinds = (
        ("one call", [r for r in rows if not r.is_planned]),
        ("planned", [r for r in rows if r.is_planned]),
        ("together", list(rows)),
    )
    for name, some in kinds:
        if not some:
            continue
        times = (
            f"{median(getattr(r, field) for r in some):.2f}"
            for field in ("bare_s", "words_s", "sentence_s", "all_s")
        )
        ratios = (
            f"{median(getattr(r, field) / r.bare_s for r in some):.2f}"
            for field in ("words_s", "sentence_s")
        )
        lines.append(f"| {name} | {len(some)} | {' | '.join((*times, *ratios))} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--first-s", type=float, default=0.5)
    parser.add_argument("--characters-per-s", type=float, default=60.0)
    chosen = parser.parse_args()
    recorded = RecordedEngine(load_replies(), load_verdicts())

    def reply(request: Request) -> str:
        return recorded.complete(Prompt(request.system, request.user, 0), Deadline(9), Meter())

    assistant = build_assistant(load_settings(), lambda done, total: None)
    with scripted_server(reply, Pace(chosen.first_s, chosen.characters_per_s)) as server:
        engine = connect("scripted-faithful", server.base_url, server.key, timeout_s=_TIMEOUT_S)
        rows = wait_for(assistant, engine, recorded_questions(), chosen.count)
    sys.stdout.write(f"{table(rows)}\n")


if __name__ == "__main__":
    main()
