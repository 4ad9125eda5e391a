"""What has changed between two runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report.comparison import COMPARED, Change, compare
from eval.report.summary import ALL, Summary
from tests.eval.made_results import make_figures, make_summary
from tests.records import patient

verdicts = st.dictionaries(st.sampled_from("abcdef"), st.booleans())


def law(split: str = "test", **figures: object) -> Summary:
    return make_summary({split: {"law": make_figures(**figures)}})


def judged(outcomes: dict[str, bool]) -> Summary:
    return make_summary(
        passed=frozenset(name for name, is_right in outcomes.items() if is_right),
        failed=frozenset(name for name, is_right in outcomes.items() if not is_right),
    )


@pytest.mark.parametrize("figure", COMPARED)
@pytest.mark.parametrize(("before", "now", "is_better"), [(0.25, 0.75, True), (0.75, 0.25, False)])
def test_each_compared_figure_that_moved(
    figure: str, before: float, now: float, is_better: bool
) -> None:
    (change,) = compare(law(**{figure: before}), law(**{figure: now})).changes
    assert change == Change("test", "law", figure, before, now)
    assert change.is_better is is_better


@pytest.mark.parametrize("figure", ["hit_3", "count", "loose_numbers", "latency_p50", "aurc"])
def test_no_other_figure_is_compared(figure: str) -> None:
    assert compare(law(**{figure: 1}), law(**{figure: 9})).changes == ()


@pytest.mark.parametrize(("now", "is_told"), [(0.5, False), (0.5004, False), (0.5006, True)])
def test_a_difference_of_rounding_is_no_change(now: float, is_told: bool) -> None:
    assert bool(compare(law(hit_1=0.5), law(hit_1=now)).changes) is is_told
    assert bool(compare(law(hit_1=now), law(hit_1=0.5)).changes) is is_told


@pytest.mark.parametrize(("before", "now"), [(None, 0.5), (0.5, None), (None, None)])
def test_what_was_measured_once_is_not_compared(before: float | None, now: float | None) -> None:
    assert compare(law(hit_1=before), law(hit_1=now)).changes == ()


def test_kinds_that_were_asked_once_are_not_compared() -> None:
    before = make_summary({"test": {"law": make_figures(), "decline": make_figures()}})
    now = make_summary({"test": {"policy": make_figures(passed=0.9), "law": make_figures()}})
    assert compare(before, now).changes == ()


def test_splits_that_were_asked_once_are_not_compared() -> None:
    assert compare(law("dev", passed=0.1), law("test", passed=0.9)).changes == ()


def test_splits_are_compared_kind_by_kind_in_the_order_shown() -> None:
    low, high = make_figures(passed=0.1), make_figures(passed=0.9)
    kinds = ("law", ALL)
    groups = [
        {split: dict.fromkeys(kinds, figures) for split in ("dev", "train", "test", ALL)}
        for figures in (low, high)
    ]
    changes = compare(make_summary(groups[0]), make_summary(groups[1])).changes
    assert [(change.split, change.kind) for change in changes] == [
        ("test", "law"),
        ("test", ALL),
        ("dev", "law"),
        ("dev", ALL),
        ("train", "law"),
        ("train", ALL),
    ]


def test_a_set_without_splits_is_compared_as_a_whole() -> None:
    before, now = (make_summary({ALL: {ALL: make_figures(passed=p)}}) for p in (0.25, 0.5))
    assert compare(before, now).changes == (Change(ALL, ALL, "passed", 0.25, 0.5),)


def test_one_split_asked_alone_is_not_compared_with_all_of_them() -> None:
    both = {"test": {ALL: make_figures(passed=0.9)}, "dev": {ALL: make_figures(passed=0.1)}}
    before = make_summary({**both, ALL: {ALL: make_figures(passed=0.5)}})
    alone = {"test": both["test"], ALL: both["test"]}
    assert compare(before, make_summary(alone)).changes == ()


def test_a_run_over_nothing_changes_nothing() -> None:
    assert compare(make_summary(), make_summary({})).changes == ()
    assert compare(make_summary({}), make_summary()).changes == ()


@pytest.mark.parametrize(("dataset", "is_same"), [("da7a", True), ("other", False)])
def test_the_same_questions_have_the_same_hash(dataset: str, is_same: bool) -> None:
    assert compare(make_summary(), make_summary(dataset=dataset)).is_same_set is is_same


def test_the_earlier_run_is_kept() -> None:
    before, now = make_summary(engine="old"), make_summary(engine="new")
    assert compare(before, now).before is before


def test_questions_that_turned_by_hand() -> None:
    before = judged({"a": True, "b": True, "c": False, "d": False, "gone": True})
    now = judged({"d": True, "b": False, "a": True, "c": False, "z": True, "n": False})
    found = compare(before, now)
    assert found.newly_failed == ("b",)
    assert found.newly_passed == ("d",)
    assert found.new_questions == ("n", "z")


@patient
@given(verdicts, verdicts)
def test_every_question_of_this_run_turned_or_is_new_or_stayed(
    earlier: dict[str, bool], later: dict[str, bool]
) -> None:
    found = compare(judged(earlier), judged(later))
    turned = [name for name in sorted(later) if earlier.get(name, later[name]) != later[name]]
    assert found.newly_failed == tuple(name for name in turned if not later[name])
    assert found.newly_passed == tuple(name for name in turned if later[name])
    assert found.new_questions == tuple(sorted(later.keys() - earlier.keys()))
