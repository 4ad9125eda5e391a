from datetime import date
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from corpus.catalog import Corpus
from corpus.errors import OptionError, QuestionError
from corpus.language.text import fold
from eval.metrics import (
    Question,
    citation_precision,
    citation_recall,
    confidence,
    contains,
    failures,
    false_quotes,
    hit_at,
    judge,
    length,
    loose_numbers,
    loose_quotes,
    phantom_keys,
)
from eval.runner import load_questions, run, texts_by_key

_TERM = 8

TEXTS = {"policy:降碳": ["去年完成支撑项目36个。"], "policy:减污": ["旧的写法", "新的写法"]}


def answer(text: str, quote: str = "完成支撑项目36个", key: str = "policy:降碳") -> dict:
    return {
        "id": "1",
        "question": "几个？",
        "answer": text,
        "outcome": "answered",
        "citations": [{"key": key, "quote": quote}],
    }


def cited(*keys: str) -> dict:
    return {**answer("无"), "citations": [{"key": key, "quote": ""} for key in keys]}


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


def test_quotes_are_verbatim_in_some_version_of_their_article() -> None:
    assert false_quotes(answer("无", "的写法", "policy:减污"), TEXTS) == []
    assert false_quotes(answer("无", "支撑项目 36个"), TEXTS) == ["policy:降碳"]
    assert false_quotes(answer("无", "完成支撑项目36个", "policy:减污"), TEXTS) == ["policy:减污"]
    assert false_quotes(answer("无", ""), TEXTS) == ["policy:降碳"]


def test_phantom_keys_are_told_once() -> None:
    assert phantom_keys(cited("policy:降碳", "法#1", "法#1", "法#2"), TEXTS) == ["法#1", "法#2"]


def test_citation_precision_and_recall() -> None:
    one = Question("1", "问", ("a", "b"), "answer", also_ok=("c",))
    both = Question("1", "问", ("a", "b"), "answer", all_required=True)
    assert citation_precision(cited("a", "c", "d", "e"), one) == 0.5
    assert citation_precision(cited(), one) is None
    assert citation_recall(cited("a", "d"), one) == 1
    assert citation_recall(cited("a", "d"), both) == 0.5
    assert citation_recall(cited("d"), both) == 0
    assert citation_recall(cited("d"), Question("1", "问", (), "decline")) is None


def test_length_leaves_out_marks_and_space() -> None:
    assert length(answer("共 36个。[1][12]\n其中")) == 7


def test_confidence() -> None:
    assert confidence(answer("无")) is None
    assert confidence({**answer("无"), "confidence": 1}) == 1.0
    with pytest.raises(ValueError, match=r"1\.5"):
        confidence({**answer("无"), "confidence": 1.5})


def test_failures() -> None:
    assert failures(answer("「36个」[1]"), QUESTION, TEXTS) == []
    assert failures(answer("「个」[1]"), QUESTION, TEXTS) == ["缺少“36”"]
    elsewhere = answer("「36个」[1]", key="policy:减污")
    assert failures(elsewhere, QUESTION, TEXTS) == [
        "没有引用正确的条文",
        "引文与原文不符：policy:减污",
    ]
    phantom = answer("「36个」[1]", key="法#1")
    assert failures(phantom, QUESTION, TEXTS)[1:] == ["语料里没有引用的键：法#1"]
    declined = {**answer("现有资料没有"), "outcome": "declined", "citations": []}
    assert len(failures(declined, QUESTION, TEXTS)) == 3


def test_a_judgement_holds_what_is_measured() -> None:
    judgement = judge({**answer("37个[1]"), "timings_ms": {"total": 12.5}}, QUESTION, TEXTS)
    assert judgement.failures == ("缺少“36”", "数字没有出处：37")
    assert (judgement.citations, judgement.loose_numbers, judgement.length) == (1, 1, 3)
    assert (judgement.milliseconds, judgement.confidence) == (12.5, None)


def test_a_run_judges_against_the_corpus(assistant: Assistant) -> None:
    question = Question("1", "法典第176条", ("中华人民共和国生态环境法典#176",), "answer")
    follow_up = Question("2", "", (), "answer", turns=("法典第176条", "第177条呢？"))
    first, second = run(assistant, [question, follow_up], date(2026, 11, 23))
    assert first.is_right
    assert first.keys[0] == "中华人民共和国生态环境法典#176"
    assert first.judgement.milliseconds
    assert second.answer["question"] == "第177条呢？"


def test_an_error_says_at_which_question(assistant: Assistant) -> None:
    with pytest.raises(QuestionError) as error:
        run(assistant, [Question("X1", "", (), "decline")], date(2026, 11, 23))
    assert error.value.__notes__ == ["while asking question X1"]


def test_every_version_of_an_article_is_a_source(corpus: Corpus) -> None:
    texts = texts_by_key(corpus)
    assert sum(map(len, texts.values())) == sum(len(d.articles) for d in corpus.documents)


def test_the_question_set_is_sound(corpus: Corpus) -> None:
    questions = load_questions()
    assert len(questions) >= 40
    assert len({question.id for question in questions}) == len(questions)
    keys = {article.key for document in corpus.documents for article in document.articles}
    for question in questions:
        assert question.expect in {"answer", "correct", "decline", "greet"}
        assert {*question.gold} <= keys, question.id


def test_no_question_stands_in_the_corpus(corpus: Corpus) -> None:
    texts = "\n".join(fold(passage.text) for passage in corpus.passages())
    for question in load_questions():
        # A term of the law typed as a keyword is no copy.
        if len(question.question) > _TERM:
            assert fold(question.question) not in texts


def test_a_broken_question_set(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": 1}', "utf-8")
    with pytest.raises(OptionError, match="题集"):
        load_questions(path)
