"""Questions drawn and paired, and the figures of an engine as a row of the table."""

from typing import Any

import pytest

from eval.compare.bare import Bare
from eval.compare.engines import Row, draw, pair, render, row
from eval.metrics import Question
from eval.runner import Result
from tests.eval.made_results import make_figures, make_question, make_result

HEADS = (
    *("引擎", "题数", "答对", "引文准确率", "无出处数字", "假引文/键", "引号不符", "拒答"),
    *("由模型写/摘取", "先出字", "答完", "token 进/出"),
)


def written(engine: str = "llm:m", total: float = 900.0, **fields: Any) -> Result:
    """An answer written by a model; ``fields`` are those of the answer."""
    first = {"first": fields.pop("first")} if "first" in fields else {}
    answer = {"engine": engine, "timings_ms": {"total": total, **first}, **fields}
    return make_result(fields.pop("about", None), answer=answer)


def asked(*kinds: str, split: str = "dev") -> list[Question]:
    return [
        make_question(f"{kind}{number}", category=kind, split=split)
        for number, kind in enumerate(kinds)
    ]


def made_row(**fields: Any) -> Row:
    facts = {
        "engine": "extractive",
        "figures": make_figures(),
        "kinds": {},
        "written": 0,
        "fell_back": 0,
        "first_ms": None,
        "total_ms": None,
        "tokens_in": 0.0,
        "tokens_out": 0.0,
    }
    return Row(**(facts | fields))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 8, 99])
def test_kinds_take_turns_while_they_last(count: int) -> None:
    drawn = draw(count, asked(*"abbbbccc"))
    assert [question.category for question in drawn] == list("abcbcbcb")[:count]
    assert len({question.id for question in drawn}) == len(drawn)


def test_more_questions_are_those_of_before_and_others() -> None:
    questions = asked(*"aaaaabbbbb")
    assert draw(8, questions)[:4] == draw(4, questions)


@pytest.mark.parametrize(("split", "count"), [("dev", 2), ("test", 2), ("train", 0), ("", 0)])
def test_questions_are_drawn_from_dev_and_test(split: str, count: int) -> None:
    assert len(draw(2, asked("a", "b", split=split))) == count


def test_two_questions_in_one_sentence_by_hand() -> None:
    facts = {"split": "dev", "category": "law"}
    one = Question(
        "1", "怎么罚？", ("a", "b"), "answer", also_ok=("c",), must_include=(("36",),), **facts
    )
    other = Question("2", "谁来罚？", ("d",), "answer", must_include=(("市",),), **facts)
    (found,) = pair(5, [one, other])
    first, second = (one, other) if found.id == "1+2" else (other, one)
    assert found.id == f"{first.id}+{second.id}"
    assert found.question == f"{first.question}另外，{second.question}"
    assert found.gold == (first.gold[0], second.gold[0])
    assert {*found.also_ok} == {"a", "b", "c", "d"}
    assert {*found.must_include} == {("36",), ("市",)}
    assert (found.all_required, found.expect, found.category) == (True, "answer", "two_part")


def test_two_questions_about_one_article_need_it_once() -> None:
    (found,) = pair(1, asked("law", "law"))
    assert found.gold == ("法#1",)


@pytest.mark.parametrize(
    "fields",
    [
        {"split": "train"},
        {"category": "policy"},
        {"turns": ("一", "二")},
        {"id": "很长" * 9},
    ],
)
def test_only_short_single_questions_about_statutes_are_paired(fields: dict[str, Any]) -> None:
    facts = {"split": "dev"} | fields
    unfit = [make_question(facts.get("id", name), **{k: v for k, v in facts.items() if k != "id"})
             for name in "ab"]  # fmt: skip
    assert pair(1, unfit) == []
    assert len(pair(1, asked("law", "law"))) == 1


def test_no_question_is_paired_twice() -> None:
    found = pair(3, asked(*["law"] * 6))
    assert len({name for question in found for name in question.id.split("+")}) == 6
    assert len(pair(2, asked(*["law"] * 6))) == 2


def test_answers_are_counted_by_who_wrote_them() -> None:
    declined = make_result(make_question(expect="decline"), "declined", failures=("错",))
    found = row("m", [written(), written("extractive"), written("llm:m"), declined])
    assert (found.engine, found.written, found.fell_back) == ("m", 2, 1)
    assert (found.figures.count, found.figures.passed) == (4, 0.75)


