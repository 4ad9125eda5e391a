"""When something happened, as a question tells it."""

from datetime import date

import pytest

from assistant.question import read_when

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "told", "last"),
    [
        ("2017年建的厂没有环评", "2017年", date(2017, 12, 31)),
        ("去年被查的那批数据", "去年", date(2025, 12, 31)),
        ("大前年开的山,前年补的手续", "大前年", date(2023, 12, 31)),
        ("19年五月我反映过", "19年五月", date(2019, 5, 31)),
        ("十二年前挖的鱼塘", "十二年前", date(2014, 12, 31)),
        ("2024年2月29日倒的渣", "2024年2月", date(2024, 2, 29)),
        ("18年底就停产了", "18年底", date(2018, 12, 31)),
    ],
)
def test_a_past_time_is_read(text: str, told: str, last: date):
    when = read_when(text, TODAY)
    assert when is not None
    assert (when.told, when.last) == (told, last)


@pytest.mark.parametrize(
    "text",
    [
        "许可证有效期5年",
        "种了七八年了",
        "《固体废物鉴别标准》(2017年)",
        "2027年要投产",
        "第3年前后",
        "GB 2018",
    ],
)
def test_what_is_no_past_time(text: str):
    assert read_when(text, TODAY) is None
