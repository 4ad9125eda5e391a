"""A turn as a browser reads it."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.intake import MAX_QUESTION
from assistant.types import Answer, Audience, Nearest, Outcome, Sentence
from assistant.ui.chat.rendering import (
    Beside,
    render_answer,
    render_pending,
    render_problem,
    render_turn,
    to_exchange,
)
from corpus.collection import Hotline
from tests.assistant.ui.markup import Markup
from tests.records import HOSTILE, make_answer, make_citation, patient

typed = st.text("<>&\"'`/=!-[]{}$ 甲a1;#")
HOTLINE = Hotline(number="12345", name="热线")
TWO = (make_citation(1), make_citation(2, key="某法#6", locator="第六条", quote="罚款二万元。"))


def turn_of(question: str, reply: str = "", exchange: str = "") -> Markup:
    return Markup(render_turn(3, question, reply, exchange))


def shown(
    *sentences: Sentence,
    beside: Beside | None = None,
    reader: Audience = Audience.PUBLIC,
    **fields: Any,
) -> Markup:
    answer = make_answer(*sentences, **({"citations": TWO} | fields))
    return Markup(render_answer(answer, 3, reader, beside))


def words_of(page: Markup) -> list[str]:
    return [p.text for p in page.named("p") if p.attributes.get("class") in ("line", "item")]


def facts_of(page: Markup) -> str:
    (line,) = page.classed("facts")
    return line.text


def declined(beside: Beside | None = None) -> Markup:
    sentence = Sentence("现有资料没有这方面的内容。", ())
    return shown(sentence, beside=beside, outcome=Outcome.DECLINED, citations=())


def test_a_turn_has_a_place_of_its_own_and_a_name() -> None:
    section = turn_of("怎么罚？").one("section")
    assert section.attributes["id"] == "t3"
    assert section.attributes["aria-label"] == "第3次问答"


def test_a_turn_has_the_question_and_then_the_reply() -> None:
    page = turn_of(" 第一行\n第二行 ", "<p>答</p>")
    (question,) = page.classed("question")
    assert question.text == "您的问题：第一行第二行"
    assert len(page.named("br")) == 1
    assert page.text == question.text + "答"


@patient
@given(typed)
def test_a_question_is_shown_to_the_letter(question: str) -> None:
    page = turn_of(question)
    assert page.text == f"您的问题：{question.strip()}"
    assert [element.tag for element in page.elements] == ["section", "div", "span", "p"]


@patient
@given(typed)
def test_the_exchange_comes_out_of_its_attribute_as_it_went_in(exchange: str) -> None:
    attributes = turn_of("问", exchange=exchange).one("section").attributes
    assert attributes.get("data-exchange", "") == exchange


@pytest.mark.parametrize(
    ("length", "ending"), [(MAX_QUESTION, "长"), (MAX_QUESTION + 1, "……"), (100_000, "……")]
)
def test_a_question_is_cut_where_none_may_be_longer(length: int, ending: str) -> None:
    text = turn_of("长" * length).text
    assert text.count("长") == MAX_QUESTION
    assert text.endswith(ending)


def test_what_is_awaited_is_told() -> None:
    assert Markup(render_pending()).text == "正在查找条文……"
    assert Markup(render_pending(7)).text == "正在排队，前面还有 7 人……"
    assert Markup(render_pending()).classed("reply")[0].classes == ["reply", "pending"]


def test_a_problem_has_a_label_and_a_message() -> None:
    page = Markup(render_problem("太长了。\n请缩短。", "请改一下再问"))
    assert [p.text for p in page.named("p")] == ["请改一下再问", "太长了。请缩短。"]
    assert page.classed("problem")[0].classes == ["reply", "problem"]


@patient
@given(typed)
def test_a_message_is_shown_to_the_letter(message: str) -> None:
    assert Markup(render_problem(message, "请等")).text == f"请等{message}"


def test_no_line_begins_with_a_mark() -> None:
    page = shown(Sentence("应当取得许可。", (1, 2)))
    (kept,) = page.classed("keep")
    assert kept.text == "。[1][2]"


def test_marks_that_no_line_holds_are_kept_in_fours() -> None:
    many = tuple(make_citation(n) for n in range(1, 10))
    page = shown(Sentence("甲。", tuple(range(1, 10))), citations=many)
    kept = [each.text for each in page.classed("keep")]
    assert kept == ["。[1][2][3][4]", "[5][6][7][8]", "[9]"]


def test_marks_stand_behind_the_last_line_of_several() -> None:
    page = shown(Sentence("有下列情形：\n（一）甲；\n（二）乙。", (1,)))
    assert words_of(page) == ["有下列情形：", "（一）甲；", "（二）乙。[1]"]
    assert [p.text for p in page.classed("item")] == ["（一）甲；", "（二）乙。[1]"]


def test_a_mark_without_its_citation_is_left_out() -> None:
    assert words_of(shown(Sentence("甲。", (1, 9)))) == ["甲。[1]"]


def test_the_sources_in_use_are_listed_in_order() -> None:
    page = shown(Sentence("甲。", (2,)), Sentence("乙。", (1,)))
    assert [number.text for number in page.classed("n")] == ["[1]", "[2]"]
    assert [name.text for name in page.classed("name")] == ["某法 第五条", "某法 第六条"]
    assert [number.text for number in shown(Sentence("甲。", (2,))).classed("n")] == ["[2]"]
    assert not shown(Sentence("甲。", ())).named("ol")


def test_a_source_tells_its_state_its_date_and_our_remark() -> None:
    cited = make_citation(status="已废止", effective_date="2015-01-01", note="条首缺失")
    page = shown(Sentence("甲。", (1,)), citations=(cited,))
    (head,), (card,) = page.classed("document-head"), page.classed("card")
    assert head.text == "某法已废止2015年1月1日起施行"
    assert card.text.endswith("条首缺失")


@pytest.mark.parametrize(
    ("reader", "name"), [(Audience.PUBLIC, "公众"), (Audience.STAFF, "工作人员")]
)
def test_the_quiet_line_tells_the_day_and_the_reader(reader: Audience, name: str) -> None:
    line = facts_of(shown(Sentence("甲。", (1,)), reader=reader))
    assert f"以 2026年11月23日 为准 · 面向{name}" in line


@pytest.mark.parametrize(
    ("engine", "told"),
    [
        ("extractive", "引文逐字可查，没有用人工智能改写"),
        ("llm:qwen", "由人工智能（qwen）组织语言，逐句核对原文"),
    ],
)
def test_the_quiet_line_tells_who_wrote(engine: str, told: str) -> None:
    assert told in facts_of(shown(Sentence("甲。", (1,)), engine=engine))


def test_a_refusal_was_written_by_nobody() -> None:
    assert "人工智能" not in facts_of(declined())


def test_what_was_understood_and_noted_is_told() -> None:
    line = facts_of(shown(Sentence("甲。", (1,)), understood="无证排污怎么罚", note="没有再写。"))
    assert line.startswith("理解为：无证排污怎么罚 · ")
    assert line.endswith(" · 没有再写。")


def test_a_complete_answer_ends_with_the_disclosure() -> None:
    page = shown(Sentence("甲。", (1,)), beside=Beside())
    assert page.elements[0].classes == ["reply"]
    assert page.elements[-1].classes == ["disclosure"]
    assert page.text.endswith(make_answer().disclosure)


def test_where_to_ask_is_told_only_with_a_refusal() -> None:
    beside = Beside(hotlines=(HOTLINE,))
    assert "12345 热线" in declined(beside).text
    assert "tel:12345" in [a.attributes["href"] for a in declined(beside).named("a")]
    assert "12345" not in shown(Sentence("甲。", (1,)), beside=beside).text


def test_what_is_nearest_stands_with_a_refusal() -> None:
    beside = Beside(nearest=(Nearest("某法#5", "某法", "第五条", "应当依法取得许可。"),))
    page = declined(beside)
    assert [source.text for source in page.classed("source")] == ["某法 第五条"]
    assert [each.text for each in page.classed("snippet")] == ["应当依法取得许可。"]
    assert not declined(Beside()).classed("nearest")


def test_a_snippet_ends_with_a_clause() -> None:
    text = "下列单位应当依法取得许可：\n" + "，".join(f"排放第{n}种污染物的" for n in range(30))
    page = declined(Beside(nearest=(Nearest("某法#5", "某法", "第五条", text),)))
    (snippet,) = page.classed("snippet")
    assert snippet.text.endswith("种污染物的……")
    assert 45 < len(snippet.text) <= 92
    assert "".join(text.split("\n")).startswith(snippet.text.removesuffix("……"))


@patient
@given(typed)
def test_the_copy_comes_out_of_its_attribute_as_it_went_in(copy: str) -> None:
    (actions,) = shown(Sentence("甲。", (1,)), beside=Beside(copy=copy)).classed("actions")
    assert actions.attributes["data-copy"] == copy


def test_the_word_of_each_turn_has_its_own_label() -> None:
    page = shown(Sentence("甲。", (1,)), beside=Beside())
    (label,) = (each for each in page.named("label") if "for" in each.attributes)
    (word,) = (each for each in page.named("input") if each.attributes.get("name") == "word")
    assert label.attributes["for"] == word.attributes["id"] == "w3"


def test_an_answer_can_be_taken_away_in_every_way() -> None:
    page = shown(Sentence("甲。", (1,)), beside=Beside())
    buttons = [b for b in page.named("button") if "data-do" in b.attributes]
    assert {b.attributes["data-do"]: b.text for b in buttons} == {
        "copy": "复制",
        "export": "导出 Word（备忘录）",
        "print": "打印",
        "aloud": "朗读",
        "link": "复制链接",
        "useful": "有用",
        "useless": "没用",
    }
    (memo,) = (b for b in buttons if b.attributes["data-do"] == "export")
    assert memo.attributes["data-kind"] == "docx"
    (choose,) = page.classed("choose")
    assert choose.text == "选入导出"
    assert any("data-choose" in each.attributes for each in page.named("input"))


@patient
@given(typed)
def test_a_sentence_is_shown_to_the_letter(text: str) -> None:
    assert "".join(words_of(shown(Sentence(text, (1,))))) == f"{text}[1]"


def test_an_exchange_is_the_answer_with_its_audience() -> None:
    answer: Answer = replace(make_answer(Sentence("甲。", (1,))), question=HOSTILE)
    text = to_exchange(answer, Audience.ENTERPRISE)
    assert json.loads(text) == {"audience": "enterprise", **answer.to_json()}
    assert "甲。" in text
