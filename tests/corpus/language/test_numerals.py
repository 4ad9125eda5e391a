import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.numerals import to_chinese, to_int


@given(st.integers(1, 9999))
def test_round_trip(number: int) -> None:
    assert to_int(to_chinese(number)) == number
    assert to_int(str(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [(10, "十"), (15, "十五"), (102, "一百零二"), (110, "一百一十"), (1010, "一千零一十"),
     (1102, "一千一百零二"), (2000, "二千")],
)  # fmt: skip
def test_as_statutes_write(number: int, text: str) -> None:
    assert to_chinese(number) == text


def test_digit_by_digit() -> None:
    assert to_int("一〇五九") == 1059


@pytest.mark.parametrize("text", ["", "条", "十x"])
def test_not_a_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        to_int(text)


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_outside_the_range(number: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        to_chinese(number)
