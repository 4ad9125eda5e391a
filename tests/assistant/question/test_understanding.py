from datetime import date

import pytest

from assistant.intake import check_question
from assistant.question.aspects import Aspect
from assistant.question.understanding import understand
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.errors import QuestionError

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("", "空的"),
        ("  \n\t ", "空的"),
        ("？！……", "标点"),
        ("问" * 2001, "2000"),
        ("排污\x00许可", "控制字符"),
        ("\u200b\u200b", "空的"),
    ],
)
def test_unfit_questions_get_one_sentence(question: str, says: str) -> None:
    with pytest.raises(QuestionError, match=says) as caught:
        check_question(question)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_status == 2


def test_a_question_of_2000_characters_is_taken() -> None:
    assert check_question("问" * 2000)


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("重点任务有多少项", Aspect.QUANTITY),
        ("无证排污怎么处罚", Aspect.PENALTY),
        ("减污有哪些措施", Aspect.LIST),
        ("法典第五条说了什么", Aspect.CONTENT),
        ("哪天施行", Aspect.DATE),
    ],
)
def test_aspects(corpus: Corpus, question: str, aspect: Aspect) -> None:
    assert aspect in understand(Query(question, TODAY), corpus).aspects


def test_writing_is_brought_to_one_form(corpus: Corpus) -> None:
    understood = understand(Query("環境法典第１７６條", TODAY), corpus)
    assert understood.looked_up is not None
    assert understood.looked_up.key == "中华人民共和国生态环境法典#176"


def test_a_follow_up_leans_on_the_turn_before(corpus: Corpus) -> None:
    history = ("我们厂超标排放废水会怎么处罚？",)
    understood = understand(Query("如果情节严重呢？", TODAY, history=history), corpus, history[0])
    assert understood.is_follow_up
    assert "超标排放废水" in understood.search_text


def test_a_claim_of_where_something_stands_is_not_looked_for_there(corpus: Corpus) -> None:
    understood = understand(Query("无废城市是放在减污那块里的，没错吧", TODAY), corpus)
    assert understood.theme is None
    assert "减污" not in understood.search_text
    assert understand(Query("减污这块有哪些措施", TODAY), corpus).theme == "policy:减污"


def test_a_new_article_is_no_follow_up(corpus: Corpus) -> None:
    history = ("我们厂超标排放废水会怎么处罚？",)
    understood = understand(Query("法典第176条", TODAY, history=history), corpus)
    assert not understood.is_follow_up
    assert "废水" not in understood.search_text


def test_a_place_that_sounds_like_a_term_is_no_mistake(corpus: Corpus) -> None:
    understanding = understand(Query("威海也能填吗", TODAY), corpus)
    assert "威海" in understanding.text
    assert understanding.corrections == ()


def test_a_part_that_says_something_is_looked_into(corpus: Corpus) -> None:
    asked = understand(Query("“降碳”那段说要在哪方面发力", TODAY), corpus)
    claimed = understand(Query("争取中央资金那条在增长板块，对吧", TODAY), corpus)
    assert asked.theme == "policy:降碳"
    assert claimed.theme is None


@pytest.mark.parametrize(
    ("question", "only_tells", "claims"),
    [
        ("我们一直没装", True, True),
        ("听说罚五万，对吧", False, True),
        ("罚多少", False, False),
    ],
)
def test_telling_claiming_and_asking(
    corpus: Corpus, question: str, only_tells: bool, claims: bool
) -> None:
    understanding = understand(Query(question, TODAY), corpus)
    assert (understanding.only_tells, understanding.claims) == (only_tells, claims)
