"""The tables: every cell by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.report.comparison import Change, Comparison
from eval.report.floors import Breach
from eval.report.statistics import RiskPoint, risk_coverage
from eval.report.summary import ALL
from eval.report.tables import (
    Table,
    breach_table,
    change_table,
    curve_table,
    decline_table,
    kind_title,
    share,
    split_title,
    tables_of,
)
from tests.eval.made_results import make_figures, make_summary
from tests.records import patient

MEASURED = make_figures(
    count=12,
    hit_1=1.0,
    hit_3=0.75,
    hit_5=0.0,
    citation_precision=0.12345,
    citation_recall=2 / 3,
    citations=34,
    false_quotes=1,
    loose_quotes=2,
    loose_numbers=3,
    phantom_keys=4,
    length_median=61.0,
    length_p95=240.2,
    length_within=0.9,
    latency_p50=18.4,
    latency_p95=120.0,
    decline_precision=0.8,
    decline_recall=1.0,
    aurc=0.0625,
    misleading=0.25,
)

GROUPS = {
    ALL: {ALL: make_figures(count=5)},
    "dev": {ALL: make_figures(count=3)},
    "test": {ALL: make_figures(count=2), "law": MEASURED, "陌生": make_figures()},
    "another": {ALL: make_figures(count=4)},
}
answers = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=20)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, "—"), (0.0, "0.000"), (1, "1.000"), (0.5, "0.500"), (2 / 3, "0.667")],
)
def test_a_share_has_three_digits(value: float | None, expected: str) -> None:
    assert share(value) == expected


@pytest.mark.parametrize(("kind", "expected"), [(ALL, "合计"), ("law", "法律"), ("陌生", "陌生")])
def test_a_kind_without_a_name_is_called_by_its_own(kind: str, expected: str) -> None:
    assert kind_title(kind) == expected


@pytest.mark.parametrize(("split", "expected"), [(ALL, "全部"), ("test", "test"), ("", "")])
def test_a_split_is_called_by_its_own_name(split: str, expected: str) -> None:
    assert split_title(split) == expected


def test_every_figure_of_a_kind_by_hand() -> None:
    found, sources, sizes = tables_of(GROUPS, "test")
    assert dict(zip(found.header, found.rows[0], strict=True)) == {
        "类别": "法律",
        "题数": "12",
        "误导": "0.250",
        "答对率（95 % 区间）": "0.500（0.250–0.750）",
        "hit@1": "1.000",
        "hit@3": "0.750",
        "hit@5": "0.000",
        "引文准确率": "0.123",
        "引文召回率": "0.667",
    }
    assert dict(zip(sources.header, sources.rows[0], strict=True)) == {
        "类别": "法律",
        "引文": "34",
        "与原文不符": "1",
        "「」无出处": "2",
        "数字无出处": "3",
        "语料里没有的键": "4",
    }
    assert dict(zip(sizes.header, sizes.rows[0], strict=True)) == {
        "类别": "法律",
        "字数中位": "61",
        "字数 p95": "240",
        "60–250 字": "0.900",
        "毫秒 p50": "18",
        "毫秒 p95": "120",
    }


def test_all_kinds_together_come_last() -> None:
    for table in tables_of(GROUPS, "test"):
        assert [row[0] for row in table.rows] == ["法律", "陌生", "合计"]


def test_what_was_not_measured_is_a_dash() -> None:
    sizes = tables_of(GROUPS, "dev")[2]
    assert sizes.rows == (("合计", "—", "—", "—", "—", "—"),)


def test_declining_is_told_of_every_split_as_a_whole() -> None:
    groups = {**GROUPS, "test": {**GROUPS["test"], ALL: MEASURED}}
    assert decline_table(groups) == Table(
        "各部分",
        ("部分", "题数", "拒答准确率", "拒答召回率", "AURC"),
        (
            ("test", "12", "0.800", "1.000", "0.062"),
            ("another", "4", "—", "—", "—"),
            ("dev", "3", "—", "—", "—"),
            ("全部", "5", "—", "—", "—"),
        ),
    )


def test_a_threshold_is_reached_by_all_that_are_at_least_as_sure() -> None:
    points = (RiskPoint(0.9, 0.25, 0.0), RiskPoint(0.5, 0.5, 0.5), RiskPoint(0.25, 0.75, 1 / 3))
    table = curve_table(points)
    assert table.header == ("把握不低于", "覆盖率", "风险")
    assert table.rows == (
        *((threshold, "0.750", "0.333") for threshold in ("0.0", "0.1", "0.2")),
        *((threshold, "0.500", "0.500") for threshold in ("0.3", "0.4", "0.5")),
        *((threshold, "0.250", "0.000") for threshold in ("0.6", "0.7", "0.8", "0.9")),
    )


def test_thresholds_that_nothing_reaches_have_no_row() -> None:
    assert [row[0] for row in curve_table([RiskPoint(0.15, 1.0, 0.0)]).rows] == ["0.0", "0.1"]
    assert curve_table(()).rows == ()


@patient
@given(answers)
def test_a_row_counts_the_answers_that_are_sure_enough(given: list[tuple[float, bool]]) -> None:
    asked = len(given) + 3
    points = risk_coverage([sure for sure, _ in given], [wrong for _, wrong in given], asked)
    expected = []
    for threshold in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        kept = [wrong for sure, wrong in given if sure >= threshold]
        if kept:
            coverage, risk = len(kept) / asked, sum(kept) / len(kept)
            expected.append((f"{threshold:.1f}", f"{coverage:.3f}", f"{risk:.3f}"))
    assert curve_table(points).rows == tuple(expected)


def test_a_figure_that_moved_is_told_with_its_difference() -> None:
    changes = (
        Change("test", "law", "passed", 0.5, 0.625),
        Change(ALL, ALL, "citation_precision", 1.0, 0.9),
    )
    comparison = Comparison(make_summary(), True, changes, (), (), ())
    table = change_table(comparison)
    assert table.header == ("部分和类别", "指标", "上次", "这次", "差", "好坏")
    assert table.rows == (
        ("test 法律", "答对率", "0.500", "0.625", "+0.125", "变好"),
        ("全部 合计", "引文准确率", "1.000", "0.900", "-0.100", "变差"),
    )


@pytest.mark.parametrize(
    ("breach", "row"),
    [
        (Breach("law", "passed", 0.91, 0.875), ("法律", "答对率", "0.91", "0.875")),
        (Breach(ALL, "false_quotes", 0.0, 2), ("合计", "与原文不符的引文", "0", "2")),
        (Breach("陌生", "hit_5", 1.0, None), ("陌生", "hit@5", "1", "—")),
        (Breach("law", "hit_1", 0.5, 0.0), ("法律", "hit@1", "0.5", "0")),
        (Breach("law", "length_p95", 250.0, 260.5), ("法律", "length_p95", "250", "260.5")),
        (Breach("law", "citations", 100.0, 20), ("法律", "citations", "100", "20")),
    ],
)
def test_a_floor_that_is_not_kept_is_told_with_its_limit(
    breach: Breach, row: tuple[str, ...]
) -> None:
    table = breach_table([breach])
    assert table.header == ("类别", "指标", "底线", "这次")
    assert table.rows == (row,)
