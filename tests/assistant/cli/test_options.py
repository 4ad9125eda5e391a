"""What the commands share: a day, and JSON that people can read."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.cli.options import parse_day, print_json
from assistant.intake import FIRST_DAY, LAST_DAY
from corpus.errors import OptionError
from tests.records import patient


def test_without_a_day_it_is_today() -> None:
    before = date.today()
    assert before <= parse_day(None) <= date.today()


@patient
@given(st.dates(FIRST_DAY, LAST_DAY))
def test_every_day_is_read(day: date) -> None:
    assert parse_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "昨天",
        "2026-8-15",
        "2026-13-01",
        "2026-02-29",
        "15.08.2026",
        "2026-08-15T00:00",
        "0026-11-30",
    ],
)
def test_what_is_no_day_is_repeated_with_an_example(text: str) -> None:
    with pytest.raises(OptionError, match=f"日期“{text}”不对") as error:
        parse_day(text)
    assert "例如 2026-08-15" in str(error.value)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ([], "[]\n"),
        ({"题": "甲"}, '{\n  "题": "甲"\n}\n'),
        ([1, {"a": None}], '[\n  1,\n  {\n    "a": null\n  }\n]\n'),
    ],
)
def test_json_is_printed_for_people(
    capsys: pytest.CaptureFixture[str], value: Any, printed: str
) -> None:
    print_json(value)
    assert capsys.readouterr().out == printed


def test_what_is_printed_can_be_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"text": "「引」\n\"'\\ <b> \u2028", "n": [1.5, -2, True], "none": None}
    print_json(value)
    assert json.loads(capsys.readouterr().out) == value
