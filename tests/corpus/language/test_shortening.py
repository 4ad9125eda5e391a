"""A text is cut where a clause ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import LEFT_OUT, around, shorten
from tests.records import patient

LONG = "企业应当取得许可证；未取得的，不得排放污染物。排放的，处以罚款，并责令停产。"


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (100, LONG),
        (len(LONG), LONG),
        (30, "企业应当取得许可证；未取得的，不得排放污染物。……"),
        (23, "企业应当取得许可证；未取得的，不得排放污染物。……"),
        (16, "企业应当取得许可证；未取得的……"),
        (12, "企业应当取得许可证……"),
        (6, "企业应当取得许可证……"),
    ],
)
def test_whole_clauses_are_kept(most: int, shown: str) -> None:
    assert shorten(LONG, most) == shown


def test_a_quotation_is_closed() -> None:
    assert shorten("他说：“不行。”后来又同意了，也没有说为什么。", 8) == "他说：“不行。”……"


def test_only_what_has_no_marks_is_cut_within() -> None:
    assert shorten("长" * 50, 20) == "长" * 20 + LEFT_OUT
    assert shorten("长" * 30, 20) == "长" * 30


@patient
@given(st.text("甲乙，。；”\n ", max_size=60), st.integers(4, 30))
def test_it_is_a_beginning_of_the_text(text: str, most: int) -> None:
    shown = shorten(text, most)
    kept = shown.removesuffix(LEFT_OUT)
    assert text.strip().startswith(kept)
    assert len(kept) <= 2 * most + 2


def test_what_stands_around_a_place_is_whole_clauses() -> None:
    at = LONG.index("处以罚款")
    before, behind = around(LONG, at, at + 4, 12, 9)
    assert before == "……不得排放污染物。排放的，"
    assert behind == "，并责令停产。"
    assert around(LONG, 0, 2, 100, 100) == ("", LONG[2:])
    assert around("短文。", 1, 2, 10, 10) == ("短", "。")
