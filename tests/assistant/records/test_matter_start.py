"""What a matter is begun with: the question, the cited keys, and the texts that are not held."""

import pytest

from assistant.deciding import tell_needs, tell_unsaid
from assistant.records import Feedback, Verdict, to_matter_start
from assistant.types import NOT_COVERED
from corpus.catalog import Corpus


def feedback(*texts: str, question: str = "能放炮吗", understood: str = "") -> Feedback:
    answer = {"sentences": [{"text": text, "citations": []} for text in texts]}
    return Feedback(
        question=question,
        understood=understood,
        outcome="declined",
        keys=("某法#1", "某法#3"),
        verdict=Verdict.USELESS,
        word="",
        time="2026-11-24T09:30:00+08:00",
        as_of="2026-11-23",
        engine="extractive",
        answer=answer if texts else None,
    )


def test_a_feedback_without_its_answer_gives_question_and_keys() -> None:
    start = to_matter_start(feedback())
    assert start == {"tellings": ["能放炮吗"], "by": ["某法#1", "某法#3"], "needs": []}


def test_a_follow_up_is_told_as_it_was_understood() -> None:
    start = to_matter_start(feedback(question="那晚上呢", understood="晚上能放炮吗"))
    assert start["tellings"] == ["晚上能放炮吗"]


@pytest.mark.parametrize(
    "needs",
    [
        ["爆破安全规程（GB 6722）"],
        ["当地的禁放通告"],
        ["爆破安全规程（GB 6722）", "当地的禁放通告"],
        ["当地错峰生产方案和通告", "土地复垦验收规程（试行）"],
        ["土地复垦验收规程（试行）", "租赁合同的约定", "爆破安全规程（GB 6722）"],
    ],
)
def test_what_the_answer_names_as_not_held_is_needed(corpus: Corpus, needs: list[str]) -> None:
    near = "中华人民共和国水法#36"
    (beside,) = tell_needs(needs, corpus)
    for text in (beside.text, *(tell_unsaid(needs, near, corpus, "", sure) for sure in (0, 1))):
        assert to_matter_start(feedback("可以这样说。", text))["needs"] == needs


def test_a_known_text_is_needed_under_a_name_that_is_known(corpus: Corpus) -> None:
    held = [k for k in corpus.not_loaded.values() if not k.is_described][:40]
    for known in held:
        (told,) = tell_needs([known.title], corpus)
        (need,) = to_matter_start(feedback(told.text))["needs"]
        assert corpus.known(need) == known


def test_a_text_that_the_question_names_is_needed() -> None:
    text = f"{NOT_COVERED}《某市禁放条例》，无法引用它的条文。它由某市人大常委会发布。"
    assert to_matter_start(feedback(text, text))["needs"] == ["某市禁放条例"]


@pytest.mark.parametrize(
    "text",
    [
        "法律里相近的规定是《水法》第三十六条。",
        f"{NOT_COVERED}这一条：《水法》的条文到第八十二条为止，没有第九十条，请核对条号。",
        f"{NOT_COVERED}限值：法律条文里没有写。相近的规定在《噪声法》“总则”部分。",
        "由《水法》决定。",
    ],
)
def test_what_is_held_is_not_needed(text: str) -> None:
    assert to_matter_start(feedback(text))["needs"] == []
