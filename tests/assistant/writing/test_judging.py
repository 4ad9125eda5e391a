"""The second reading: what it asks for, and which sentences stand after it."""

import json
from datetime import date

import pytest

from assistant.gate import faults_of_unit
from assistant.types import DraftSentence
from assistant.writing.judging import JUDGE, POINTS, judge_prompt, read_verdicts, reason
from assistant.writing.packing import pack_articles
from corpus.catalog import Corpus

DAY = date(2026, 11, 28)
CODE = "中华人民共和国生态环境法典"


@pytest.fixture
def sentences(corpus: Corpus) -> tuple[DraftSentence, ...]:
    units = pack_articles([f"{CODE}#572"], corpus, DAY, 2_000).units
    texts = ("居民楼旁边夜里不得施工，抢修、抢险的除外。", "夜间是晚上十点到早晨六点。")
    return tuple(
        DraftSentence(text, units[n].evidence) for text, n in zip(texts, (0, 2), strict=True)
    )


def check(n: int, span: str, **points: object) -> dict[str, object]:
    return {"n": n, "span": span, **dict.fromkeys(POINTS, True), **points}


def verdicts(
    checks: object, sentences: tuple[DraftSentence, ...], corpus: Corpus
) -> tuple[bool, ...]:
    reply = json.dumps({"checks": checks}, ensure_ascii=False)
    return tuple(verdict.stands for verdict in read_verdicts(reply, sentences, corpus))


def test_each_sentence_stands_beside_what_it_rests_on(
    sentences: tuple[DraftSentence, ...], corpus: Corpus
) -> None:
    prompt = judge_prompt(sentences, corpus)
    assert prompt.system == JUDGE
    assert prompt.user.index("第1句：") < prompt.user.index("抢修、抢险施工作业")
    assert prompt.user.index("第2句：") < prompt.user.index("夜间时段长度为八小时")


def test_what_is_right_on_every_point_stands(
    sentences: tuple[DraftSentence, ...], corpus: Corpus
) -> None:
    good = [check(1, "禁止夜间进行产生噪声的施工作业"), check(2, "晚上十点至次日早晨六点之间")]
    assert verdicts(good, sentences, corpus) == (True, True)


@pytest.mark.parametrize(
    "bad",
    [
        *[check(1, "禁止夜间进行产生噪声的施工作业", **{point: False}) for point in POINTS],
        check(1, "夜间一律不得施工"),
        check(1, ""),
        check(1, "夜间"),
        check(1, "晚上十点至次日早晨六点之间"),
        check(1, "禁止夜间进行产生噪声的施工作业", subject="true"),
        {"n": 1, "span": "禁止夜间进行产生噪声的施工作业"},
        "第一句没有问题",
    ],
)
def test_one_point_or_other_words_take_a_sentence_out(
    bad: object, sentences: tuple[DraftSentence, ...], corpus: Corpus
) -> None:
    good = check(2, "晚上十点至次日早晨六点之间")
    assert verdicts([bad, good], sentences, corpus) == (False, True)


@pytest.mark.parametrize("reply", ["", "都对", "[]", '{"checks": 1}', '{"sentences": []}'])
def test_a_reply_that_is_no_verdict_lets_nothing_stand(
    reply: str, sentences: tuple[DraftSentence, ...], corpus: Corpus
) -> None:
    read = read_verdicts(reply, sentences, corpus)
    assert [verdict.stands for verdict in read] == [False, False]


def test_what_is_wrong_is_named_and_told_in_words(
    sentences: tuple[DraftSentence, ...], corpus: Corpus
) -> None:
    bad = [check(1, "禁止夜间进行产生噪声的施工作业", tier=False), check(2, "夜间一律不得施工")]
    reply = json.dumps({"checks": bad}, ensure_ascii=False)
    faults = [verdict.faults for verdict in read_verdicts(reply, sentences, corpus)]
    assert faults == [("tier",), ("span",)]
    assert "不是原文对应的那一档" in reason(faults[0])
    assert reason(("subject", "condition", "tier")).count("；") == 1


def test_there_are_words_for_whatever_a_sentence_falls_for(
    sentences: tuple[DraftSentence, ...], corpus: Corpus
) -> None:
    # Nothing of the unit stands in it: every check that can fail at once does.
    told = "但是<b>罚款九千元</b>，由省林业局从发现当日起处以，一律并处拘留。"
    found = faults_of_unit(told, sentences[0].evidence, corpus, DAY, "", is_strict=True)
    assert len(found) > 5
    for name in (*found, *POINTS, "span", "unasked", "unmarked"):
        assert len(reason((name,))) > 5
