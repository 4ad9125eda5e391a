"""Answers written with a model, well-behaved or not, over a real server."""

import json
import logging
import time
from collections.abc import Callable
from datetime import date

import pytest

from assistant.llm.engine import connect
from assistant.llm.scripted import ScriptedServer
from assistant.llm.scripted_replies import INVENTING, Behaviour
from assistant.pipeline import Assistant
from assistant.types import Audience, Outcome, Query
from assistant.writing.beside import BesideWriter, Uses
from eval.metrics import loose_numbers, loose_quotes, phantom_keys
from eval.runner import texts_by_key
from index.search.retriever import HybridRetriever

TODAY = date(2026, 11, 23)
Make = Callable[..., Assistant]
QUESTIONS = (
    "没办排污许可证就排污，会怎么罚？",
    "潍坊降碳有哪些措施？",
    "夜里施工合法吗",
    "危险废物怎么贮存",
    "产生工业固体废物的单位要办排污许可证吗？",
)
#: What the model may do wrong on the way, and what the reader is told.
FAILING = {
    Behaviour.SILENT: "没有在限定的时间内",
    Behaviour.DRIPS: "没有在限定的时间内",
    Behaviour.BUSY: "太忙",
    Behaviour.NO_QUOTA: "太忙",
    Behaviour.WRONG_KEY: "不认密钥",
    Behaviour.FAULTY: "接口出错",
    Behaviour.REDIRECTS: "接口出错",
    Behaviour.OVERFLOWS: "超过了它的上限",
    Behaviour.BREAKS: "中途断了",
    Behaviour.GARBLED: "中途断了",
    Behaviour.EMPTY: "没有写出内容",
    Behaviour.REFUSES: "没有通过核验",
    Behaviour.NONSENSE: "没有通过核验",
}


def test_the_model_writes_before_the_quotes_and_all_quotes_stay(
    assistant: Assistant, assistant_with: Make
) -> None:
    query = Query(QUESTIONS[0], TODAY)
    plain = assistant.answer(query)
    written = assistant_with(Behaviour.FAITHFUL).answer(query)
    assert written.engine == "llm:scripted-faithful"
    assert written.note == ""
    texts = [sentence.text for sentence in written.sentences]
    kept = [sentence.text for sentence in plain.sentences]
    assert [text for text in texts if text in kept] == kept
    assert len(texts) > len(kept)
    assert {c.quote for c in written.citations} == {c.quote for c in plain.citations}
    assert written.usage["tokens_in"] > 0
    assert written.usage["tokens_out"] > 0


def test_every_sentence_stands_before_it_is_shown(assistant_with: Make) -> None:
    parts = list(assistant_with(Behaviour.FAITHFUL).stream(Query(QUESTIONS[0], TODAY)))
    assert [len(part.sentences) for part in parts] == list(range(1, len(parts) + 1))
    final = parts[-1]
    for part in parts:
        assert part.outcome is Outcome.ANSWERED
        assert part.sentences == final.sentences[: len(part.sentences)]
        cited = {n for sentence in part.sentences for n in sentence.citations}
        assert cited <= {citation.n for citation in part.citations}


@pytest.mark.parametrize("behaviour", INVENTING)
def test_what_a_model_invents_is_not_shown(
    assistant: Assistant, assistant_with: Make, behaviour: Behaviour
) -> None:
    texts = texts_by_key(assistant.corpus)
    inventing = assistant_with(behaviour)
    for question in QUESTIONS:
        query = Query(question, TODAY)
        plain, answer = assistant.answer(query), inventing.answer(query)
        value = answer.to_json()
        assert loose_numbers(value) == []
        assert loose_quotes(value) == []
        assert phantom_keys(value, texts) == []
        assert answer.outcome is plain.outcome
        assert {c.key for c in answer.citations} == {c.key for c in plain.citations}
        for invented in ("九百九十八", "三百三十八", "排污费征收条例", "987", "九百万", "答疑员"):
            assert invented not in answer.text


def test_marks_that_are_left_out_or_wrong_are_put_right(assistant_with: Make) -> None:
    query = Query(QUESTIONS[0], TODAY)
    faithful = assistant_with(Behaviour.FAITHFUL).answer(query)
    for behaviour in (Behaviour.UNMARKED, Behaviour.CITATIONS):
        assert assistant_with(behaviour).answer(query).sentences == faithful.sentences


@pytest.mark.parametrize(("behaviour", "told"), FAILING.items())
def test_whatever_fails_the_extractive_answer_stands_in_time(
    assistant: Assistant, assistant_with: Make, behaviour: Behaviour, told: str
) -> None:
    query = Query(QUESTIONS[0], TODAY)
    plain = assistant.answer(query)
    started = time.monotonic()
    answer = assistant_with(behaviour, timeout_s=3).answer(query)
    assert time.monotonic() - started < 6
    assert answer.engine == "extractive"
    assert told in answer.note
    assert answer.sentences == plain.sentences
    assert answer.citations == plain.citations


