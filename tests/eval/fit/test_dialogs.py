"""Fitting how turns stand to their dialogs."""

from datetime import date

import numpy as np
import pytest

from assistant.dialog.model import ANSWER, load_dialog_model
from assistant.dialog.turns import CANDIDATE, TURN
from eval.fit.dialogs import examples, fit, fit_answers, hits, pair, rates, turns_to_judge
from eval.metrics import Question
from index.search.retriever import HybridRetriever

TODAY = date(2026, 11, 23)
CODE = "中华人民共和国生态环境法典"


def dialog(id_: str, key: str, *turns: str) -> Question:
    return Question(id_, turns[-1], (key,), "answer", "dialog", turns=turns)


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return [
        dialog("1", f"{CODE}#1107", "超标排废水罚多少", "情节很重呢"),
        dialog("2", f"{CODE}#1102", "没有排污证就生产", "这要罚多少"),
        dialog("3", "policy:减污", "降碳有几个支撑项目", "减污的任务有几项"),
        Question("4", "野猪拱了庄稼谁赔", ("中华人民共和国野生动物保护法#19",), "answer", "law"),
        Question("5", "烧秸秆罚多少", (f"{CODE}#1131",), "answer", "law"),
        Question("6", "今天天气怎么样", (), "decline", "decline"),
    ]


def test_pairs_are_of_two_different_single_questions(questions: list[Question]) -> None:
    paired = pair(questions, 8)
    assert paired
    for question in paired:
        assert len(set(question.turns)) == 2
        assert question.question == question.turns[-1]
        assert set(question.turns) <= {"野猪拱了庄稼谁赔", "烧秸秆罚多少"}


def test_the_test_split_takes_no_part(questions: list[Question]) -> None:
    held = [Question(**{**vars_of(q), "split": "test"}) for q in questions]
    assert pair(questions, 4) != []
    with pytest.raises(ValueError, match="larger than population"):
        pair(held, 1)


def vars_of(question: Question) -> dict[str, object]:
    return {name: getattr(question, name) for name in type(question).__dataclass_fields__}


def test_fitting_gives_every_weight_and_tells_the_turns_apart(
    retriever: HybridRetriever, questions: list[Question]
) -> None:
    written = examples(retriever, questions, TODAY)
    assert [int(row.is_gold.sum()) for row in written] == [1, 1, 1]
    new_topics = examples(retriever, pair(questions, 6), TODAY)
    model = fit(written, new_topics)
    assert tuple(model.turn) == TURN
    assert tuple(model.candidate) == CANDIDATE
    told = [model.leans(row.turn) for row in written]
    assert min(told) > max(model.leans(row.turn) for row in new_topics)
    assert hits(written, model) == 1.0


def test_what_cannot_be_answered_is_learnt_to_be_refused(
    retriever: HybridRetriever, questions: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.fit.dialogs._DECLINED", 3)
    monkeypatch.setattr("eval.fit.dialogs._PAIRS", 4)
    turns = turns_to_judge(retriever, questions, TODAY, load_dialog_model())
    assert {judged.is_answerable for judged in turns} == {True, False}
    model = fit_answers(load_dialog_model(), turns)
    assert tuple(model.answer) == ANSWER
    answered, refused = rates(model, turns)
    assert answered > 0.5
    assert refused > 0.5
    assert np.isfinite(list(model.answer.values())).all()


def test_what_a_rule_refuses_teaches_nothing(
    retriever: HybridRetriever, questions: list[Question], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.fit.dialogs._DECLINED", 0)
    monkeypatch.setattr("eval.fit.dialogs._PAIRS", 1)
    elsewhere = Question(
        "7", "烟台定了几项", (), "decline", "dialog", turns=("减污的任务有几项", "烟台定了几项")
    )
    turns = turns_to_judge(retriever, [*questions, elsewhere], TODAY, load_dialog_model())
    told = {judged.turn.alone.text for judged in turns}
    assert "情节很重呢" in told
    assert "烟台定了几项" not in told
