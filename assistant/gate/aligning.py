"""Whether the clauses of a sentence do what the clauses of its unit do that speak of the same."""

import re

from assistant.gate.facts import acts
from corpus.language import amounts, authorities, clauses, overlap, squeeze

#: A clause of the unit speaks of the same from this overlap of character pairs on; those that come
#: near the best one do so as well.
_SAME, _NEARLY = 0.34, 0.8
#: From this overlap on a clause is worded as the unit's: it denies what that denies.
_WORDED_ALIKE = 0.6
#: An authority does here what it does in a clause that shares so much of what stands beside it.
_DONE = 0.2
_LET_OFF = ("不予", "从轻", "减轻", "免予")
#: What a clause may do, and what the clause that speaks of the same must not do instead.
_AGAINST = {
    "permit": frozenset({"forbid", "oblige"}),
    "oblige": frozenset({"permit", "forbid", "release"}),
    "forbid": frozenset({"permit", "oblige"}),
    "release": frozenset({"oblige", "forbid"}),
}
#: Of these the law means one or the other.
_CASES = (
    ("报告书", "报告表", "登记表"),
    ("重点管理", "简化管理"),
    ("重点", "一般"),
    ("一级", "二级"),
    ("个人", "单位"),
    ("县级以上", "设区的市级以上", "省级以上"),
    ("严重", "较轻", "轻微", "轻度", "重大"),
)
_BOTH = re.compile("并且|而且|都占|两样|(?<!而|并)且")
_EITHER = re.compile("或者|或(?!许)|任[一何]|之一|要么|还是")
_SEGMENT = re.compile("[；。\\n]")
_DENIES = re.compile("未|没|不(?!得|予|超|同|动产|足|可抗|符|服|履)|无(?!论|害)")


def binds_alike(text: str, quotes: str) -> bool:
    """Whether no clause orders, allows, forbids or lets off where the clause of the unit that
    speaks of the same does something else."""
    if not _lets_off_alike(text, quotes):
        return False
    others = [(squeeze(other), acts(other)) for other in clauses(quotes)]
    whole = frozenset[str]().union(*(does for _, does in others))
    for clause in clauses(text):
        own = squeeze(clause)
        shares = [(overlap(own, other), other, does) for other, does in others]
        best = max((share for share, *_ in shares), default=0.0)
        wanted = acts(clause) & _AGAINST.keys()
        if "release" in wanted and "release" not in whole:
            return False
        if best < _SAME:
            continue
        near = [each for each in shares if each[0] >= _NEARLY * best]
        done = frozenset[str]().union(*(does for *_, does in near))
        if any(a not in done and done & _AGAINST[a] for a in wanted):
            return False
    return True


def denies_alike(text: str, quotes: str) -> bool:
    """Whether a clause that is worded as one of the unit denies what that denies."""
    others = [squeeze(other) for other in clauses(quotes)]
    for clause in map(squeeze, clauses(text)):
        near = [other for other in others if overlap(clause, other) >= _WORDED_ALIKE]
        denies = _DENIES.search(clause) is not None
        if near and all((_DENIES.search(other) is not None) != denies for other in near):
            return False
    return True


def keeps_whole(text: str, quotes: str) -> bool:
    """Whether the sentence tells every condition and the exception of the part of the unit that
    speaks of the same, and joins as that does."""
    near = _near_segments(text, quotes)
    if _EXCEPT.search(near) and not _EXCEPT.search(text):
        return False
    if _BOTH.search(text) and "或" in near and not re.search("并|且|同时|以及", near):
        return False
    if _EITHER.search(text) and not re.search("或|之一|任何", near):
        return False
    own = squeeze(text)
    conditions = (c for c in clauses(near) if c.endswith("的") and not _OPENS.search(c))
    return all(overlap(squeeze(c), own) >= _TOLD for c in conditions)


