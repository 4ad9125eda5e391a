"""Choosing passages: one where it is sure, two where it is not or where they belong together."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from assistant.extracting.passages import choose
from assistant.question.aspects import Aspect
from assistant.question.understanding import Understanding, understand
from assistant.types import Query
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.statutes import LiabilityLinks
from corpus.statutes.liability import LiabilityLink
from corpus.types import Passage
from index.types import ScoredPassage

TEXTS = {
    "甲法#1": "排污许可证有效期为五年。",
    "甲法#2": "夜间施工应当取得证明。",
    "甲法#3": "土壤污染责任人负有修复义务。",
    "甲法#4": "任何单位和个人不得露天焚烧秸秆。",
    "甲法#90": "违反规定夜间施工的，处二万元以下的罚款。",
}
LINKS = LiabilityLinks([LiabilityLink(duty="甲法#2", liability="甲法#90")])
ASKS_PENALTY = "夜间施工罚多少"
ASKS_PERMISSION = "夜间能施工吗"
ASKS_NEITHER = "夜间施工找谁办证明"


def hit(key: str, score: float, text: str = "", kind: Kind = Kind.STATUTE) -> ScoredPassage:
    passage = Passage(
        id=f"id-{key}",
        key=key,
        document_id="甲法",
        kind=kind,
        title="甲法",
        path=(),
        locator="",
        start=0,
        text=text or TEXTS[key],
    )
    return ScoredPassage(passage, score)


def asked(question: str, **changes: object) -> Understanding:
    query = Query(question=question, as_of=date(2026, 1, 1))
    return replace(understand(query, Corpus(documents=[])), **changes)


def chosen(
    hits: Sequence[ScoredPassage],
    question: str = ASKS_NEITHER,
    links: LiabilityLinks | None = None,
    in_dialog: bool = False,
    **changes: object,
) -> list[str]:
    found = choose(hits, asked(question, **changes), links or LiabilityLinks(), in_dialog)
    return [one.passage.key for one in found]


def ranked(*found: tuple[str, float]) -> list[ScoredPassage]:
    return [hit(key, score) for key, score in found]


def keys(numbers: Iterable[int]) -> list[str]:
    return [f"甲法#{number}" for number in numbers]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((1.0,), [1]),
        ((0.3,), [1]),
        ((0.9, 0.08), [1]),
        ((0.81, 0.3), [1]),
        ((0.6, 0.35), [1, 3]),
        ((0.5, 0.45, 0.04), [1, 3]),
        ((0.34, 0.33, 0.33), [1, 3]),
        ((0.6, 0.1, 0.1), [1]),
    ],
)
def test_a_second_one_only_where_the_first_is_not_sure_and_it_is_near(
    scores: tuple[float, ...], expected: list[int]
) -> None:
    found = ranked(*zip(keys((1, 3, 4)), scores, strict=False))
    assert chosen(found) == keys(expected)


@pytest.mark.parametrize(
    ("changes", "question"),
    [({"is_follow_up": True}, ASKS_NEITHER), ({}, "夜间施工要证明，对吧"), ({}, "我夜间施工了")],
)
@pytest.mark.parametrize(("scores", "expected"), [((0.85, 0.12), [1, 3]), ((0.97, 0.03), [1])])
def test_a_follow_up_or_a_claim_says_less_of_which_is_meant(
    changes: dict[str, object], question: str, scores: tuple[float, float], expected: list[int]
) -> None:
    found = ranked(*zip(keys((1, 3)), scores, strict=True))
    assert chosen(found, question, **changes) == keys(expected)
    assert chosen(found) == keys([1])


@pytest.mark.parametrize(("score", "expected"), [(0.2, ["甲法#1", "通知@1"]), (0.1, ["甲法#1"])])
def test_what_was_added_stands_beside_what_is_bundled(score: float, expected: list[str]) -> None:
    other = hit("通知@1", score, "渔船应当在港内清洗甲板。", Kind.DOCUMENT)
    added = ScoredPassage(replace(other.passage, title="通知"), score)
    found = choose(
        [hit("甲法#1", 0.9), hit("甲法#2", 0.5), added],
        asked(ASKS_NEITHER),
        LiabilityLinks(),
        in_dialog=False,
        added={"通知"},
    )
    assert [one.passage.key for one in found] == expected


def test_beside_law_only_law() -> None:
    other = hit("通知@1", 0.4, "渔船应当在港内清洗甲板。", Kind.DOCUMENT)
    assert chosen([hit("甲法#1", 0.5), other]) == ["甲法#1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("任何单位和个人不得露天焚烧秸秆。", ["甲法#4"]),
        ("任何单位和个人不得露天焚烧秸秆、落叶。", ["甲法#4"]),
        ("露天焚烧秸秆的，处五百元以上二千元以下的罚款。", ["甲法#4", "乙法#7"]),
    ],
)
def test_the_same_rule_is_not_quoted_from_two_statutes(text: str, expected: list[str]) -> None:
    assert chosen([hit("甲法#4", 0.5), hit("乙法#7", 0.45, text)]) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("甲法#90", "甲法#2", ["甲法#2", "甲法#90"]),
        ("甲法#2", "甲法#90", ["甲法#2", "甲法#90"]),
    ],
)
def test_who_asks_if_it_is_allowed_reads_the_duty_and_then_what_punishes_its_breach(
    first: str, second: str, expected: list[str]
) -> None:
    found = ranked((first, 0.9), (second, 0.08))
    assert chosen(found, ASKS_PERMISSION, LINKS) == expected


def test_in_a_dialog_the_best_of_the_two_stays_first() -> None:
    found = ranked(("甲法#90", 0.9), ("甲法#2", 0.08))
    assert chosen(found, ASKS_PENALTY, LINKS, in_dialog=True) == keys([90, 2])
    assert chosen(found, ASKS_PENALTY, LINKS) == keys([90])


@pytest.mark.parametrize("links", [None, LINKS])
def test_without_a_link_to_the_best_one_the_usual_rule_holds(links: LiabilityLinks | None) -> None:
    found = ranked(("甲法#1", 0.9), ("甲法#90", 0.08))
    assert chosen(found, ASKS_PERMISSION, links) == keys([1])


def test_the_linked_one_may_stand_behind_others_but_not_far() -> None:
    near = ranked(("甲法#2", 0.6), ("甲法#3", 0.2), ("甲法#1", 0.1), ("甲法#90", 0.05))
    assert chosen(near, ASKS_PERMISSION, LINKS) == keys([2, 90])
    far = ranked(
        ("甲法#2", 0.5), ("甲法#3", 0.14), ("甲法#1", 0.13), ("甲法#4", 0.12), ("甲法#90", 0.11)
    )
    assert chosen(far, ASKS_PERMISSION, LINKS) == keys([2])


@pytest.mark.parametrize(
    ("score", "is_follow_up", "expected"),
    [
        (0.06, False, [2, 90]),
        (0.03, False, [2]),
        (0.03, True, [2, 90]),
        (0.005, True, [2]),
    ],
)
def test_the_linked_one_needs_some_chance_and_less_in_a_follow_up(
    score: float, is_follow_up: bool, expected: list[int]
) -> None:
    found = ranked(("甲法#2", 0.98), ("甲法#90", score))
    assert chosen(found, ASKS_PERMISSION, LINKS, is_follow_up=is_follow_up) == keys(expected)


def test_who_asks_for_the_penalty_as_well_gets_the_usual_rule() -> None:
    both = frozenset({Aspect.PERMISSION, Aspect.PENALTY})
    found = ranked(("甲法#90", 0.9), ("甲法#2", 0.08))
    assert chosen(found, ASKS_PERMISSION, LINKS, aspects=both) == keys([90])
