"""A turn that can stand alone is a new question; one that can't leans on the right topic."""

import pytest

from assistant.dialog.leaning import lean_on, topics_of
from index.search import HybridRetriever

TALK = (
    "排污许可证有效期多久？",
    "到期前多久要办延续",
    "工地夜里能施工吗",
    "那罚多少",
    "谢谢",
)


@pytest.mark.parametrize(
    "turn",
    [
        "危险废物转移联单怎么填",
        "捡到受伤的猫头鹰该交给谁",
        "环评报告表多少天批下来",
        "河道里能不能种树",
    ],
)
def test_a_new_question_stands_alone(turn: str, retriever: HybridRetriever):
    assert lean_on(turn, TALK, retriever) == ""


@pytest.mark.parametrize("turn", ["那要是个人呢", "要是拒不改正呢", "那该找谁"])
def test_what_says_little_leans_on_the_last_topic(turn: str, retriever: HybridRetriever):
    assert "工地夜里" in lean_on(turn, TALK, retriever)


def test_it_goes_back_to_what_it_names(retriever: HybridRetriever):
    assert "许可证" in lean_on("前面说的那个许可证，丢了怎么补", TALK, retriever)


def test_talk_is_no_topic(retriever: HybridRetriever):
    topics = topics_of(TALK, retriever)
    assert [topic.opening for topic in topics] == ["排污许可证有效期多久?", "工地夜里能施工吗"]


def test_a_first_turn_leans_on_nothing(retriever: HybridRetriever):
    assert lean_on("那罚多少", (), retriever) == ""
