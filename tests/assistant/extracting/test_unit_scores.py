"""What speaks for a part of an article: each feature by its name."""

from collections.abc import Mapping
from datetime import date

import pytest

from assistant.extracting.unit_scores import (
    FEATURES,
    Fits,
    Unit,
    Wanted,
    describe,
    load_weights,
    look_for,
    score,
)
from assistant.question.aspects import Aspect
from assistant.question.understanding import understand
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.types import Passage
from index.types import PartFit

KEY = "甲法#1"
UNIT = Unit(start=0, end=0, paragraph=1)
ITEM = Unit(start=0, end=0, paragraph=1, item=2, lead=(0, 0))
BEST = PartFit(words=1.0, meaning=1.0)


def wanted(
    content: str = "",
    *aspects: Aspect,
    focus: str = "",
    found: Passage | None = None,
    fits: Fits | None = None,
    units: frozenset[str] = frozenset(),
) -> Wanted:
    return Wanted(
        key=KEY,
        content=content,
        focus=focus,
        aspects=frozenset(aspects),
        found=found,
        fits=fits or Fits(),
        units=units,
    )


def features(
    text: str,
    looked_for: Wanted,
    unit: Unit = UNIT,
    before: str = "",
    weights: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """The features of a unit that has the words ``text``, behind the words ``before``."""
    start = len(before)
    placed = Unit(start, start + len(text), unit.paragraph, unit.item, unit.lead)
    weigh = (lambda token: weights.get(token, 0.0)) if weights else (lambda token: 1.0)
    (row,) = describe([placed], before + text, looked_for, weigh).tolist()
    return dict(zip(FEATURES, row, strict=True))


def passage_at(start: int, text: str) -> Passage:
    return Passage(
        id="p",
        key=KEY,
        document_id="甲法",
        kind=Kind.STATUTE,
        title="甲法",
        path=(),
        locator="第一条",
        start=start,
        text=text,
    )


@pytest.mark.parametrize(
    ("text", "share"),
    [("防治噪声。", 1.0), ("声音的噪。", 2 / 3), ("噪音。", 1 / 3), ("防治土壤污染。", 0.0)],
)
def test_words_are_the_share_of_what_is_asked_about(text: str, share: float) -> None:
    # 噪, 声 and 噪声 are three tokens.
    assert features(text, wanted("噪声"))["words"] == pytest.approx(share)


def test_a_word_counts_by_its_weight() -> None:
    weights = {"噪": 1.0, "声": 1.0, "噪声": 6.0}
    assert features("噪音。", wanted("噪声"), weights=weights)["words"] == pytest.approx(1 / 8)


def test_the_focus_is_the_share_of_the_last_turn_s_words() -> None:
    found = features("防治噪声。", wanted("土壤 噪声", focus="噪声"))
    assert found["focus"] == pytest.approx(1)
    assert found["words"] == pytest.approx(1 / 2)


def test_the_lay_wording_of_a_paragraph_speaks_for_its_sentence() -> None:
    fits = Fits(whole={KEY: {"1": PartFit(words=0.5, meaning=0.25), "2": BEST}})
    found = features("防治噪声。", wanted(fits=fits))
    assert (found["part_words"], found["part_meaning"]) == (0.5, 0.25)
    assert (found["paragraph_words"], found["paragraph_meaning"]) == (0, 0)


def test_the_lay_wording_of_an_item_and_of_its_paragraph_are_told_apart() -> None:
    fits = Fits(whole={KEY: {"1": PartFit(words=0.5, meaning=0.25), "1.2": BEST}})
    found = features("（二）防治噪声；", wanted(fits=fits), ITEM)
    assert (found["part_words"], found["part_meaning"]) == (1, 1)
    assert (found["paragraph_words"], found["paragraph_meaning"]) == (0.5, 0.25)


@pytest.mark.parametrize("parts", [{"2": BEST}, {"1.1": BEST}, {"2.2": BEST}, {}])
def test_the_lay_wording_of_other_parts_does_not_speak_for_it(parts: dict[str, PartFit]) -> None:
    found = features("（二）防治噪声；", wanted(fits=Fits(whole={KEY: parts})), ITEM)
    assert (found["part_words"], found["part_meaning"]) == (0, 0)


def test_the_last_turn_and_what_was_talked_about_fit_by_themselves() -> None:
    fits = Fits(
        turn={KEY: {"1": PartFit(words=0.5, meaning=0.25)}},
        earlier={KEY: {"1": PartFit(words=0.125, meaning=0.75)}},
    )
    found = features("防治噪声。", wanted(fits=fits))
    assert (found["turn_words"], found["turn_meaning"]) == (0.5, 0.25)
    assert (found["earlier_words"], found["earlier_meaning"]) == (0.125, 0.75)
    assert found["part_words"] == 0


@pytest.mark.parametrize(
    ("start", "length", "expected"), [(0, 20, 1), (10, 5, 1), (0, 10, 0), (11, 20, 0)]
)
def test_whether_it_begins_in_the_passage_found(start: int, length: int, expected: int) -> None:
    found = passage_at(start, "文" * length)
    row = features("防治噪声。", wanted(found=found), before="一二三四五六七八九十")
    assert row["in_passage"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("有下列情形之一的：", 1), ("有下列情形之一的:", 1), ("处罚：警告。", 0), ("警告。", 0)],
)
def test_what_ends_with_a_colon_only_leads(text: str, expected: int) -> None:
    assert features(text, wanted())["only_leads"] == expected


