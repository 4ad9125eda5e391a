"""What is measured of texts that nobody prepared."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from eval.compare.unprepared import measure
from eval.unprepared import load_unprepared, statute_files


def result(expect: str, keys: list[str], right: bool, misleading: bool, answered: bool) -> Any:
    return SimpleNamespace(
        question=SimpleNamespace(expect=expect, gold=("甲条例#1",)),
        keys=tuple(keys),
        is_right=right,
        is_answered=answered,
        judgement=SimpleNamespace(misleading=misleading),
    )


def test_shares_are_of_those_that_the_texts_answer_and_of_the_others():
    found = measure(
        [
            result("answer", ["甲条例#1", "甲条例#2"], True, False, True),
            result("answer", ["甲条例#2", "甲条例#1"], False, True, True),
            result("decline", ["甲条例#3"], False, False, False),
            result("decline", ["甲条例#3"], False, False, True),
        ]
    )
    assert (found.asked, found.unanswerable) == (2, 2)
    assert (found.hit_1, found.hit_5) == (0.5, 1.0)
    assert (found.right, found.misleading, found.declined) == (0.5, 0.5, 0.5)


def test_a_statute_is_written_as_a_user_would_add_it(tmp_path: Path):
    (path,) = statute_files(["中华人民共和国红十字会法"], tmp_path)
    text = path.read_text("utf-8")
    assert text.startswith("# 中华人民共和国红十字会法\n")
    assert "\n第一条　" in text


def test_every_question_has_what_it_is_judged_by():
    for row in load_unprepared():
        is_declined = row["expect"] == "decline"
        assert bool(row["gold"] or row.get("gold_text")) is not is_declined, row["id"]
        assert bool(row["must_include"]) is not is_declined, row["id"]
