import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report.statistics import bootstrap_share


@given(st.lists(st.booleans(), min_size=1, max_size=300))
def test_the_interval_holds_the_share(outcomes: list[bool]) -> None:
    share = bootstrap_share(outcomes, resamples=500)
    assert 0 <= share.low <= share.value <= share.high <= 1


def test_the_same_seed_gives_the_same_interval() -> None:
    outcomes = [True] * 80 + [False] * 49
    assert bootstrap_share(outcomes) == bootstrap_share(outcomes)


def test_it_agrees_with_resampling_the_outcomes_one_by_one() -> None:
    outcomes = np.array([True] * 90 + [False] * 39)
    drawn = np.random.default_rng(1).choice(outcomes, (20_000, len(outcomes))).mean(axis=1)
    share = bootstrap_share(outcomes.tolist())
    assert share.low == pytest.approx(np.percentile(drawn, 2.5), abs=0.01)
    assert share.high == pytest.approx(np.percentile(drawn, 97.5), abs=0.01)


def test_more_outcomes_make_it_narrower() -> None:
    few, many = bootstrap_share([True, False] * 10), bootstrap_share([True, False] * 200)
    assert many.high - many.low < few.high - few.low


def test_outcomes_that_are_all_alike_have_no_width() -> None:
    assert bootstrap_share([True] * 5).low == 1


def test_nothing_has_no_share() -> None:
    with pytest.raises(ValueError, match="no outcomes"):
        bootstrap_share([])