def test_a_reply_that_breaks_late_keeps_what_has_passed(
    assistant: Assistant, assistant_with: Make
) -> None:
    # Two passages, so that a sentence is complete before the reply breaks.
    query = Query("施工单位夜里没有证明就施工罚多少", TODAY)
    answer = assistant_with(Behaviour.BREAKS_LATE).answer(query)
    assert answer.engine == "llm:scripted-breaks-late"
    assert answer.note == "人工智能的回答中途断了，后面没有再写。"
    plain = assistant.answer(query)
    assert {s.text for s in plain.sentences} < {s.text for s in answer.sentences}
    assert {c.quote for c in plain.citations} <= {c.quote for c in answer.citations}


def test_a_busy_server_is_asked_again(assistant_with: Make, server: ScriptedServer) -> None:
    server.calls.clear()
    answer = assistant_with(Behaviour.BUSY_ONCE).answer(Query(QUESTIONS[0], TODAY))
    assert answer.engine == "llm:scripted-busy-once"
    assert server.calls[Behaviour.BUSY_ONCE] == 2


def test_a_server_that_dislikes_the_prompt_s_length_gets_half(assistant_with: Make) -> None:
    answer = assistant_with(Behaviour.SMALL).answer(Query(QUESTIONS[0], TODAY))
    assert answer.engine == "llm:scripted-small"


def test_a_server_without_schemas_is_asked_for_text(assistant_with: Make) -> None:
    answer = assistant_with(Behaviour.PLAIN).answer(Query(QUESTIONS[0], TODAY))
    assert answer.engine == "llm:scripted-takes-no-schema"


@pytest.mark.parametrize("behaviour", [Behaviour.FAITHFUL, Behaviour.OBEYS, Behaviour.ARTICLES])
@pytest.mark.parametrize(
    "question",
    [
        "青岛今年的PM2.5目标是多少？",
        "生态环境法典第2000条",
        "126项任务哪一天完成",
        "推荐一家火锅店",
    ],
)
def test_a_decline_stays_one_and_no_model_is_asked(
    assistant_with: Make,
    server: ScriptedServer,
    behaviour: Behaviour,
    question: str,
) -> None:
    server.seen.clear()
    everything = Uses(follow_ups=True, split=True, gist=True)
    answer = assistant_with(behaviour, everything).answer(Query(question, TODAY))
    assert answer.outcome is Outcome.DECLINED
    assert answer.engine == "extractive"
    assert server.seen == []


def test_a_named_article_gets_a_gist_that_is_told_as_one(assistant_with: Make) -> None:
    public = assistant_with(Behaviour.FAITHFUL).answer(Query("法典第1102条", TODAY))
    assert any(s.text.startswith("大意（人工智能改写，以原文为准）：") for s in public.sentences)
    assert "「" in public.text
    staff = assistant_with(Behaviour.FAITHFUL).answer(Query("法典第1102条", TODAY, Audience.STAFF))
    assert staff.engine == "extractive"
    assert "没有经过人工智能改写" in staff.note


def test_neither_key_nor_prompt_reaches_a_log_an_error_or_the_answer(
    retriever: HybridRetriever,
    server: ScriptedServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    key = "sk-this-is-a-secret-0123456789"
    caplog.set_level(logging.DEBUG)
    writer = BesideWriter(connect("scripted-wrong-key", server.base_url, key, timeout_s=5))
    answer = Assistant(lambda: retriever, writer).answer(Query(QUESTIONS[0], TODAY))
    assert "不认密钥" in answer.note
    ours = [r.getMessage() for r in caplog.records if r.name.startswith("assistant")]
    assert ours
    logged = "\n".join(f"{r.getMessage()} {r.exc_text or ''}" for r in caplog.records)
    assert key not in logged
    assert key not in json.dumps(answer.to_json(), ensure_ascii=False)
    assert key not in repr(writer.__dict__)
    assert server.headers[-1]["authorization"] == f"Bearer {key}"


def test_nothing_tells_the_server_about_the_machine(
    assistant_with: Make,
    server: ScriptedServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-service")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-another-service")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    answer = assistant_with(Behaviour.FAITHFUL).answer(Query(QUESTIONS[0], TODAY))
    assert answer.engine == "llm:scripted-faithful"
    sent = json.dumps(server.headers[-1])
    assert "another-service" not in sent
    assert "x-stainless" not in sent


def test_a_lead_that_the_gate_stops_does_not_stop_the_answer(
    assistant: Assistant, assistant_with: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.extracting.composer.lead", lambda *_: "罚款九百九十八万元。")
    query = Query(QUESTIONS[0], TODAY)
    plain, written = assistant.answer(query), assistant_with(Behaviour.DENIES).answer(query)
    assert "九百九十八" not in written.text
    assert {c.key for c in written.citations} == {c.key for c in plain.citations}
    assert written.citations
