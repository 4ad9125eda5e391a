"""Numbers and days: how they are read in every spelling, and what is none."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.numerals import NUMBER_PATTERN, chinese_date, item_number, to_chinese, to_int

NUMBERS = st.integers(1, 9999)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (9, "九"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (111, "一百一十一"),
        (120, "一百二十"),
        (210, "二百一十"),
        (999, "九百九十九"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1011, "一千零一十一"),
        (1100, "一千一百"),
        (1110, "一千一百一十"),
        (1242, "一千二百四十二"),
        (2020, "二千零二十"),
        (9999, "九千九百九十九"),
    ],
)
def test_written_and_read_as_in_statutes(number: int, text: str) -> None:
    assert to_chinese(number) == text
    assert to_int(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("１７６", 176),
        ("两百", 200),
        ("两千零二", 2002),
        ("一十", 10),
        ("一十二", 12),
        ("百", 100),
        ("二〇二六", 2026),
        ("二零二六", 2026),
        ("一一〇二", 1102),
        ("一百〇五", 105),
        ("零", 0),
        ("〇", 0),
    ],
)
def test_other_spellings_are_read(text: str, number: int) -> None:
    assert to_int(text) == number


@given(NUMBERS)
def test_digit_by_digit_is_the_same_number(number: int) -> None:
    digits = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    assert to_int(digits) == number


@given(NUMBERS)
def test_every_written_number_is_one_by_the_pattern(number: int) -> None:
    assert re.fullmatch(NUMBER_PATTERN, to_chinese(number))
    assert re.fullmatch(NUMBER_PATTERN, str(number))


@given(NUMBERS, NUMBERS)
def test_different_numbers_are_written_differently(one: int, other: int) -> None:
    assert (to_chinese(one) == to_chinese(other)) == (one == other)


@given(NUMBERS)
def test_a_gap_is_one_zero_and_never_at_the_end(number: int) -> None:
    text = to_chinese(number)
    assert "零零" not in text
    assert not text.endswith("零")
    assert not text.startswith(("零", "一十"))


@pytest.mark.parametrize("text", ["", "12条", "第二章", "-3", "1.5", "１.５", "贰", "abc", "一百x"])
def test_the_pattern_takes_no_other_text(text: str) -> None:
    assert not re.fullmatch(NUMBER_PATTERN, text)


@pytest.mark.parametrize("text", [" ", "-3", "1.5", "十条", "壹", "一万", "x", "五 十", "²", "3条"])
def test_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        to_int(text)


@pytest.mark.parametrize("number", [-9999, 10_001, 123_456])
def test_statutes_have_no_such_number(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_chinese(number)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("（一）甲；", 1),
        ("（十二）", 12),
        ("（二十）乙。", 20),
        ("甲（一）", None),
        (" （一）甲", None),
        ("(一)甲", None),
        ("（1）甲", None),
        ("（甲）乙", None),
        ("一、甲", None),
        ("", None),
    ],
)
def test_the_number_of_an_item(line: str, number: int | None) -> None:
    assert item_number(line) == number


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 8, 15), "2026年8月15日"),
        (date(2020, 1, 1), "2020年1月1日"),
        (date(1979, 12, 31), "1979年12月31日"),
        (date(2024, 2, 29), "2024年2月29日"),
    ],
)
def test_days_have_no_leading_zeros(day: date, text: str) -> None:
    assert chinese_date(day) == text


@given(st.dates(date(1949, 10, 1), date(2100, 12, 31)))
def test_a_written_day_can_be_read_back(day: date) -> None:
    match = re.fullmatch(r"(\d{4})年(\d{1,2})月(\d{1,2})日", chinese_date(day))
    assert match
    assert date(*map(int, match.groups())) == day


def test_an_item_number_beyond_all_statutes_is_none():
    assert item_number("（三）乙。") == 3
    assert item_number("（一二三四五）乙。") is None
