"""What a text outside the corpus decides: the machine that tells it, and what a letter gets."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.answering import Wording
from assistant.pipeline import Assistant
from assistant.types import Answer, Outcome, Query

TODAY = date(2026, 11, 28)
CATALOGUE = "国家危险废物名录"


def ask(assistant: Assistant, question: str, *history: str) -> Answer:
    return assistant.answer(Query(question, TODAY, history=history))


@pytest.fixture
def wording() -> Wording:
    random = np.random.default_rng(5)
    supports = random.normal(size=(40, 8)).astype(np.float32)
    supports /= np.linalg.norm(supports, axis=1, keepdims=True)
    return Wording(supports, random.normal(size=40).astype(np.float32), -0.25, 1.0)


def test_the_margin_is_the_weighted_sum_of_the_kernels(wording: Wording):
    vector = wording.supports[3] * 0.5
    kernels = [np.exp(-sum((vector - support) ** 2)) for support in wording.supports]
    assert wording.margin(vector) == pytest.approx(
        float(wording.weights @ kernels) - 0.25, abs=1e-5
    )


def test_far_from_all_supports_only_the_constant_is_left(wording: Wording):
    assert wording.margin(np.full(8, 50.0)) == pytest.approx(-0.25)


def test_a_saved_machine_tells_nearly_the_same(wording: Wording, tmp_path: Path):
    path = tmp_path / "wording.npz"
    wording.save(path)
    read = Wording.load(path)
    for vector in wording.supports:
        assert read.margin(vector) == pytest.approx(wording.margin(vector), abs=0.05)
    assert (read.constant, read.gamma) == (-0.25, 1.0)


@pytest.mark.parametrize(
    "question",
    [
        "车间换下来的废滤芯和沾胶的抹布算不算危险废物？有没有统一的说法？",
        "油桶倒空以后拿碱水涮过两遍，还算不算危险废物？我们打算卖给收塑料的。",
    ],
)
def test_a_letter_that_a_catalogue_decides_is_left_open(assistant: Assistant, question: str):
    answer = ask(assistant, question)
    assert answer.outcome is Outcome.DECLINED
    assert CATALOGUE in answer.text
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("做雪糕的小厂，一年三百吨，算登记管理还是简化管理", "固定污染源排污许可分类管理名录"),
        ("做铝合金门窗的要弄环评报告书还是登记表", "建设项目环境影响评价分类管理名录"),
    ],
)
def test_what_decides_is_named_as_the_matter_knows_it(
    assistant: Assistant, question: str, named: str
):
    answer = ask(assistant, question)
    assert answer.outcome is Outcome.DECLINED
    assert named in answer.text


def test_what_the_law_decides_beside_it_is_answered(assistant: Assistant):
    answer = ask(assistant, "我们新上一条喷漆线，环评是做报告书还是报告表？没批就开工会罚多少？")
    assert answer.outcome is Outcome.ANSWERED
    assert "建设项目环境影响评价分类管理名录" in answer.text
    assert "中华人民共和国生态环境法典#1095" in {citation.key for citation in answer.citations}


def test_in_a_conversation_it_takes_more_to_decline(assistant: Assistant):
    answer = ask(assistant, "家具厂喷涂必须换成水性漆吗", "楼下烧烤店油烟大找谁")
    assert "中华人民共和国生态环境法典#213" in {citation.key for citation in answer.citations}


def test_who_tells_of_his_trouble_is_not_sent_away(assistant: Assistant):
    answer = ask(assistant, "楼上空调外机嗡嗡响，物业不管，派出所说不归他们，到底谁管")
    assert answer.outcome is Outcome.ANSWERED
    assert answer.citations
