"""Every figure over made-up results, and the summary as it is written and read."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import OptionError
from eval.report.statistics import RiskPoint, bootstrap_share
from eval.report.summary import (
    ALL,
    Summary,
    confidence_curve,
    in_order,
    measure,
    read_summary,
    summarise,
)
from eval.runner import Result
from tests.eval.made_results import DAY, make_figures, make_question, make_result, make_summary
from tests.records import patient

WRONG = ("没有引用正确的条文",)
UNANSWERABLE = make_question("D", gold=(), expect="decline", category="decline")
DIALOG = make_question("G", turns=("一？", "二？"))
LIST = make_question("A", all_required=True)


def figure(name: str, *results: Result) -> Any:
    return getattr(measure(results), name)


def declined(question: Any = None, **judged: Any) -> Result:
    return make_result(question, "declined", **judged)


def written(summary: Summary) -> dict[str, Any]:
    """The summary as a file would give it back."""
    return json.loads(json.dumps(summary.to_json()))


def test_the_share_of_right_answers_has_its_interval() -> None:
    figures = measure([make_result(), make_result(failures=WRONG), make_result(), declined()])
    expected = bootstrap_share([True, False, True, True])
    assert (figures.count, figures.passed) == (4, 0.75)
    assert (figures.passed_low, figures.passed_high) == (expected.low, expected.high)


@pytest.mark.parametrize(("name", "expected"), [("hit_1", 0.25), ("hit_3", 0.5), ("hit_5", 0.75)])
def test_hits_are_counted_to_their_depth(name: str, expected: float) -> None:
    ranks = [("法#1",), ("x", "x", "法#1"), ("x", "x", "x", "x", "法#1"), ("x",) * 5]
    assert figure(name, *(make_result(keys=keys) for keys in ranks)) == expected


def test_only_questions_that_can_be_found_count_as_hits() -> None:
    odd = make_question("D2", expect="decline")
    results = [make_result(keys=("法#1",)), make_result(UNANSWERABLE), make_result(odd)]
    assert figure("hit_1", *results) == 1.0
    assert figure("hit_1", *results[1:]) is None


@pytest.mark.parametrize("name", ["precision", "recall"])
def test_citation_figures_are_means_of_what_was_measured(name: str) -> None:
    results = [make_result(**{name: value}) for value in (1.0, 0.25, None, 0.25)]
    assert figure(f"citation_{name}", *results) == 0.5
    assert figure(f"citation_{name}", make_result(**{name: None})) is None


@pytest.mark.parametrize(
    "name", ["citations", "false_quotes", "loose_quotes", "loose_numbers", "phantom_keys"]
)
def test_counts_are_added_up(name: str) -> None:
    assert figure(name, *(make_result(**{name: count}) for count in (2, 0, 3))) == 5


def test_lengths_are_those_of_all_answers() -> None:
    figures = measure([make_result(length=60), make_result(length=80), declined(length=10)])
    assert figures.length_median == 60
    assert figures.length_p95 == pytest.approx(78)


@pytest.mark.parametrize(
    ("lengths", "expected"), [((59, 60, 250, 251), 0.5), ((100,), 1.0), ((300,), 0.0)]
)
def test_lengths_within_what_a_reader_wants(lengths: tuple[int, ...], expected: float) -> None:
    assert figure("length_within", *(make_result(length=size) for size in lengths)) == expected


@pytest.mark.parametrize("question", [DIALOG, LIST])
def test_dialogs_and_lists_and_refusals_may_be_of_any_length(question: Any) -> None:
    results = [make_result(question, length=400), declined(length=5)]
    assert figure("length_within", *results) is None
    assert figure("length_within", *results, make_result(length=100)) == 1.0


@patient
@given(st.lists(st.floats(0.1, 5000), min_size=1, max_size=30))
def test_times_are_percentiles(times: list[float]) -> None:
    figures = measure([make_result(milliseconds=time) for time in times])
    assert figures.latency_p50 == pytest.approx(float(np.median(times)))
    place = 0.95 * (len(times) - 1)
    low, high = sorted(times)[int(place)], sorted(times)[min(int(place) + 1, len(times) - 1)]
    assert figures.latency_p95 == pytest.approx(low + (high - low) * (place - int(place)))


def test_answers_that_tell_no_time_are_not_timed() -> None:
    results = [make_result(milliseconds=None), make_result(milliseconds=8.0)]
    assert figure("latency_p50", *results) == 8.0
    assert figure("latency_p50", results[0]) is None


def test_declining_rightly_by_hand() -> None:
    figures = measure(
        [
            declined(UNANSWERABLE),
            make_result(UNANSWERABLE, failures=WRONG),
            make_result(UNANSWERABLE, failures=WRONG),
            declined(make_question("L"), failures=WRONG),
            make_result(),
        ]
    )
    assert figures.decline_precision == 0.5
    assert figures.decline_recall == pytest.approx(1 / 3)


def test_where_nothing_is_declined_there_is_no_share_of_it() -> None:
    assert figure("decline_precision", make_result(UNANSWERABLE)) is None
    assert figure("decline_recall", make_result(UNANSWERABLE)) == 0
    assert figure("decline_precision", declined(make_question())) == 0
    assert figure("decline_recall", declined(make_question())) is None


def test_the_mean_risk_is_that_of_the_curve() -> None:
    results = [make_result(confidence=0.9), make_result(confidence=0.2, failures=WRONG)]
    assert figure("aurc", *results) == 0.25
    assert figure("aurc", declined(confidence=0.1)) is None


def test_there_are_no_figures_over_nothing() -> None:
    with pytest.raises(ValueError, match="no outcomes"):
        measure([])


def test_the_curve_covers_a_share_of_all_questions() -> None:
    results = [
        make_result(confidence=0.9),
        make_result(confidence=0.5, failures=WRONG),
        declined(confidence=0.1),
        declined(UNANSWERABLE),
    ]
    assert confidence_curve(results) == (RiskPoint(0.9, 0.25, 0.0), RiskPoint(0.5, 0.5, 0.5))


def test_one_silent_answer_leaves_no_curve() -> None:
    assert confidence_curve([make_result(confidence=0.9), make_result()]) == ()
    assert confidence_curve([declined(confidence=0.9)]) == ()


def test_a_summary_groups_by_split_and_kind() -> None:
    results = [
        make_result(make_question("a", split="dev"), failures=WRONG),
        make_result(make_question("b", category="policy")),
        make_result(make_question("c", split="")),
    ]
    groups = summarise(results, DAY, "c").groups
    counts = {s: {k: figures.count for k, figures in kinds.items()} for s, kinds in groups.items()}
    assert counts == {
        ALL: {ALL: 3, "law": 2, "policy": 1},
        "dev": {ALL: 1, "law": 1},
        "test": {ALL: 1, "policy": 1},
    }
    assert groups[ALL]["law"].passed == 0.5


def test_a_summary_tells_what_ran_and_what_came_of_it() -> None:
    results = [
        make_result(make_question("a"), answer={"engine": "extractive"}),
        make_result(make_question("b"), answer={"engine": "llm:x"}, failures=WRONG),
        make_result(make_question("c"), answer={"engine": "extractive"}),
    ]
    summary = summarise(results, DAY, "c0ffee")
    assert (summary.day, summary.corpus, summary.engine) == (DAY, "c0ffee", "extractive、llm:x")
    assert (summary.passed, summary.failed) == ({"a", "c"}, {"b"})


@pytest.mark.parametrize(
    "change",
    [
        lambda q: replace(q, question="别的？"),
        lambda q: replace(q, gold=("法#2",)),
        lambda q: replace(q, must_include=(("36",),)),
        lambda q: replace(q, split="dev"),
    ],
)
def test_another_question_is_another_set(change: Callable[..., Any]) -> None:
    one, other = make_result(make_question("a")), make_result(make_question("b"))
    changed = replace(other, question=change(other.question))
    first = summarise([one, other], DAY, "c").dataset
    assert summarise([one, replace(other, keys=("x",))], DAY, "d").dataset == first
    assert summarise([one, changed], DAY, "c").dataset != first


def test_a_run_over_nothing_has_no_groups() -> None:
    summary = summarise([], DAY, "c")
    assert (summary.groups, summary.passed, summary.failed) == ({}, frozenset(), frozenset())


@patient
@given(st.permutations([ALL, "dev", "test", "train", "a"]))
def test_the_test_split_is_shown_first_and_everything_last(splits: list[str]) -> None:
    assert in_order({split: {} for split in splits}) == ["test", "a", "dev", "train", ALL]


def test_what_is_written_by_hand() -> None:
    groups = {"test": {ALL: make_figures(passed=2 / 3, citations=7)}}
    summary = make_summary(groups, passed=frozenset("ba"), failed=frozenset("dc"))
    content = written(summary)
    figures = content.pop("figures")["test"][ALL]
    assert content == {
        "date": "2026-11-23",
        "engine": "extractive",
        "corpus": "c0ffee",
        "dataset": "da7a",
        "passed": ["a", "b"],
        "failed": ["c", "d"],
    }
    assert (figures["passed"], figures["citations"], figures["hit_1"]) == (0.6667, 7, None)
    assert figures.keys() == asdict(make_figures()).keys()


def test_what_was_written_is_read() -> None:
    summary = make_summary(passed=frozenset("a"), failed=frozenset("b"))
    assert Summary.from_json(written(summary)) == summary


def test_a_figure_that_an_earlier_summary_lacks_is_none() -> None:
    content = written(make_summary())
    del content["figures"][ALL][ALL]["citations"]
    content["figures"][ALL][ALL]["bygone"] = 1
    assert Summary.from_json(content).groups[ALL][ALL] == make_figures(citations=None)


@pytest.mark.parametrize(
    "name", ["date", "engine", "corpus", "dataset", "figures", "passed", "failed"]
)
def test_a_summary_that_lacks_something(name: str) -> None:
    content = written(make_summary())
    del content[name]
    with pytest.raises(KeyError, match=name):
        Summary.from_json(content)


def test_a_summary_of_no_day() -> None:
    with pytest.raises(ValueError, match="isoformat"):
        Summary.from_json({**written(make_summary()), "date": "gestern"})


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"date": 7}', '{"date": "2026-11-23", "figures": []}']
)
def test_a_file_that_is_no_summary(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(text, "utf-8")
    with pytest.raises(OptionError, match=r"broken\.json"):
        read_summary(path)


def test_figures_that_are_no_table(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    content = {**written(make_summary()), "figures": {"test": {"law": 1}}}
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(OptionError, match=r"broken\.json"):
        read_summary(path)
    with pytest.raises(OptionError, match=r"none\.json"):
        read_summary(tmp_path / "none.json")
