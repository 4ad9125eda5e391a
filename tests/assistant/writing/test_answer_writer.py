"""Answers that a model writes from whole articles, over a real server that can misbehave."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date

import pytest

from assistant.answering import label_of
from assistant.llm import connect
from assistant.llm.engine import Engine
from assistant.llm.scripted import ScriptedServer, scripted_server
from assistant.llm.scripted_replies import INVENTING, Behaviour, Request, reply_to, shown_in
from assistant.pipeline import Assistant
from assistant.types import Outcome, Query
from assistant.writing import JUDGE, PLAN, AnswerWriter
from eval.metrics import loose_numbers, loose_quotes, phantom_keys
from eval.runner import texts_by_key
from index.search.retriever import HybridRetriever
from tests.assistant.writing.test_generative import FAILING, QUESTIONS

TODAY = date(2026, 11, 28)
LETTER = "我开了个小卤味作坊，没办排污许可证就往沟里排水，会罚多少？找谁举报？"
Make = Callable[..., Assistant]
Reply = Callable[[Request], str]


@pytest.fixture
def writing_with(engine: Callable[..., Engine], retriever: HybridRetriever) -> Make:
    def make(behaviour: Behaviour, **limits: object) -> Assistant:
        return Assistant(
            lambda: retriever, AnswerWriter(engine(behaviour, **{"timeout_s": 20, **limits}))
        )

    return make


@pytest.mark.parametrize("question", QUESTIONS[:1] + QUESTIONS[2:4])
def test_the_model_s_text_is_the_answer(writing_with: Make, question: str) -> None:
    answer = writing_with(Behaviour.FAITHFUL).answer(Query(question, TODAY))
    assert answer.engine == "llm:scripted-faithful"
    assert answer.outcome is Outcome.ANSWERED
    assert answer.note == ""
    written = [s for s in answer.sentences if not s.text.startswith(("具体还要看", "也可以拨打"))]
    assert written
    assert all(s.citations for s in written)
    assert not any("「" in s.text for s in answer.sentences)


def test_whole_articles_are_shown_with_a_number_to_each_unit(
    writing_with: Make, server: ScriptedServer
) -> None:
    server.seen.clear()
    writing_with(Behaviour.FAITHFUL).answer(Query(QUESTIONS[0], TODAY))
    prompts = [str(body["messages"][1]["content"]) for body in server.seen]
    shown = next(prompt for prompt in prompts if "要回答的事：" in prompt)
    assert "《生态环境法典》第一千一百零二条" in shown
    assert "拒不停止排放污染物的" in shown
    marks = [line.split("]")[0] for line in shown.splitlines() if line.startswith("[")]
    assert marks == [f"[{n}" for n in range(1, len(marks) + 1)]
    assert len(marks) > 8


def test_the_budget_decides_how_much_is_shown(writing_with: Make, server: ScriptedServer) -> None:
    lengths = []
    for tokens in (600, 2_000, 6_000):
        server.seen.clear()
        writing_with(Behaviour.FAITHFUL, evidence_tokens=tokens).answer(Query(QUESTIONS[0], TODAY))
        lengths.append(max(len(str(body["messages"][1]["content"])) for body in server.seen))
    assert lengths[0] < lengths[1] < lengths[2]


def test_a_letter_is_planned_written_and_judged(writing_with: Make, server: ScriptedServer) -> None:
    server.seen.clear()
    answer = writing_with(Behaviour.FAITHFUL).answer(Query(LETTER, TODAY))
    systems = [body["messages"][0]["content"] for body in server.seen]
    assert systems[0] == PLAN
    # Every sentence is read in a call of its own.
    assert systems.count(JUDGE) == len(systems) - 2 > 0
    assert answer.usage["calls"] == len(systems)
    server.seen.clear()
    writing_with(Behaviour.FAITHFUL).answer(Query("夜间施工罚多少", TODAY))
    # One short question needs no plan.
    assert [body["messages"][0]["content"] for body in server.seen].count(PLAN) == 0
    server.seen.clear()
    writing_with(Behaviour.FAITHFUL, is_judged=False).answer(Query("夜间施工罚多少", TODAY))
    assert len(server.seen) == 1


@pytest.mark.parametrize("is_judged", [True, False])
@pytest.mark.parametrize("behaviour", INVENTING)
def test_what_a_model_invents_is_not_shown(
    assistant: Assistant, writing_with: Make, behaviour: Behaviour, is_judged: bool
) -> None:
    # The scripted model finds nothing wrong when it judges itself: the program stops it.
    texts = texts_by_key(assistant.corpus)
    inventing = writing_with(behaviour, is_judged=is_judged)
    for question in (*QUESTIONS, LETTER):
        answer = inventing.answer(Query(question, TODAY))
        value = answer.to_json()
        assert loose_numbers(value) == []
        assert loose_quotes(value) == []
        assert phantom_keys(value, texts) == []
        for invented in ("九百九十八", "三百三十八", "排污费征收条例", "987", "九百万", "答疑员"):
            assert invented not in answer.text


@pytest.mark.parametrize(("behaviour", "told"), FAILING.items())
def test_whatever_fails_the_extractive_answer_stands_in_time(
    assistant: Assistant, writing_with: Make, behaviour: Behaviour, told: str
) -> None:
    for question in (QUESTIONS[0], LETTER):
        query = Query(question, TODAY)
        plain = assistant.answer(query)
        started = time.monotonic()
        answer = writing_with(behaviour, timeout_s=3).answer(query)
        assert time.monotonic() - started < 6
        assert answer.engine == "extractive"
        assert told in answer.note
        assert answer.sentences == plain.sentences


def test_a_server_that_dislikes_the_prompt_s_length_gets_half(
    writing_with: Make, server: ScriptedServer
) -> None:
    server.seen.clear()
    writing_with(Behaviour.SMALL, evidence_tokens=600).answer(Query(QUESTIONS[0], TODAY))
    prompts = [str(body["messages"][1]["content"]) for body in server.seen]
    first, second = (len(prompt) for prompt in prompts if "要回答的事：" in prompt)
    assert second < first


def test_what_is_shown_while_it_grows_stands_at_the_end(writing_with: Make) -> None:
    *growing, last = writing_with(Behaviour.FAITHFUL).stream(Query(QUESTIONS[0], TODAY))
    assert growing
    for part in growing:
        assert {s.text for s in part.sentences} <= {s.text for s in last.sentences}


def test_before_the_first_words_its_source_stands_alone(writing_with: Make) -> None:
    for question in (QUESTIONS[0], LETTER):
        first, *_, last = writing_with(Behaviour.FAITHFUL).stream(Query(question, TODAY))
        assert first.sentences == ()
        assert first.text == ""
        assert len(first.citations) == 1
        assert first.citations[0].key in {citation.key for citation in last.citations}
        assert last.sentences


@pytest.mark.parametrize("behaviour", INVENTING)
def test_nothing_is_shown_on_the_way_that_has_not_been_read(
    writing_with: Make, behaviour: Behaviour
) -> None:
    *growing, last = writing_with(behaviour).stream(Query(LETTER, TODAY))
    if last.engine == "extractive":
        return
    for part in growing:
        assert {s.text for s in part.sentences} <= {s.text for s in last.sentences}


def test_the_second_try_is_told_why_a_sentence_fell(
    writing_with: Make, server: ScriptedServer
) -> None:
    server.seen.clear()
    writing_with(Behaviour.NUMBERS).answer(Query(QUESTIONS[0], TODAY))
    prompts = [str(body["messages"][1]["content"]) for body in server.seen]
    again = next(prompt for prompt in prompts if "没有通过核对" in prompt)
    told = [line for line in again.splitlines() if line.startswith("- ")]
    assert told
    assert all(line.endswith("）") and "（" in line for line in told)
    assert any("数额" in line for line in told)


def test_an_article_by_its_number_is_not_rewritten(writing_with: Make) -> None:
    answer = writing_with(Behaviour.FAITHFUL).answer(Query("法典第一百七十六条", TODAY))
    assert any("「" in s.text for s in answer.sentences)


def test_what_the_program_only_thinks_is_decided_elsewhere_is_shown_to_the_model(
    assistant: Assistant, writing_with: Make, server: ScriptedServer
) -> None:
    question = "宠物医院要上一台X光机，需要办什么证？要不要挂警示标志？"
    assert assistant.answer(Query(question, TODAY)).outcome is Outcome.DECLINED
    server.seen.clear()
    answer = writing_with(Behaviour.FAITHFUL).answer(Query(question, TODAY))
    assert any("要回答的事：" in str(body["messages"][1]["content"]) for body in server.seen)
    assert answer.outcome is Outcome.ANSWERED
    # What surely is decided elsewhere is not.
    server.seen.clear()
    sure = writing_with(Behaviour.FAITHFUL).answer(Query("饭店的油烟机多久洗一次算合格", TODAY))
    assert (sure.outcome, server.seen) == (Outcome.DECLINED, [])


def test_for_which_place_a_text_is_is_told_to_the_model_and_to_the_reader(
    assistant: Assistant, writing_with: Make, server: ScriptedServer
) -> None:
    query = Query("寿光的近岸海域今年要做什么", TODAY)
    note = "部署原文没有单独写寿光，以下是对全市的安排。"
    assert assistant.answer(query).sentences[0].text == note
    server.seen.clear()
    answer = writing_with(Behaviour.FAITHFUL).answer(query)
    prompt = next(str(body["messages"][1]["content"]) for body in server.seen)
    assert f"说明：{note}\n" in prompt
    assert answer.engine == "llm:scripted-faithful"
    assert [s.text for s in answer.sentences].count(note) == 1
    assert answer.sentences[0].text == note


@pytest.fixture
def replying(
    retriever: HybridRetriever,
) -> Iterator[Callable[[Reply], Assistant]]:
    with ExitStack() as servers:

        def make(reply: Reply) -> Assistant:
            server = servers.enter_context(scripted_server(reply=reply))
            engine = connect(Behaviour.FAITHFUL.value, server.base_url, server.key, timeout_s=20)
            return Assistant(lambda: retriever, AnswerWriter(engine))

        yield make


def test_what_the_model_leaves_out_is_answered_by_the_program_or_told(
    replying: Callable[[Reply], Assistant],
) -> None:
    asks = ["没办排污许可证就往沟里排水会罚多少", "这件事找谁举报", "卤味作坊招牌能做多大"]

    def reply(request: Request) -> str:
        if request.system == PLAN:
            return json.dumps({"asks": asks, "queries": []})
        if not (shown := shown_in(request)):
            return reply_to(Behaviour.FAITHFUL, request)
        return json.dumps(
            {"sentences": [{"ask": 1, "text": shown[0], "units": [1]}], "missing": []}
        )

    answer = replying(reply).answer(Query(LETTER, TODAY))
    parts = {s.part: s.text for s in answer.sentences if s.part}
    assert list(parts) == [label_of(ask) for ask in asks]
    # 「找谁举报」 is the same ask, in other words than the program's.
    assert "举报" in parts[label_of(asks[1])]
    assert parts[label_of(asks[2])] == "这一点没有写出能通过核验的回答，请单独再问。"