def test_times_are_medians_of_what_was_answered() -> None:
    results = [written(total=total, first=total / 2) for total in (100.0, 900.0, 300.0)]
    found = row("m", results)
    assert (found.first_ms, found.total_ms) == (150.0, 300.0)
    assert (row("m", [make_result(outcome="declined")]).total_ms) is None


def test_an_answer_that_does_not_grow_is_first_seen_when_it_is_complete() -> None:
    assert row("m", [written(total=400.0)]).first_ms == 400.0


def test_tokens_are_means() -> None:
    usage = [{"calls": 1, "tokens_in": count, "tokens_out": 10 * count} for count in (100, 200)]
    found = row("m", [written(usage=one) for one in usage])
    assert (found.tokens_in, found.tokens_out) == (150.0, 1500.0)
    assert row("m", [written("extractive")]).tokens_in == 0


def test_notes_are_counted_and_silence_is_no_note() -> None:
    results = [written(note="太慢"), written(note=""), written(), written(note="太慢")]
    assert row("m", results).notes == {"太慢": 2}


def test_kinds_have_figures_of_their_own() -> None:
    results = [
        written(about=make_question(category="law")),
        make_result(make_question(category="decline"), "declined", failures=("错",)),
    ]
    kinds = row("m", results).kinds
    assert {kind: figures.passed for kind, figures in kinds.items()} == {"law": 1.0, "decline": 0.0}


def test_a_row_of_the_table_by_hand() -> None:
    figures = make_figures(
        count=9,
        passed=0.75,
        citation_precision=0.5,
        loose_numbers=1,
        false_quotes=2,
        phantom_keys=3,
        loose_quotes=4,
    )
    made = made_row(
        engine="m", figures=figures, written=5, fell_back=2,
        first_ms=1234.0, total_ms=5000.0, tokens_in=812.4, tokens_out=90.6,
    )  # fmt: skip
    header, rule, line, *_ = render([made]).splitlines()
    assert cells(header) == [*HEADS]
    assert cells(rule) == ["---"] * len(HEADS)
    assert cells(line) == [
        *("m", "9", "0.75", "0.50", "1", "2/3", "4", "2"),
        *("5/2", "1.23 秒", "5.00 秒", "812/91"),
    ]


def test_what_was_not_measured_is_a_dash() -> None:
    line = render([made_row()]).splitlines()[2]
    assert [cells(line)[place] for place in (3, 9, 10)] == ["—", "—", "—"]


def test_kinds_are_told_for_each_engine() -> None:
    law, policy = make_figures(count=4, passed=0.25), make_figures(count=2, passed=1.0)
    rows = [made_row(engine="a", kinds={"law": law}), made_row(engine="b", kinds={"p": policy})]
    table = render(rows).split("\n\n")[1].splitlines()
    assert [cells(line) for line in table] == [
        ["答对率", "law", "p"],
        ["---", "---", "---"],
        ["a", "0.25（4）", "—"],
        ["b", "—", "1.00（2）"],
    ]


def test_the_bare_server_is_told_where_it_was_measured() -> None:
    bare = (
        Bare("1", 1000.0, 3000.0, 500.0, 2000.0),
        Bare("2", 1500.0, 2000.0, 1500.0, 4000.0),
        Bare("3", 3000.0, 2500.0, 2000.0, 2500.0),
    )
    assert render([made_row(engine="m", bare=bare)]).split("\n\n")[-1].splitlines() == [
        "m 与同一服务器裸用（同样的提示，中位数）：",
        "- 第一个 token：经过本项目 1.50 秒，裸用 1.50 秒，各题之比的中位数 1.50",
        "- 读者先看到的字：2.50 秒；裸用写完第一句：2.50 秒，各题之比的中位数 1.00",
    ]
    assert "裸用" not in render([made_row()])


def test_what_the_bare_server_did_not_tell_is_a_dash() -> None:
    text = render([made_row(bare=(Bare("1", None, 3000.0, None, None),))])
    assert "经过本项目 —，裸用 —，各题之比的中位数 —" in text
    assert "读者先看到的字：3.00 秒；裸用写完第一句：—，各题之比的中位数 —" in text