def _near_segments(text: str, quotes: str) -> str:
    """The parts of the unit that speak of what a sentence speaks of."""
    segments = [squeeze(s) for s in _SEGMENT.split(quotes) if s.strip()]
    own = squeeze(text)
    shares = [(overlap(own, segment), segment) for segment in segments]
    best = max((share for share, _ in shares), default=0.0)
    return "，".join(segment for share, segment in shares if share >= _NEARLY * best)


def costs_what_it_costs(text: str, quotes: str) -> bool:
    """Whether an amount is told of the act for which the unit sets it, not of another one there."""
    own = squeeze(_without_amounts(text))
    segments = [s for s in _COST.split(quotes) if amounts(s)]
    for amount in amounts(text):
        here, there = (
            max((overlap(own, squeeze(_without_amounts(s))) for s in some), default=0.0)
            for some in (
                [s for s in segments if amount in amounts(s)],
                [s for s in segments if amount not in amounts(s)],
            )
        )
        if here and there > here + _ELSEWHERE:
            return False
    return True


def _without_amounts(text: str) -> str:
    return _PENALTY.sub("", text)


def leads_alike(text: str, quotes: str) -> bool:
    """Whether the authority that acts together with others (会同) is the one that leads there."""
    if "会同" not in text or "会同" not in quotes:
        return True
    leading, led = (authorities(squeeze(part)) for part in squeeze(text).split("会同", 1))
    first, rest = squeeze(quotes).split("会同", 1)
    return not (leading and led) or not any(
        name in rest and name not in first for name in leading[-1:]
    )


def keeps_apart(text: str, quotes: str) -> bool:
    """Whether of two cases the one is told that the part of the unit means which speaks of it."""
    own, near = squeeze(text), _near_segments(text, quotes)
    for group in _CASES:
        told = {case for case in group if case in own}
        meant = {case for case in group if case in near}
        if meant and told - meant:
            return False
    return True


def joins_alike(text: str, quotes: str) -> bool:
    """Whether what is either one or the other has not become both, nor the other way round."""
    both, either = (_BOTH.search(text) is not None, _EITHER.search(text) is not None)
    held = squeeze(quotes)
    if both and not re.search("并|且|同时|以及|和", held):
        return False
    return not either or re.search("或|之一|、|任何|等", held) is not None


def acts_by_right(text: str, quotes: str) -> bool:
    """Whether an authority does here what it does in a clause of the unit."""
    others = [squeeze(other) for other in clauses(quotes)]
    for clause in clauses(text):
        own = squeeze(clause)
        for name in authorities(own):
            known = next((name[i:] for i in range(len(name)) if name[i:] in squeeze(quotes)), "")
            beside = own.replace(known, "")
            if len(known) < _SHORTEST or len(beside) < _SHORTEST:
                continue
            where = [other for other in others if known in other]
            if where and not any(overlap(beside, o.replace(known, "")) >= _DONE for o in where):
                return False
    return True


_SHORTEST = 4
_EXCEPT = re.compile("除外|另有|未作规定|例外|但是?|不适用")
_COST = re.compile("[；。\\n]|(?<=罚款)[，、]")
_PENALTY = re.compile("[处罚款并可以]|[0-9零一二三四五六七八九十百千万亿两.]+元?(?:以上|以下)?")
#: By so much an act may read nearer to where another amount is set.
_ELSEWHERE = 0.1
#: A clause with which every duty opens is no condition.
_OPENS = re.compile("违反本法|下列|情形")
#: So much of a condition has to be told.
_TOLD = 0.3


def _lets_off_alike(text: str, quotes: str) -> bool:
    """Whether 不予 is not told where the unit has 可以不予, nor the other way round; 从轻 and the
    like as well."""
    for word in _LET_OFF:
        if word not in text:
            continue
        told_may, told_must = _ways(word, text)
        may, must = _ways(word, quotes)
        if (told_may and not may) or (told_must and not must):
            return False
    return True


def _ways(word: str, text: str) -> tuple[bool, bool]:
    """Whether somebody may be let off, and whether he has to be."""
    may = re.compile(f"可以(?:依法)?(?:从轻、?|减轻、?|或者|不予、?)*{word}")
    return may.search(text) is not None, word in may.sub("", text)
