"""What is measured of texts that nobody prepared."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from corpus.catalog import Corpus
from corpus.key import Key
from corpus.taken import Taken
from eval.compare.unprepared import measure
from eval.examples import read_rows
from eval.unprepared import lent, load_unprepared, question_of, statute_files


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
    assert text.startswith("# 邻国红十字会法\n")
    assert "\n第一条　" in text


def test_every_statute_can_be_added_and_its_questions_follow(corpus: Corpus):
    taken = Taken(corpus.documents)
    for row in load_unprepared():
        if row["category"] != "statute":
            continue
        title = lent(row["document"])
        assert not taken.by(title), title
        owners = {Key.parse(lent(key)).owner for key in row["gold"]}
        assert row["expect"] == "decline" or title in owners
    added = SimpleNamespace(added={"邻国红十字会法"}, documents=())
    row = {
        "id": "1",
        "question": "谁能用红十字标志",
        "expect": "answer",
        "gold": ["中华人民共和国红十字会法#15"],
        "also_ok": ["中华人民共和国民法典#110"],
    }
    asked = question_of(row, added)  # type: ignore[arg-type]
    assert asked.gold == ("邻国红十字会法#15",)
    assert asked.also_ok == ("中华人民共和国民法典#110",)


def test_statutes_of_other_fields_can_be_added(corpus: Corpus):
    taken = Taken(corpus.documents)
    titles = {Key.parse(row["gold"]).owner for row in read_rows("other_law.jsonl")}
    assert not [title for title in titles if taken.by(lent(title))]


def test_every_question_has_what_it_is_judged_by():
    for row in load_unprepared():
        is_declined = row["expect"] == "decline"
        assert bool(row["gold"] or row.get("gold_text")) is not is_declined, row["id"]
        assert bool(row["must_include"]) is not is_declined, row["id"]
