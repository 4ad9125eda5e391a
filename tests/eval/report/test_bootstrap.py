"""The statistics against plain references, written out from what their docstrings say."""

from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binom

from eval.report.statistics import RiskPoint, Share, aurc, bootstrap_share, risk_coverage
from tests.records import patient

#: Few levels, so that answers are often equally sure.
answers = st.lists(
    st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]), st.booleans()), max_size=40
)


def curve_of(given: Sequence[tuple[float, bool]], asked: int) -> tuple[RiskPoint, ...]:
    return risk_coverage([sure for sure, _ in given], [wrong for _, wrong in given], asked)


@patient
@given(st.lists(st.booleans(), min_size=1, max_size=80))
def test_the_share_is_that_of_the_true_outcomes(outcomes: list[bool]) -> None:
    share = bootstrap_share(outcomes, resamples=50)
    assert share.value == outcomes.count(True) / len(outcomes)


@patient
@given(st.integers(1, 80), st.data())
def test_the_bounds_are_the_quantiles_of_a_binomial(count: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, count))
    share = bootstrap_share([True] * right + [False] * (count - right))
    low, high = binom.ppf([0.025, 0.975], count, right / count) / count
    assert share.low == pytest.approx(low, abs=1.01 / count)
    assert share.high == pytest.approx(high, abs=1.01 / count)


@pytest.mark.parametrize(("outcome", "value"), [(True, 1.0), (False, 0.0)])
@pytest.mark.parametrize("count", [1, 7])
def test_outcomes_that_are_all_alike_have_an_interval_without_width(
    outcome: bool, value: float, count: int
) -> None:
    assert bootstrap_share([outcome] * count) == Share(value, value, value)


def test_the_order_of_the_outcomes_does_not_matter() -> None:
    outcomes = [True] * 12 + [False] * 31
    assert bootstrap_share(outcomes) == bootstrap_share(outcomes[::-1])


@patient
@given(answers, st.integers(0, 10))
def test_the_curve_counts_what_is_at_least_so_sure(
    given: list[tuple[float, bool]], declined: int
) -> None:
    asked = len(given) + declined
    expected = []
    for threshold in sorted({sure for sure, _ in given}, reverse=True):
        kept = [wrong for sure, wrong in given if sure >= threshold]
        expected.append(RiskPoint(threshold, len(kept) / asked, sum(kept) / len(kept)))
    assert curve_of(given, asked) == tuple(expected)


@patient
@given(answers, st.integers(0, 10), st.randoms())
def test_the_order_of_equally_sure_answers_does_not_matter(
    given: list[tuple[float, bool]], declined: int, random: object
) -> None:
    asked = len(given) + declined
    shuffled = list(given)
    random.shuffle(shuffled)
    assert curve_of(shuffled, asked) == curve_of(given, asked)


@patient
@given(answers, st.integers(0, 10))
def test_the_mean_risk_is_that_of_the_answers_each_at_its_own_confidence(
    given: list[tuple[float, bool]], declined: int
) -> None:
    assume(given)
    risks = []
    for own, _ in given:
        kept = [wrong for sure, wrong in given if sure >= own]
        risks.append(sum(kept) / len(kept))
    mean = sum(risks) / len(risks)
    assert aurc(curve_of(given, len(given) + declined)) == pytest.approx(mean)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([RiskPoint(0.9, 1.0, 0.25)], 0.25),
        ([RiskPoint(0.9, 0.1, 0.25)], 0.25),
        ([RiskPoint(0.9, 0.25, 0.0), RiskPoint(0.1, 1.0, 0.5)], 0.375),
        ([RiskPoint(0.9, 0.5, 1.0), RiskPoint(0.1, 0.75, 0.25)], 0.75),
        ([RiskPoint(0.9, 0.5, 0.0), RiskPoint(0.1, 1.0, 0.0)], 0.0),
    ],
)
def test_the_mean_risk_by_hand(points: list[RiskPoint], expected: float) -> None:
    assert aurc(points) == pytest.approx(expected)


def test_as_many_answers_as_questions_are_not_too_many() -> None:
    assert [point.coverage for point in curve_of([(0.5, True)], 1)] == [1.0]
    with pytest.raises(ValueError, match="1 answers to 0 questions"):
        curve_of([(0.5, True)], 0)
