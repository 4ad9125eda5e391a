"""Telephone numbers in a text → links that call; everything else in it stays as it is.

Strict: a number that could be an amount, a year, an article or the number of a document or standard
is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from corpus.collection import Hotline

#: Mobile numbers, numbers with an area code, 400 and 800 numbers. The plan of numbers is GB's and
#: the ministry's, not a document's.
_PHONE = (
    r"1[3-9]\d{9}|1[3-9]\d[ -]\d{4}[ -]\d{4}"
    r"|0\d{2,3}-\d{7,8}|[（(]0\d{2,3}[）)]\d{7,8}"
    r"|[48]00-\d{3}-\d{4}|[48]00-\d{4}-\d{3}|[48]00\d{7}"
)
#: No number begins or ends in the middle of a longer one, of a name, a range or a decimal.
_ALONE = r"(?<![\w.．\-—–~～/#№])(?<!\d[,，])(?:{})(?![\w.．]?[\d\-—–~～/%％])"
#: What may follow directly. Another character of Chinese makes it a count: 12345吨, 第12345号.
_FOLLOWS = ("热线", "电话", "平台", "举报", "投诉", "咨询", "反映", "或", "和", "及", "与", "、")
#: What stands before the number of a document, a standard or a sum.
_NOT_BEHIND = ("第", "号", "〕", "]", "¥", "￥", "字", "约", "共", "达")


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    number: str


def link_calls(text: str, hotlines: Iterable[Hotline] = ()) -> str:
    """The text as HTML, its telephone numbers as links."""
    return _render(text, 0, len(text), _calls(text, hotlines))


def link_calls_apart(text: str, hotlines: Iterable[Hotline] = ()) -> tuple[str, str]:
    """The same in two pieces: the last character, or the number that ends the text, is the second.

    What has to stay on one line with the end is put behind it.
    """
    calls = _calls(text, hotlines)
    last = max(len(text) - 1, 0)
    cut = next((c.start for c in calls if c.start <= last < c.end), last)
    return _render(text, 0, cut, calls), _render(text, cut, len(text), calls)


def call_link(number: str, shown: str = "") -> str:
    """A link that calls ``number``."""
    dialled = "".join(c for c in number if c.isdigit() or c in "+-").strip("-")
    return f'<a href="tel:{escape(dialled)}">{escape(shown or number)}</a>'


def _calls(text: str, hotlines: Iterable[Hotline]) -> Sequence[_Piece]:
    known = sorted({re.escape(line.number) for line in hotlines if line.number}, key=len)[::-1]
    pattern = _ALONE.format("|".join([*known, _PHONE]))
    return [
        _Piece(match.start(), match.end(), match[0].strip("（("))
        for match in re.finditer(pattern, text, re.ASCII)
        if _may_be_called(text, match.start(), match.end())
    ]


def _may_be_called(text: str, start: int, end: int) -> bool:
    before, behind = text[:start].rstrip(), text[end:]
    if before.endswith(_NOT_BEHIND) or (before and before[-1].isascii() and before[-1].isalnum()):
        return False
    return not behind[:1].isalnum() or behind.startswith(_FOLLOWS)


def _render(text: str, start: int, end: int, calls: Sequence[_Piece]) -> str:
    return "".join(_pieces(text, start, end, calls))


def _pieces(text: str, start: int, end: int, calls: Sequence[_Piece]) -> Iterator[str]:
    for call in calls:
        if start <= call.start and call.end <= end:
            yield escape(text[start : call.start])
            yield call_link(call.number, text[call.start : call.end])
            start = call.end
    yield escape(text[start:end])
