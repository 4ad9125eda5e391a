"""Floors: what is read from a file, and when a limit is not kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import OptionError
from eval.report.floors import Breach, Floors, breaches, load_floors
from eval.report.summary import ALL, Summary
from eval.report.tables import KINDS
from tests.eval.made_results import make_figures, make_summary
from tests.records import patient

SHARES = st.floats(0, 1)


def load(folder: Path, text: str) -> Floors:
    path = folder / "limits.toml"
    path.write_text(text, "utf-8")
    return load_floors(path)


def law(**figures: object) -> Summary:
    return make_summary({"test": {"law": make_figures(**figures)}})


def at_least(**limits: float) -> Floors:
    return Floors("test", {"law": limits}, {})


def at_most(**limits: float) -> Floors:
    return Floors("test", {}, {"law": limits})


def test_limits_are_read_by_kind_and_figure(tmp_path: Path) -> None:
    text = 'split = "dev"\n[at_least.law]\npassed = 1\nhit_1 = 0.5\n[at_most.all]\naurc = 0.25\n'
    assert load(tmp_path, text) == Floors(
        "dev", {"law": {"passed": 1.0, "hit_1": 0.5}}, {ALL: {"aurc": 0.25}}
    )


def test_there_need_not_be_an_upper_limit(tmp_path: Path) -> None:
    floors = load(tmp_path, 'split = "dev"\n[at_least.law]\npassed = 0.5\n')
    assert floors.at_most == {}


def test_the_committed_floors_are_under_kinds_that_have_a_name(repository: Path) -> None:
    floors = load_floors(repository / "eval" / "report" / "floors.toml")
    assert floors.split == "test"
    assert {*floors.at_least, *floors.at_most} <= KINDS.keys()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "split =",
        "[at_least.law]\npassed = 0.5\n",
        'split = "test"\n[at_most.law]\npassed = 0.5\n',
        'split = "test"\nat_least = 1\n',
        'split = "test"\nat_least = [0.5]\n',
        'split = "test"\n[at_least]\nlaw = 0.5\n',
        'split = "test"\n[at_least.law]\npassed = "half"\n',
        'split = "test"\n[at_least.law]\npassed = [0.5]\n',
        'split = "test"\n[at_least.law]\npassed = 2026-11-23\n',
    ],
)
def test_a_file_that_holds_no_floors(tmp_path: Path, text: str) -> None:
    with pytest.raises(OptionError, match=r"limits\.toml 读不了"):
        load(tmp_path, text)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"none\.toml 读不了"):
        load_floors(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b'split = "\xff"')
    with pytest.raises(OptionError, match=r"bytes\.toml 读不了"):
        load_floors(tmp_path / "bytes.toml")


@pytest.mark.parametrize("table", ["at_least", "at_most"])
def test_unknown_figures_are_named(tmp_path: Path, table: str) -> None:
    unknown = "".join(f"hit_{depth} = 1\n" for depth in (9, 2, 7, 4))
    text = f'split = "test"\n[at_least.policy]\n[{table}.law]\npassed = 1\n{unknown}'
    with pytest.raises(OptionError, match="没有这种指标：hit_2、hit_4、hit_7、hit_9。"):
        load(tmp_path, text)


@pytest.mark.parametrize(("value", "is_kept"), [(0.49, False), (0.5, True), (0.51, True)])
def test_a_floor_is_kept_on_it_and_above(value: float, is_kept: bool) -> None:
    expected = () if is_kept else (Breach("law", "hit_1", 0.5, value),)
    assert breaches(law(hit_1=value), at_least(hit_1=0.5)) == expected


@pytest.mark.parametrize(("value", "is_kept"), [(0, True), (1, True), (2, False)])
def test_a_ceiling_is_kept_on_it_and_below(value: int, is_kept: bool) -> None:
    expected = () if is_kept else (Breach("law", "loose_numbers", 1, value),)
    assert breaches(law(loose_numbers=value), at_most(loose_numbers=1)) == expected


@patient
@given(SHARES, SHARES)
def test_a_limit_is_either_kept_or_told_with_what_was_measured(value: float, limit: float) -> None:
    below = breaches(law(passed=value), at_least(passed=limit))
    above = breaches(law(passed=value), at_most(passed=limit))
    assert bool(below) is (value < limit)
    assert bool(above) is (value > limit)
    assert {*below, *above} <= {Breach("law", "passed", limit, value)}


@pytest.mark.parametrize("floors", [at_least(aurc=0.0), at_most(aurc=1.0)])
def test_what_was_not_measured_keeps_no_limit(floors: Floors) -> None:
    assert [breach.value for breach in breaches(law(aurc=None), floors)] == [None]


@pytest.mark.parametrize(
    "groups",
    [{}, {"test": {}}, {"test": {"policy": make_figures()}}, {"dev": {"law": make_figures()}}],
)
def test_a_kind_that_was_not_asked_keeps_no_limit(groups: dict) -> None:
    found = breaches(make_summary(groups), at_least(passed=0.0))
    assert found == (Breach("law", "passed", 0.0, None),)


def test_breaches_come_in_the_order_of_the_limits() -> None:
    floors = Floors(
        "test",
        {"law": {"hit_5": 1.0, "passed": 0.9}, "policy": {"hit_1": 0.5}},
        {"law": {"false_quotes": 0, "citations": 100}},
    )
    found = breaches(law(hit_5=0.9, false_quotes=3), floors)
    assert found == (
        Breach("law", "hit_5", 1.0, 0.9),
        Breach("law", "passed", 0.9, 0.5),
        Breach("policy", "hit_1", 0.5, None),
        Breach("law", "false_quotes", 0, 3),
    )
