"""Numbers as statutes write them: 第一千一百零二条 ↔ 1102."""

import re
from datetime import date

#: No number of a 项 is longer; one of thousands of digits can't even be read.
_ITEM = re.compile(r"^（([一二三四五六七八九十]{1,9})）")
_DIGITS = "零一二三四五六七八九"
_UNITS = (("千", 1000), ("百", 100), ("十", 10))
_VALUES = {**{digit: value for value, digit in enumerate(_DIGITS)}, "〇": 0, "两": 2}

#: The characters that a Chinese or Arabic number may consist of (after NFKC).
NUMBER_PATTERN = r"(?:[0-9]+|[零〇一二三四五六七八九十百千两]+)"


def to_chinese(number: int) -> str:
    """Write 1 … 9999 as a statute does: 10 → 十, 102 → 一百零二, 1010 → 一千零一十."""
    if not 0 < number < 10_000:
        raise ValueError(f"outside 1 … 9999: {number}")
    text, rest, gap = "", number, False
    for unit, size in _UNITS:
        digit, rest = divmod(rest, size)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        elif text and rest:
            gap = True
    if rest:
        text += ("零" if gap else "") + _DIGITS[rest]
    return text.removeprefix("一") if text.startswith("一十") else text


def to_int(text: str) -> int:
    """Read Arabic digits, 一千一百零二, 十二 or digit by digit 一一〇二; ValueError otherwise."""
    if text.isdecimal():
        return int(text)
    if text and all(character in _VALUES for character in text):
        return int("".join(str(_VALUES[character]) for character in text))
    total, digit = 0, None
    sizes = dict(_UNITS)
    for character in text:
        if character in _VALUES:
            digit = _VALUES[character]
        elif character in sizes:
            total += (1 if digit is None else digit) * sizes[character]
            digit = None
        else:
            raise ValueError(f"not a number: {text}")
    if not text:
        raise ValueError("not a number: empty")
    return total + (digit or 0)


def chinese_date(day: date) -> str:
    """``2026-08-15`` → 2026年8月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def item_number(line: str) -> int | None:
    """The number of a 项 by how its line begins: 「（三）……」 → 3; None for another line."""
    match = _ITEM.match(line)
    number = to_int(match[1]) if match else 0
    return number if 0 < number < 10_000 else None
