"""When something happened that a question tells of: a year, a month, 去年, 三年前."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from assistant.question.aspects import wording
from corpus.language import to_int

_NAMES = re.compile(r"《[^》]*》(?:[（(][^）)]*[）)])?")
_DIGITS = "零一二三四五六七八九十"
_YEAR = re.compile(rf"(?<![0-9])((?:19|20)[0-9]{{2}})年?(?:([0-9]{{1,2}}|[{_DIGITS}]{{1,3}})月)?")
#: 「19年五月」「18年底」: a short year only with what makes it one.
_SHORT = re.compile(
    rf"(?<![0-9第满])([012][0-9])年(?:([0-9]{{1,2}}|[{_DIGITS}]{{1,3}})月|[底初春夏秋冬]|那会|的时候)"
)
_AGO = re.compile(rf"(?<![0-9第])([0-9]{{1,2}}|[{_DIGITS}]{{1,3}})年(?:前|以前|之前)")
_CLAUSE_END = re.compile("[，,。；;！!？?：:\\s]")
_WORDS = {"大前年": 3, "前年": 2, "去年": 1, "上一年": 1}


@dataclass(frozen=True, slots=True)
class When:
    """A time as it was told, and its last day."""

    told: str
    last: date


def read_when(text: str, today: date) -> When | None:
    """The earliest past time that a folded question tells; None where it tells none."""
    text = _NAMES.sub("", text)
    found = [*_years(text), *_relative(text, today)]
    past = [when for when in found if when.last < today]
    return min(past, key=lambda when: when.last, default=None)


def _is_of_an_act(text: str, end: int) -> bool:
    """Whether a time that ends there may be when something was done, not when a thing came to be
    (「2018年的国五」「2019年批的环评」)."""
    rest = _CLAUSE_END.split(text[end:], maxsplit=1)[0]
    return not wording("came_to_be").found_in(rest)


def _years(text: str) -> list[When]:
    found = []
    for match in _YEAR.finditer(text):
        if "年" in match[0] and _is_of_an_act(text, match.end()):
            # What is owed for a year (「2024年度的报告」) is due in the next one.
            is_for_it = text.startswith("度", match.end()) and match[2] is None
            told = f"{match[0]}度" if is_for_it else match[0]
            found.append(When(told, _last(int(match[1]) + is_for_it, match[2])))
    found += [
        When(m[0], _last(2000 + int(m[1]), m[2]))
        for m in _SHORT.finditer(text)
        if _is_of_an_act(text, m.end())
    ]
    return found


def _relative(text: str, today: date) -> list[When]:
    found = []
    for word, years in _WORDS.items():
        if word == "前年" and "大前年" in text:
            continue
        if any(_is_of_an_act(text, match.end()) for match in re.finditer(word, text)):
            found.append(When(word, date(today.year - years, 12, 31)))
    for match in filter(lambda m: _is_of_an_act(text, m.end()), _AGO.finditer(text)):
        years = int(match[1]) if match[1].isdigit() else to_int(match[1])
        if 0 < years < 60:
            found.append(When(match[0], date(today.year - years, 12, 31)))
    return found


def _last(year: int, month: str | None) -> date:
    number = (int(month) if month.isdigit() else to_int(month)) if month else 12
    number = number if 1 <= number <= 12 else 12
    return date(year, number, monthrange(year, number)[1])
