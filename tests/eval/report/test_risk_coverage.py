import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report.statistics import RiskPoint, aurc, risk_coverage

ANSWERS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50)


def test_a_curve_by_hand() -> None:
    points = risk_coverage([0.5, 0.9, 0.7, 0.8], [False, False, True, False], asked=5)
    assert points == (
        RiskPoint(0.9, 0.2, 0.0),
        RiskPoint(0.8, 0.4, 0.0),
        RiskPoint(0.7, 0.6, pytest.approx(1 / 3)),
        RiskPoint(0.5, 0.8, 0.25),
    )
    assert aurc(points) == pytest.approx((0 + 0 + 1 / 3 + 1 / 4) / 4)


def test_no_threshold_parts_answers_that_are_equally_sure() -> None:
    points = risk_coverage([0.9, 0.9, 0.1], [True, False, False], asked=3)
    assert [point.coverage for point in points] == [pytest.approx(2 / 3), 1.0]
    assert [point.risk for point in points] == [0.5, pytest.approx(1 / 3)]


def test_the_surest_being_wrong_is_worse() -> None:
    wrong_first = aurc(risk_coverage([0.9, 0.1], [True, False], asked=2))
    wrong_last = aurc(risk_coverage([0.9, 0.1], [False, True], asked=2))
    assert (wrong_last, wrong_first) == (0.25, 0.75)


@given(ANSWERS)
def test_the_curve_ends_with_everything_answered(answers: list[tuple[float, bool]]) -> None:
    sure, wrong = zip(*answers, strict=True)
    points = risk_coverage(sure, wrong, len(answers))
    coverages = [point.coverage for point in points]
    assert coverages == sorted(set(coverages))
    assert (points[-1].coverage, points[-1].risk) == (1.0, sum(wrong) / len(wrong))
    assert 0 <= aurc(points) <= 1


def test_what_makes_no_curve() -> None:
    assert risk_coverage([], [], asked=3) == ()
    with pytest.raises(ValueError, match="no points"):
        aurc(())
    with pytest.raises(ValueError, match="2 answers to 1"):
        risk_coverage([0.1, 0.2], [True, True], asked=1)
