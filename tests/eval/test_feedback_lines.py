"""Readers' feedback line by line: what is counted, what is listed, what is drafted."""

import json
from typing import Any

import pytest

from assistant.records import Feedback, Verdict
from eval.feedback import draft_lines, draft_questions, render_feedback, useless_of


def feedback(question: str = "要申报吗？", **fields: Any) -> Feedback:
    """A verdict of no use where nothing else is said."""
    facts = {
        "understood": "",
        "outcome": "answered",
        "keys": ("某法#1",),
        "verdict": Verdict.USELESS,
        "word": "",
        "time": "2026-11-24T09:30:00+08:00",
        "as_of": "2026-11-23",
        "engine": "extractive",
    }
    return Feedback(question=question, **(facts | fields))


GOOD = feedback("好的问题？", verdict=Verdict.USEFUL)


def test_only_what_was_of_no_use_asks_for_work() -> None:
    first, second = feedback("一"), feedback("二")
    assert useless_of([first, GOOD, second]) == [first, second]


def test_useful_answers_alone_have_no_list() -> None:
    text = render_feedback([GOOD, GOOD])
    assert "共 2 条（2026-11-24 至 2026-11-24）：有用 2 条，没用 0 条（其中拒答 0 条）。" in text
    assert "##" not in text


def test_no_feedback_makes_no_counts() -> None:
    assert render_feedback([]) == "# 读者反馈\n\n还没有反馈。\n"


def test_the_days_are_the_first_and_the_last_whatever_the_order() -> None:
    days = ("2026-11-05", "2026-11-02", "2026-12-01")
    log = [feedback(time=f"{day}T08:00:00+08:00") for day in days]
    assert "共 3 条（2026-11-02 至 2026-12-01）" in render_feedback(log)


def test_only_useless_refusals_are_counted_as_refusals() -> None:
    declined = feedback(outcome="declined", keys=())
    good_refusal = feedback(outcome="declined", verdict=Verdict.USEFUL)
    text = render_feedback([declined, good_refusal, feedback()])
    assert "有用 1 条，没用 2 条（其中拒答 1 条）。" in text


def test_the_newest_is_listed_first() -> None:
    text = render_feedback([feedback("旧的？"), GOOD, feedback("新的？")])
    assert text.index("### 新的？") < text.index("### 旧的？")
    assert "好的问题" not in text


def test_an_entry_by_hand() -> None:
    one = feedback(
        "那罚多少？", understood="不申报罚多少？", word="没说金额", keys=("某法#1", "某法#2")
    )
    assert render_feedback([one]).split("## 没用的 1 条\n")[1] == (
        "\n### 不申报罚多少？\n\n"
        "- 原话：那罚多少？\n"
        "- 读者说：没说金额\n"
        "- 引了：某法#1、某法#2\n"
        "- 时间 2026-11-24T09:30:00+08:00，以 2026-11-23 为准，引擎 extractive\n"
    )


def test_what_was_not_said_has_no_line() -> None:
    text = render_feedback([feedback(keys=())])
    assert "原话" not in text
    assert "读者说" not in text
    assert "- 引了：无（拒答）" in text


@pytest.mark.parametrize("name", ["question", "understood", "word"])
def test_what_readers_wrote_stays_on_one_line_and_is_no_markup(name: str) -> None:
    fields = {"question": "问", name: "# 一\n\n# <b>二</b> *三*"}
    text = render_feedback([feedback(**fields)])
    assert "# 一 # &lt;b&gt;二&lt;/b&gt; \\*三\\*" in text
    assert "\n# <b>" not in text


def test_a_draft_by_hand() -> None:
    one = feedback("那罚多少？", understood="不申报罚多少？", word="没说金额")
    assert draft_questions([one]) == [
        {
            "id": "feedback-1",
            "question": "不申报罚多少？",
            "gold": [],
            "expect": "answer",
            "category": "feedback",
            "split": "dev",
            "cited": ["某法#1"],
            "word": "没说金额",
        }
    ]


def test_a_question_is_drafted_once_with_its_latest_word() -> None:
    log = [feedback(word="一"), feedback("二？"), feedback(word="三", keys=("某法#3",)), GOOD]
    found = [(d["id"], d["question"], d["word"], d["cited"]) for d in draft_questions(log)]
    assert found == [
        ("feedback-1", "要申报吗？", "三", ["某法#3"]),
        ("feedback-2", "二？", "", ["某法#1"]),
    ]


def test_a_follow_up_is_the_question_that_it_was_taken_for() -> None:
    log = [feedback("不申报罚多少？"), feedback("那罚多少？", understood="不申报罚多少？")]
    assert len(draft_questions(log)) == 1


def test_drafts_are_lines_of_json_that_people_can_read() -> None:
    log = [feedback("一\n行？"), feedback("二？")]
    lines = draft_lines(log).splitlines(keepends=True)
    assert [json.loads(line) for line in lines] == draft_questions(log)
    assert all(line.endswith("\n") for line in lines)
    assert "二？" in lines[1]


def test_nothing_useless_makes_no_line() -> None:
    assert draft_lines([GOOD]) == ""
