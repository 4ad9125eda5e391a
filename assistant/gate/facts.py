"""The facts that a sentence states, in a form that can be compared with those of its source.

A fact is an amount (with its unit and its direction: 以上, 以下, 内), a bare number, an authority,
or what a clause does: forbid, oblige, permit, negate.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from corpus.language import fold, to_int

_DIGITS = "零一二三四五六七八九十百千两"
_UNIT = (
    r"万亿|(?:万|亿)?元|万|亿|个?工作日|日|天|个月|月|周岁|岁|年|倍|平方米|平方公里|公里|米|项|个|家|条|张|次|"
    r"小时|分钟|人|吨|千克|公斤|分贝|亩|公顷|辆|度|级|类|成|处|户|名|种|点|座|台|头|只|批|%"
)
_TOWARDS = r"以上|以下|以内|之内|内|以后|之后|后|以前|之前|前|届满"
_AMOUNT = re.compile(
    rf"(?P<share>百分之)?(?P<number>[0-9]+(?:\.[0-9]+)?|[{_DIGITS}]+)(?P<unit>{_UNIT})?"
    rf"(?P<towards>{_TOWARDS})?"
)
_AUTHORITY = re.compile(
    r"(?:国务院|[\u4e00-\u9fff]{2,12}?(?:主管部门|管理部门|人民政府|法院|检察院|机关|机构|委员会|公安|"
    r"海关|海警|环保局|生态环境局|监管局|管理局))"
)
_LIST_MARK = re.compile(r"[、,，;；:：和与及或由向经]|以及|或者|应当|可以|会同")

#: What a clause does, and the words that do it; the first that matches takes its words away.
_ACTS = {
    "forbid": re.compile(r"禁止|严禁|不得|不准|不能|不许|不可以?|不允许"),
    "release": re.compile(r"无需|无须|不必|不需要|不用|免予|免于|可以不|不予|除外|但是"),
    "oblige": re.compile(r"应当|必须|应该|有义务|责令|强制"),
    "permit": re.compile(r"可以|允许|有权|准许"),
    "negate": re.compile(
        r"未|没有?|无(?!害|线|偿|人|机|废)|不(?!同|动产|仅|但|断|低于|少于|超过|足)"
    ),
}
_BOUND = re.compile(r"以上|以下|以内")
_BINDING = re.compile(r"应当|可以|必须|不得|禁止|以上|以下|以内")
_CLAUSE = re.compile(r"[，。；：！？,;:!?\n]+")
#: What share of its character pairs a clause shares with one that speaks of the same thing.
_ALIGNED = 0.34
_WORD_FOR_WORD = 0.6
#: By how much less a clause may share than the nearest one and still be near.
_NEARLY = 0.2
_INTRODUCES = 8


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


def authorities(text: str) -> frozenset[str]:
    """Who acts, as named."""
    return frozenset(_last_name(found) for found in _AUTHORITY.findall(text))


def _last_name(found: str) -> str:
    return _LIST_MARK.split(found)[-1]


def acts(clause: str) -> frozenset[str]:
    """What a clause does."""
    found = set()
    for name, pattern in _ACTS.items():
        clause, count = pattern.subn("", clause)
        if count:
            found.add(name)
    return frozenset(found)


def clauses(text: str) -> list[str]:
    """The clauses of a text, without their marks."""
    return [clause for clause in _CLAUSE.split(text) if clause.strip()]


def states_the_same(clause: str, source: str) -> bool:
    """Whether a clause of ``source`` that is near in wording does what ``clause`` does.

    Near are the clauses that share nearly as much with it as the nearest one; where that is nearly
    word for word, the same authorities act and the same bounds hold as well. Where none is near,
    the source as a whole has to do it, and nothing may be denied. A clause of a few characters
    that does nothing (「规定」) only introduces. 「以上」 and 「以下」 stand behind the same words.
    """
    if not all(clause[max(0, m.start() - 2) : m.end()] in source for m in _BOUND.finditer(clause)):
        return False
    wanted = acts(clause)
    if not wanted and len(clause) < _INTRODUCES:
        return True
    overlaps = [(_overlap(clause, other), other) for other in clauses(source)]
    nearest = max((overlap for overlap, _ in overlaps), default=0.0)
    if nearest < (_ALIGNED if wanted else _WORD_FOR_WORD):
        return not wanted & {"negate", "release"} and wanted <= acts(source)
    near = [other for overlap, other in overlaps if overlap >= nearest - _NEARLY]
    if nearest < _WORD_FOR_WORD:
        return any(wanted == acts(other) for other in near)
    return any(
        wanted == acts(other) and _actors(clause) <= _actors(other) and _binds_alike(clause, other)
        for other in near
    )


def _actors(clause: str) -> Counter[str]:
    return Counter(_last_name(found) for found in _AUTHORITY.findall(clause))


def _binds_alike(clause: str, other: str) -> bool:
    """Whether each word that binds stands beside the same words (「可以实施」, 「元以下」)."""
    return all(
        clause[max(0, m.start() - 2) : m.end()] in other or clause[m.start() : m.end() + 2] in other
        for m in _BINDING.finditer(clause)
    )


def _overlap(clause: str, other: str) -> float:
    """The share of the clause's character pairs that stand in the other one."""
    own = {clause[i : i + 2] for i in range(len(clause) - 1)}
    return sum(pair in other for pair in own) / max(1, len(own))
