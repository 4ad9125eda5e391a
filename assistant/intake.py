"""Whether a question, and the day that it is asked for, can be taken at all."""

import unicodedata
from datetime import date

from corpus.errors import OptionError, QuestionError
from corpus.language import count_words, strip_control

MAX_QUESTION = 2000
#: Days that may be asked for: what lies outside is a slip of the keys, such as 0026-11-30.
FIRST_DAY, LAST_DAY = date(1949, 1, 1), date(2099, 12, 31)
_BAD_DAY = (
    f"日期“{{day}}”不对，请写成 YYYY-MM-DD，在 {FIRST_DAY.year} 年到 {LAST_DAY.year} 年之间，"
    "例如 2026-08-15。"
)
#: So much of what is no day is repeated, in characters.
_REPEATED = 20
#: Control characters that text may have.
_LAYOUT = "\t\n\r"


def check_question(question: str) -> str:
    """Return the question without surrounding space and invisible marks; QuestionError if unfit."""
    if any(unicodedata.category(c) == "Cc" and c not in _LAYOUT for c in question):
        raise QuestionError("问题里有控制字符，请删去后用普通文字再问一次。")
    cleaned = strip_control(question).strip()
    if not cleaned:
        raise QuestionError("问题是空的，请写出想问的事，例如“排污许可证有效期多久？”")
    if len(cleaned) > MAX_QUESTION:
        raise QuestionError(
            f"问题有 {len(cleaned)} 个字，超过了 {MAX_QUESTION} 个字的上限，请缩短后再问。"
        )
    if not count_words(cleaned):
        raise QuestionError("问题里只有标点或符号，请用文字写出想问的事。")
    return cleaned


def read_day(text: str) -> date:
    """``YYYY-MM-DD`` → date; OptionError where it is none, or none that is asked for in earnest."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise OptionError(_BAD_DAY.format(day=text[:_REPEATED])) from error
    if day.isoformat() != text.strip() or not FIRST_DAY <= day <= LAST_DAY:
        raise OptionError(_BAD_DAY.format(day=text[:_REPEATED]))
    return day
