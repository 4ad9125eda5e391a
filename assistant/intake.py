"""Whether a question can be taken at all."""

import unicodedata

from corpus.errors import QuestionError
from corpus.language import count_words, strip_control

MAX_QUESTION = 2000
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
