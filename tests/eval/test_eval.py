from datetime import date
from pathlib import Path

import pytest

from corpus.catalog import Corpus
from corpus.errors import OptionError
from corpus.text import fold
from eval.metrics import Question, contains, failures, hit_at, loose_numbers, loose_quotes
from eval.report import render
from eval.runner import Result, load_questions, summarise


def answer(text: str, quote: str = "完成支撑项目36个", key: str = "policy:降碳") -> dict:
    return {
        "question": "几个？",
        "answer": text,
        "outcome": "answered",
        "citations": [{"key": key, "quote": quote}],
    }


QUESTION = Question("1", "几个？", ("policy:降碳",), "answer", must_include=(("36",),))


def test_contains_ignores_width_space_and_case() -> None:
    assert contains("ＥＯＤ 模式", "eod模式")
    assert contains("共126项", "126")
    assert not contains("共1260项", "126")
    assert not contains("共12.6项", "12")


def test_hits() -> None:
    assert hit_at(["a", "b"], {"b"}, 2)
    assert not hit_at(["a", "b"], {"b"}, 1)


def test_loose_numbers_and_quotes() -> None:
    assert loose_numbers(answer("36个[1]")) == []
    assert loose_numbers(answer("37个[1]")) == ["37"]
    assert loose_quotes(answer("「支撑项目36个」[1]")) == []
    assert loose_quotes(answer("「支撑项目37个」[1]")) == ["支撑项目37个"]


def test_failures() -> None:
    assert failures(answer("「36个」[1]"), QUESTION) == []
    assert failures(answer("「个」[1]"), QUESTION) == ["缺少“36”"]
    assert failures(answer("「36个」[1]", key="policy:减污"), QUESTION) == ["没有引用正确的条文"]
    declined = {**answer("现有资料没有"), "outcome": "declined", "citations": []}
    assert len(failures(declined, QUESTION)) == 3


def test_the_report_names_every_failure() -> None:
    result = Result(QUESTION, ("policy:减污",), answer("37个[1]"), ("缺少“36”",), 1.0)
    text = render([result], date(2026, 11, 23))
    assert "缺少“36”" in text
    assert summarise([result]).passed == 0


def test_the_question_set_is_sound(corpus: Corpus) -> None:
    questions = load_questions()
    assert len(questions) >= 40
    assert len({question.id for question in questions}) == len(questions)
    keys = {article.key for document in corpus.documents for article in document.articles}
    for question in questions:
        assert question.expect in {"answer", "correct", "decline"}
        assert {*question.gold} <= keys, question.id


def test_no_question_stands_in_the_corpus(corpus: Corpus) -> None:
    texts = "\n".join(fold(passage.text) for passage in corpus.passages())
    for question in load_questions():
        assert fold(question.question) not in texts


def test_a_broken_question_set(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": 1}', "utf-8")
    with pytest.raises(OptionError, match="题集"):
        load_questions(path)
