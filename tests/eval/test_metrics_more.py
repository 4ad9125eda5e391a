"""Every measure of an answer by itself, on cases written out from what its docstring says."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import (
    LENGTH,
    Judgement,
    Question,
    citation_precision,
    citation_recall,
    confidence,
    contains,
    failures,
    false_quotes,
    hit_at,
    is_misleading,
    judge,
    length,
    loose_numbers,
    loose_quotes,
    phantom_keys,
    squeeze,
)
from tests.records import patient

TEXTS = {"法#1": ["应当申报，罚款36元。", "应当登记。"], "法#2": ["可以处罚。"]}
RIGHT = Question("1", "要不要申报？", ("法#1",), "answer")


def answer(text: str = "应当申报[1]", *cited: tuple[str, str], **fields: Any) -> dict[str, Any]:
    """An answer that cites the right article where no other citation is given."""
    citations = cited or (("法#1", "应当申报，罚款36元。"),)
    facts = {
        "id": "1",
        "question": "要不要申报？",
        "answer": text,
        "outcome": "answered",
        "citations": [{"key": key, "quote": quote} for key, quote in citations],
    }
    return facts | fields


def cited(*keys: str) -> dict[str, Any]:
    return answer("无", *((key, "") for key in keys)) if keys else answer("无", citations=[])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＰＭ２．５", "pm2.5"),
        ("排污 许可\n证　", "排污许可证"),
        ("（一）", "(一)"),
        ("", ""),
    ],
)
def test_width_space_and_case_are_squeezed_out(text: str, expected: str) -> None:
    assert squeeze(text) == expected


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("共126项", "126项"),
        ("共126项", "１２６"),
        ("共１２６项", "126"),
        ("罚款12.6万元", "12.6万元"),
        ("第36.", "36"),
        ("1260项里的126项", "126"),
        ("1.26和26", "26"),
        ("排污 许可\n证", "排污许可证"),
        ("PM2.5超标", "ｐｍ2.5"),
        ("（一）拒不改正", "(一)"),
        ("共126项", "项"),
        ("N126项", "126"),
    ],
)
def test_what_stands_in_a_text_is_found(text: str, wanted: str) -> None:
    assert contains(text, wanted)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("共1126项", "126项"),
        ("共1260项", "126"),
        ("共0.126项", "126"),
        ("罚款112.6万元", "12.6万元"),
        ("罚款12.65万元", "12.6"),
        ("罚款12.6万元", "12"),
        ("PM2.51超标", "pm2.5"),
        ("排污许可", "排污许可证"),
        ("abc", "a.c"),
        ("", "126"),
    ],
)
def test_what_does_not_stand_in_a_text_is_not_found(text: str, wanted: str) -> None:
    assert not contains(text, wanted)


@patient
@given(st.integers(0, 99_999), st.integers(0, 99_999))
def test_a_number_is_found_only_as_a_whole(held: int, wanted: int) -> None:
    assert contains(f"共{held}项", str(wanted)) is (held == wanted)


@pytest.mark.parametrize(
    ("keys", "depth", "expected"),
    [
        ("abc", 1, False),
        ("abc", 2, False),
        ("abc", 3, True),
        ("abc", 9, True),
        ("abc", 0, False),
        ("", 5, False),
    ],
)
def test_a_hit_is_a_gold_key_among_the_first(keys: str, depth: int, expected: bool) -> None:
    assert hit_at(list(keys), {"c", "d"}, depth) is expected


@pytest.mark.parametrize(
    ("text", "quotes", "expected"),
    [
        ("共36个[1]", ("共36个",), []),
        ("共３６个[1]", ("共36个",), []),
        ("共36个[1]", ("共３６个",), []),
        ("共36个[12]", ("共36个",), []),
        ("共36个，占5成[1][2]", ("共36个", "占5成"), []),
        ("共26个[1]", ("共126个",), ["26"]),
        ("共12个[1]", ("共12.6个",), ["12"]),
        ("共12.6个[1]", ("共12个，6项",), ["12.6"]),
        ("先5个再3个[1]", ("共36个",), ["5", "3"]),
    ],
)
def test_numbers_without_a_source(text: str, quotes: tuple[str, ...], expected: list[str]) -> None:
    made = answer(text, *(("法#1", quote) for quote in quotes))
    assert loose_numbers(made) == expected


def test_a_number_of_the_question_may_be_said_again() -> None:
    assert loose_numbers(answer("5个人也要申报[1]", question="5个人要申报吗？")) == []
    assert loose_numbers(answer("5个人也要申报[1]", question="15个人要申报吗？")) == ["5"]


def test_without_citations_every_number_is_loose() -> None:
    assert loose_numbers(answer("罚款36元", citations=[])) == ["36"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("「应当申报」[1]", []),
        ("应当注销[1]", []),
        ("「应当注销」[1]", ["应当注销"]),
        ("「应当申报」「可以处罚」[1][2]", []),
        ("「罚款」「拘留」「没收」[1]", ["拘留", "没收"]),
        ("「36元。可以」[1][2]", ["36元。可以"]),
    ],
)
def test_words_in_quotation_marks_without_a_source(text: str, expected: list[str]) -> None:
    made = answer(text, ("法#1", "应当申报，罚款36元。"), ("法#2", "可以处罚。"))
    assert loose_quotes(made) == expected


def test_without_citations_every_quotation_is_loose() -> None:
    assert loose_quotes(answer("「应当申报」", citations=[])) == ["应当申报"]


@pytest.mark.parametrize(
    ("key", "quote", "is_false"),
    [
        ("法#1", "应当申报", False),
        ("法#1", "应当登记。", False),
        ("法#2", "应当申报", True),
        ("法#9", "应当申报", True),
        ("法#1", "罚款３６元", True),
        ("法#1", "应当 申报", True),
        ("法#1", "罚款36元。应当登记", True),
        ("法#1", "", True),
    ],
)
def test_a_quote_stands_letter_for_letter_in_a_text_of_its_key(
    key: str, quote: str, is_false: bool
) -> None:
    assert false_quotes(answer("无", (key, quote)), TEXTS) == ([key] if is_false else [])


def test_each_false_quote_is_told() -> None:
    made = answer("无", ("法#1", "一"), ("法#2", "可以处罚。"), ("法#1", "二"))
    assert false_quotes(made, TEXTS) == ["法#1", "法#1"]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ((), []),
        (("法#1", "法#2"), []),
        (("法#9", "法#1", "某法#1", "法#9"), ["法#9", "某法#1"]),
    ],
)
def test_keys_that_the_corpus_lacks(keys: tuple[str, ...], expected: list[str]) -> None:
    assert phantom_keys(cited(*keys), TEXTS) == expected


@pytest.mark.parametrize(
    ("keys", "expected"),
    [("", None), ("a", 1.0), ("c", 1.0), ("x", 0.0), ("ax", 0.5), ("aaax", 0.5), ("abcx", 0.75)],
)
def test_precision_is_the_share_of_cited_keys_that_are_allowed(
    keys: str, expected: float | None
) -> None:
    question = replace(RIGHT, gold=("a", "b"), also_ok=("c",))
    assert citation_precision(cited(*keys), question) == expected


@pytest.mark.parametrize(
    ("keys", "of_any", "of_all"),
    [("", 0, 0), ("x", 0, 0), ("c", 0, 0), ("a", 1, 0.5), ("ax", 1, 0.5), ("ba", 1, 1)],
)
def test_recall_is_the_share_of_gold_keys_where_all_are_required(
    keys: str, of_any: float, of_all: float
) -> None:
    question = replace(RIGHT, gold=("a", "b"), also_ok=("c",))
    assert citation_recall(cited(*keys), question) == of_any
    assert citation_recall(cited(*keys), replace(question, all_required=True)) == of_all


def test_there_is_no_recall_of_no_gold_key() -> None:
    assert citation_recall(cited("a"), replace(RIGHT, gold=(), all_required=True)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("应当[1][23]申报。", 5),
        ("  应 当\n\t申报　", 4),
        ("[甲]", 3),
        ("[1", 2),
        ("共36个", 4),
    ],
)
def test_marks_and_white_space_do_not_lengthen_an_answer(text: str, expected: int) -> None:
    assert length(answer(text)) == expected


def test_a_reader_wants_60_to_250_characters() -> None:
    assert [count in LENGTH for count in (59, 60, 250, 251)] == [False, True, True, False]


@pytest.mark.parametrize(("told", "expected"), [(None, None), (0, 0.0), (0.25, 0.25), (1, 1.0)])
def test_confidence_is_what_the_answer_tells(told: float | None, expected: float | None) -> None:
    assert confidence(answer(confidence=told)) == expected


@pytest.mark.parametrize("told", [-0.1, 1.01, float("nan"), float("inf")])
def test_no_confidence_lies_outside_0_to_1(told: float) -> None:
    with pytest.raises(ValueError, match="of Q7"):
        confidence(answer(id="Q7", confidence=told))


@pytest.mark.parametrize("expect", ["answer", "correct"])
def test_a_right_answer_has_no_failure(expect: str) -> None:
    question = replace(
        RIGHT,
        expect=expect,
        must_include=(("登记", "申报"), ("36",)),
        must_not_include=("不用申报",),
    )
    assert failures(answer("应当「申报」，罚款36元[1]"), question, TEXTS) == []


def test_a_right_refusal_has_no_failure() -> None:
    declined = answer("现有资料没有。", outcome="declined", citations=[])
    assert failures(declined, replace(RIGHT, gold=(), expect="decline"), TEXTS) == []


@pytest.mark.parametrize(
    ("outcome", "expect", "reason"),
    [
        ("declined", "answer", "结果是拒答，应为作答"),
        ("declined", "correct", "结果是拒答，应为作答"),
        ("answered", "decline", "结果是作答，应为拒答"),
    ],
)
def test_the_wrong_outcome_alone(outcome: str, expect: str, reason: str) -> None:
    question = replace(RIGHT, gold=(), expect=expect)
    assert failures(answer(outcome=outcome), question, TEXTS) == [reason]


@pytest.mark.parametrize(
    ("gold", "all_required", "is_right"),
    [
        (("法#2",), False, False),
        (("法#1", "法#2"), False, True),
        (("法#1", "法#2"), True, False),
        (("法#1",), True, True),
    ],
)
def test_a_missing_article_alone(gold: tuple[str, ...], all_required: bool, is_right: bool) -> None:
    question = replace(RIGHT, gold=gold, all_required=all_required)
    assert failures(answer(), question, TEXTS) == ([] if is_right else ["没有引用正确的条文"])


def test_each_missing_group_alone() -> None:
    question = replace(RIGHT, must_include=(("登记", "备案"), ("申报",), ("罚款",)))
    assert failures(answer(), question, TEXTS) == ["缺少“登记”或“备案”", "缺少“罚款”"]


def test_forbidden_words_alone() -> None:
    question = replace(RIGHT, must_not_include=("申报", "登记", "应 当"))
    assert failures(answer(), question, TEXTS) == ["出现“申报”", "出现“应 当”"]


def test_a_forbidden_number_is_not_met_inside_a_longer_one() -> None:
    question = replace(RIGHT, must_not_include=("3", "6元"))
    assert failures(answer("罚款36元[1]"), question, TEXTS) == []


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (answer("罚款37元，或者5元[1]"), "数字没有出处：37、5"),
        (answer("「应当登记」[1]"), "引号里的话不在引文中"),
        (answer("应当[1]", ("法#1", "应当申报"), ("法#9", "应当")), "语料里没有引用的键：法#9"),
        (answer("应当[1]", ("法#1", "应当注销"), ("法#1", "注销")), "引文与原文不符：法#1"),
    ],
)
def test_each_fault_of_the_sources_alone(made: dict[str, Any], reason: str) -> None:
    assert failures(made, RIGHT, TEXTS) == [reason]


def test_every_field_of_a_judgement() -> None:
    made = answer(
        "「注销」 5 个，罚款36元[1]",
        ("法#1", "罚款36元"),
        ("法#2", "不可以"),
        ("法#9", "应当"),
        timings_ms={"retrieve": 1.0, "total": 3.5},
        confidence=0.75,
    )
    assert judge(made, replace(RIGHT, must_include=(("申报",),)), TEXTS) == Judgement(
        failures=(
            "缺少“申报”",
            "数字没有出处：5",
            "引号里的话不在引文中",
            "语料里没有引用的键：法#9",
        ),
        misleading=False,
        precision=pytest.approx(1 / 3),
        recall=1.0,
        citations=3,
        false_quotes=2,
        loose_quotes=1,
        loose_numbers=1,
        phantom_keys=1,
        length=12,
        milliseconds=3.5,
        confidence=0.75,
    )


def test_what_an_answer_does_not_tell_is_not_measured() -> None:
    judgement = judge(answer(), RIGHT, TEXTS)
    assert (judgement.milliseconds, judgement.confidence) == (None, None)
    assert judge(answer(timings_ms={"retrieve": 1.0}), RIGHT, TEXTS).milliseconds is None


def test_a_line_of_a_question_set_with_only_what_it_must_have() -> None:
    line = {"id": "1", "question": "要不要申报？", "gold": ["法#1"], "expect": "answer"}
    assert Question.from_json(line) == RIGHT


def test_a_line_of_a_question_set_with_everything() -> None:
    line = {
        "id": "1",
        "question": "那几个？",
        "gold": ["a", "b"],
        "expect": "correct",
        "category": "law",
        "split": "dev",
        "turns": ["要申报吗？", "那几个？"],
        "also_ok": ["c"],
        "all_required": True,
        "must_include": [["36", "三十六"], ["个"]],
        "must_not_include": ["不用"],
    }
    assert Question.from_json(line) == Question(
        id="1",
        question="那几个？",
        gold=("a", "b"),
        expect="correct",
        category="law",
        split="dev",
        turns=("要申报吗？", "那几个？"),
        also_ok=("c",),
        all_required=True,
        must_include=(("36", "三十六"), ("个",)),
        must_not_include=("不用",),
    )


@pytest.mark.parametrize("name", ["id", "question", "gold", "expect"])
def test_a_line_of_a_question_set_that_lacks_something(name: str) -> None:
    line = {"id": "1", "question": "？", "gold": [], "expect": "answer"}
    del line[name]
    with pytest.raises(KeyError, match=name):
        Question.from_json(line)


@pytest.mark.parametrize(
    ("text", "cited", "is_wrong"),
    [
        ("按规定缴纳。[1]", "法#1", False),
        ("处五百元罚款。[1]", "法#9", True),
        ("与您说的最接近的规定：处五百元罚款。[1]", "法#9", False),
        ("肯定不用交。[1]", "法#1", True),
    ],
)
def test_what_misleads(text: str, cited: str, is_wrong: bool) -> None:
    question = replace(RIGHT, gold=("法#1",), must_not_include=("肯定不用",))
    assert is_misleading(answer(text, (cited, "按规定缴纳")), question) is is_wrong


def test_a_text_that_is_named_and_a_number_to_call_are_no_loose_numbers() -> None:
    made = answer(
        "具体还要看《社会生活环境噪声排放标准》（GB 22337—2008，生态环境部）。也可以拨打12345。",
        ("法#1", "按规定缴纳"),
    )
    assert loose_numbers(made) == []
