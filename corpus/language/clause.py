"""Clauses of a text, and the authorities that act in them."""

import re

_CLAUSE = re.compile(r"[，。；：！？,;:!?\n]+")
_BEHIND = re.compile(r"(?<=[；。])")
_AUTHORITY = re.compile(
    r"(?:国务院|[\u4e00-\u9fff]{2,12}?(?:主管部门|管理部门|人民政府|法院|检察院|机构|委员会|"
    r"机关(?:交通管理部门)?|公安(?!机关)|"
    r"海关|海警|环保局|生态环境局|监管局|管理局))"
)
_LIST_MARK = re.compile(r"[、,，;；:：和与及或由向经]|以及|或者|应当|可以|会同")


def clauses(text: str) -> list[str]:
    """The clauses of a text, without their marks."""
    return [clause for clause in _CLAUSE.split(text) if clause.strip()]


def clauses_with_marks(text: str) -> list[str]:
    """A text cut behind every ； and 。; the pieces together are the text."""
    return _BEHIND.split(text)


def authorities(text: str) -> list[str]:
    """Who acts, as named, in the order of the text."""
    return [_LIST_MARK.split(found)[-1] for found in _AUTHORITY.findall(text)]