@pytest.mark.parametrize(("before", "expected"), [("", 1), ("总则。", 0)])
def test_what_opens_the_article_is_first(before: str, expected: int) -> None:
    assert features("防治噪声。", wanted(), before=before)["first"] == expected


@pytest.mark.parametrize(
    ("feature", "aspect", "text"),
    [
        ("consequence", Aspect.PENALTY, "处二万元以下的罚款。"),
        ("consequence", Aspect.PENALTY, "责令停产整治。"),
        ("figure", Aspect.QUANTITY, "处二万元以下的罚款。"),
        ("figure", Aspect.QUANTITY, "提高到百分之五。"),
        ("figure", Aspect.DATE, "自2026年8月15日起施行。"),
        ("term", Aspect.TERM, "在三十日内办理。"),
        ("term", Aspect.TERM, "有效期为五年。"),
        ("modal", Aspect.PERMISSION, "不得露天焚烧。"),
        ("modal", Aspect.PERMISSION, "可以申请延续。"),
        ("authority", Aspect.WHO, "由生态环境主管部门负责。"),
        ("authority", Aspect.WHO, "向人民法院起诉。"),
        ("defines", Aspect.DEFINE, "本法所称噪声，是指干扰他人的声音。"),
    ],
)
def test_what_is_asked_for_counts_where_the_words_tell_it(
    feature: str, aspect: Aspect, text: str
) -> None:
    assert features(text, wanted("", aspect))[feature] == 1
    assert features("排污单位如实申报。", wanted("", aspect))[feature] == 0
    assert features(text, wanted("", Aspect.SOURCE))[feature] == 0


@pytest.mark.parametrize(
    ("units", "text", "expected"),
    [
        ({"年"}, "有效期为五年。", 1),
        ({"年"}, "在三十日内办理。", 0),
        ({"元"}, "处二万元以下的罚款。", 1),
        ({"%"}, "提高百分之五。", 1),
        ({"年", "元"}, "处二万元以下的罚款。", 1),
        (set(), "处二万元以下的罚款。", 0),
    ],
)
def test_whether_it_has_an_amount_of_the_unit_asked_about(
    units: set[str], text: str, expected: int
) -> None:
    assert features(text, wanted(units=frozenset(units)))["same_unit"] == expected


@pytest.mark.parametrize(
    ("feature", "focus", "text"),
    [
        ("person", "老板自己会怎样", "对直接负责的主管人员处罚款。"),
        ("person", "个人乱倒垃圾", "对个人处二百元以下的罚款。"),
        ("worse", "一直不改怎么办", "拒不改正的，责令停产整治。"),
        ("worse", "主动改了呢", "及时改正的，从轻处罚。"),
        ("detains", "会不会坐牢", "处五日以上十日以下拘留。"),
        ("detains", "要抓人吗", "处三年以下有期徒刑。"),
    ],
)
def test_who_and_how_bad_counts_where_the_last_turn_speaks_of_it(
    feature: str, focus: str, text: str
) -> None:
    assert features(text, wanted(focus=focus))[feature] == 1
    assert features("有效期为五年。", wanted(focus=focus))[feature] == 0
    assert features(text, wanted(focus="噪声", content=focus))[feature] == 0


def test_there_is_a_row_a_unit_in_their_order() -> None:
    text = "防治土壤污染。防治噪声。"
    units = [Unit(start=0, end=7, paragraph=1), Unit(start=7, end=12, paragraph=1)]
    rows = describe(units, text, wanted("噪声"), lambda token: 1.0)
    assert rows.shape == (2, len(FEATURES))
    assert rows[:, FEATURES.index("words")].tolist() == [0, 1]
    assert describe([], text, wanted(), lambda token: 1.0).shape == (0, len(FEATURES))


def test_a_score_is_the_weighted_sum_of_the_features() -> None:
    text = "防治土壤污染。处二万元以下的罚款。"
    units = [Unit(start=0, end=7, paragraph=1), Unit(start=7, end=17, paragraph=1)]
    looked_for = wanted("土壤罚款", Aspect.PENALTY, Aspect.QUANTITY, focus="罚款")
    weights = load_weights()
    rows = describe(units, text, looked_for, lambda token: 1.0)
    expected = [
        sum(weights[name] * value for name, value in zip(FEATURES, row, strict=True))
        for row in rows.tolist()
    ]
    assert score(units, text, looked_for, lambda token: 1.0) == pytest.approx(expected, rel=1e-4)


def test_what_a_question_looks_for() -> None:
    query = Query(question="罚款是二万元还是百分之五？", as_of=date(2026, 1, 1))
    understanding = understand(query, Corpus(documents=[]))
    found = passage_at(0, "文")
    looked_for = look_for(understanding, KEY, found, Fits(), also=" 从重")
    assert (looked_for.key, looked_for.found) == (KEY, found)
    assert looked_for.units == {"元", "%"}
    assert Aspect.PENALTY in looked_for.aspects
    assert looked_for.content == f"{understanding.content} 从重"
    assert "从重" not in looked_for.focus
    assert "罚款" in looked_for.focus
