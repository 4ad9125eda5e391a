"""Amounts as texts of this field write them: with their unit, their direction, and as phrases."""

import re
from dataclasses import dataclass
from functools import cache

from corpus.language.numerals import to_int
from corpus.language.text import fold

_DIGITS = "零一二三四五六七八九十百千两"
_UNIT = (
    r"万亿|(?:万|亿)?元|万|亿|个?工作日|日|天|个月|月|周岁|岁|年|倍|平方米|平方公里|立方米|公里|千米|厘米|毫米|"
    r"海里|米|项|个|家|条|张|次|小时|分钟|(?:(?<=[十0-9二三四五六七八九零])|(?<=十一))时(?![间期候常代机段刻])|"
    r"人|吨|毫克|微克|千瓦|兆瓦|升|千克|公斤|分贝|亩|公顷|辆|度|级|类|成|处|户|名|种|点|座|台|头|只|批|%"
)
_TOWARDS = r"以上|以下|以内|之内|内|以后|之后|后|以前|之前|前|届满"
_AMOUNT = re.compile(
    rf"(?P<share>百分之)?(?P<number>[0-9]+(?:\.[0-9]+)?|[{_DIGITS}]+)(?P<unit>{_UNIT})?"
    rf"(?P<towards>{_TOWARDS})?"
)
_FIGURE = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:%|[\u4e00-\u9fff]{1,2}?(?=[，。；、“”（）\s]|$))")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit and direction, either of them empty where there is none."""

    value: float
    unit: str
    towards: str


@cache
def amounts(text: str) -> frozenset[Amount]:
    """Every amount; a Chinese numeral counts only with a unit, it is too often part of a word."""
    found = set()
    for match in _AMOUNT.finditer(fold(text)):
        number, unit = match["number"], match["unit"] or ""
        if match["share"]:
            unit = "%"
        if number[0].isdigit():
            value = float(number)
        elif unit:
            value = float(to_int(number))
        else:
            continue
        if unit in ("万元", "亿元"):
            value, unit = value * (10_000 if unit == "万元" else 100_000_000), "元"
        found.add(Amount(value, unit, match["towards"] or ""))
    return frozenset(found)


def units_asked(text: str) -> frozenset[str]:
    """The units of the amounts in a question; the hour at which something happens is none."""
    return frozenset(a.unit for a in amounts(text) if a.unit and a.unit != "点")


def numbers(text: str) -> list[str]:
    """The Arabic numbers of a text in their order."""
    return _NUMBER.findall(text)


def figures(text: str) -> list[str]:
    """The Arabic figures with what they count, each once: 126项, 100%."""
    return _once(_FIGURE, text)


def _once(pattern: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(match[0] for match in pattern.finditer(text)))
