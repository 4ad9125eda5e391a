"""A strong model's recorded replies, replayed through the whole product."""

from datetime import date

import pytest

from assistant.llm import Deadline, Meter, Prompt
from assistant.pipeline import Assistant
from assistant.writing import JUDGE, AnswerWriter
from corpus.errors import EngineError
from eval.compare.recorded import (
    RecordedEngine,
    hash_of,
    load_replies,
    load_verdicts,
    recorded_questions,
)
from eval.runner import run

DAY = date(2026, 11, 29)


def test_a_hundred_and_twenty_questions_of_dev_are_recorded() -> None:
    questions = recorded_questions()
    assert len(questions) == 120
    assert {question.split for question in questions} == {"dev"}
    assert len(load_replies()) >= 200
    stood = [not faults for faults in load_verdicts().values()]
    assert 0 < sum(stood) < len(stood)


def test_a_prompt_is_answered_as_recorded_or_not_at_all() -> None:
    prompt = Prompt("规则", "问题", 10)
    engine = RecordedEngine({hash_of(prompt): "回复"}, {})
    assert engine.complete(prompt, Deadline(1), Meter()) == "回复"
    with pytest.raises(EngineError):
        engine.complete(Prompt("规则", "别的问题", 10), Deadline(1), Meter())
    assert len(engine.missing) == 1


def test_a_sentence_that_nobody_read_does_not_stand() -> None:
    user = (
        "第1句：甲应当报告。\n原文：《某法》第一条：甲应当报告乙。\n\n"
        "第2句：乙。\n原文：《某法》第二条：乙可以。\n"
    )
    engine = RecordedEngine({}, {"甲应当报告。": ()})
    reply = engine.complete(Prompt(JUDGE, user, 10), Deadline(1), Meter())
    assert reply.count("true") == 5
    assert reply.count("false") == 5


@pytest.mark.parametrize(("step", "more"), [(4, 2), pytest.param(1, 18, marks=pytest.mark.slow)])
def test_with_the_recorded_model_more_is_right_and_no_more_misleads(
    assistant: Assistant, step: int, more: int
) -> None:
    engine = RecordedEngine(load_replies(), load_verdicts())
    asked = [q for q in recorded_questions() if q.category in ("real", "dialog")]
    questions = asked[::step]
    plain = run(assistant, questions, DAY)
    written = run(assistant.with_writer(AnswerWriter(engine)), questions, DAY)
    # Where most prompts have changed since, the replies have to be recorded again.
    assert len(engine.missing) <= 0.25 * engine.seen
    right, before = (sum(r.is_right for r in results) for results in (written, plain))
    assert right >= before + more
    misleading, told = (sum(r.judgement.misleading for r in some) for some in (written, plain))
    assert misleading <= told
