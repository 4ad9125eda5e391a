"""Turns that lean on the dialog before them, and turns that begin something new."""

from datetime import date

import numpy as np
import pytest

from assistant.dialog.model import load_dialog_model
from assistant.dialog.resolving import resolve, stand
from assistant.dialog.turns import CANDIDATE
from assistant.pipeline import Assistant
from assistant.types import Outcome, Query
from corpus.collection import Kind
from index.search.retriever import HybridRetriever
from tests.conftest import TODAY

CODE = "中华人民共和国生态环境法典"


def query(*turns: str) -> Query:
    return Query(turns[-1], TODAY, history=turns[:-1])


@pytest.mark.parametrize(
    ("turns", "key"),
    [
        (("我们厂超标排放废水会怎么处罚？", "如果情节严重呢？"), f"{CODE}#1107"),
        (("环评没批就动工", "老板会被拘留吗"), f"{CODE}#1095"),
        (("法典第176条", "违反了呢"), f"{CODE}#1102"),
        (("降碳要完成几个支撑项目", "减污那摊呢，任务有几项"), "policy:减污"),
        (("水法", "它哪天施行的"), "中华人民共和国水法#82"),
    ],
)
def test_a_turn_leans_on_the_dialog(assistant: Assistant, turns: tuple[str, ...], key: str) -> None:
    answer = assistant.answer(query(*turns))
    assert key in [citation.key for citation in answer.citations]
    assert turns[0].rstrip("？") in answer.understood


def test_a_new_topic_is_answered_by_itself(assistant: Assistant) -> None:
    answer = assistant.answer(query("超标排污罚多少", "野猪拱了我家的花生地，损失谁来补偿"))
    assert "中华人民共和国野生动物保护法#19" in [citation.key for citation in answer.citations]
    assert answer.understood == ""


def test_a_follow_up_of_a_follow_up_keeps_the_topic(assistant: Assistant) -> None:
    answer = assistant.answer(query("没办排污许可证就排污", "罚多少", "要是拒不停下来呢"))
    assert f"{CODE}#1102" in [citation.key for citation in answer.citations]


def test_what_the_corpus_lacks_is_refused_in_a_dialog_too(assistant: Assistant) -> None:
    answer = assistant.answer(query("超标排污罚多少", "明天潍坊会不会下雨，适合晒被子吗"))
    assert answer.outcome is Outcome.DECLINED


def test_how_far_one_s_own_case_has_come_is_not_in_any_law(assistant: Assistant) -> None:
    answer = assistant.answer(query("林木采伐证是谁发的", "我的申请审到哪一步了"))
    assert answer.outcome is Outcome.DECLINED
    assert "办理进度" in answer.sentences[0].text


def test_a_repealed_article_leads_to_the_one_in_force(assistant: Assistant) -> None:
    answer = assistant.answer(query("水污染防治法第83条怎么罚超标排污", "那现在按哪条罚"))
    assert answer.citations[0].status != "repealed"
    assert answer.citations[0].key.startswith(CODE)


def test_a_title_in_force_named_before_does_not_answer_what_comes_after(
    retriever: HybridRetriever,
) -> None:
    turn = stand(query("水法里取水要办许可证吗", "那家里吃水的呢"), retriever)
    assert turn is not None
    assert not turn.leaning.references
    turn = stand(query("水污染防治法作废了？", "废它的依据具体在哪条"), retriever)
    assert turn is not None
    assert [r.title for r in turn.leaning.references] == ["中华人民共和国水污染防治法"]
    assert not turn.names_its_source


def test_what_says_enough_by_itself_is_answered_from_the_law_that_it_is_about(
    assistant: Assistant,
) -> None:
    answer = assistant.answer(query("水法里取水要办许可证吗", "那自家院子打口井吃水呢"))
    assert answer.citations[0].key == "中华人民共和国水法#48"


def test_a_follow_up_gets_another_part_of_the_same_article(assistant: Assistant) -> None:
    turns = ("环评报告书没批就动工，罚多少？", "叫停了还接着干，老总本人会被拘留吗")
    first = assistant.answer(query(turns[0]))
    then = assistant.answer(query(*turns))
    assert first.citations[0].key == then.citations[0].key == f"{CODE}#1095"
    assert "拘留" not in first.citations[0].quote
    assert "拘留" in then.citations[0].quote


@pytest.mark.parametrize(
    ("turns", "duty", "penalty"),
    [
        (("饭店排油烟要装净化器吗", "我们一直没装，开了半年"), "#250", "#1132"),
        (("水库是一级水源地，能去甩两竿吗", "组织大家去钓的老板呢"), "#319", "#1145"),
    ],
)
def test_an_act_told_in_a_dialog_gets_the_duty_and_what_follows(
    assistant: Assistant, turns: tuple[str, ...], duty: str, penalty: str
) -> None:
    keys = [citation.key for citation in assistant.answer(query(*turns)).citations]
    assert {CODE + duty, CODE + penalty} <= set(keys)


def test_an_exception_is_not_told_as_forbidden(assistant: Assistant) -> None:
    answer = assistant.answer(query("夜里能打桩吗", "市政抢修也不行？"))
    assert "明令禁止" not in answer.text
    assert "抢修、抢险施工作业" in answer.citations[0].quote


def test_a_first_question_and_a_named_article_stand_alone(retriever: HybridRetriever) -> None:
    assert stand(query("超标排污罚多少"), retriever) is None
    assert stand(query("超标排污罚多少", "法典第176条"), retriever) is None


def test_nothing_in_force_is_no_dialog(retriever: HybridRetriever) -> None:
    before_any_law = Query("那呢", date(1900, 1, 1), history=("超标排污罚多少",))
    resolved = resolve(before_any_law, retriever, 5)
    assert {hit.passage.kind for hit in resolved.found.hits} == {Kind.POLICY}


def test_turns_that_say_nothing_are_passed_over(retriever: HybridRetriever) -> None:
    resolved = resolve(query("！！！", "\x00", "超标排污罚多少"), retriever, 5)
    assert not resolved.understanding.is_follow_up


def test_chances_are_those_of_the_articles_found(retriever: HybridRetriever) -> None:
    turn = stand(query("超标排污罚多少", "拒不改正的呢"), retriever)
    assert turn is not None
    model = load_dialog_model()
    chances = model.chances(turn)
    assert model.describe(turn).shape == (len(turn.keys), len(CANDIDATE))
    assert chances.shape == (len(turn.keys),)
    assert float(np.sum(chances)) == pytest.approx(1.0, abs=1e-5)
