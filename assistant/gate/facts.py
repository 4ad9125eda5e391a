"""What a clause does (forbid, release, oblige, permit, negate), and whether its source does it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.language import Amount, amounts, authorities, clauses, load_cues, overlap

_BOUNDS = ("以上", "以下", "以内")
_BINDING = ("应当", "可以", "必须", "不得", "禁止", *_BOUNDS)
#: What share of its character pairs a clause shares with one that speaks of the same thing.
_ALIGNED = 0.34
_WORD_FOR_WORD = 0.6
#: By how much less a clause may share than the nearest one and still be near.
_NEARLY = 0.2
_INTRODUCES = 8
#: A range has at most so many characters from its first bound to its end, so many before that.
_RANGE, _NUMBER = 12, 8
#: What no amount goes on behind.
_APART = frozenset("、，；。：的处罚\n")


def acts(clause: str) -> frozenset[str]:
    """What a clause does: forbid, release, oblige, permit, negate; the rows of ``acts.toml`` in
    their order, each takes its words away."""
    found = set()
    for name, cue in load_cues("assistant.gate", "acts.toml").items():
        shorter = cue.taken_out(clause)
        if shorter != clause:
            found.add(name)
        clause = shorter
    return frozenset(found)


def states_the_same(clause: str, source: str) -> bool:
    """Whether a clause of ``source`` that is near in wording does what ``clause`` does.

    Near are the clauses that share nearly as much with it as the nearest one; where that is nearly
    word for word, the same authorities act and the same bounds hold as well. Where none is near,
    the source as a whole has to do it, and nothing may be denied. A clause of a few characters
    that does nothing (「规定」) only introduces. 「以上」 and 「以下」 stand behind the same words.
    """
    if not all(clause[max(0, a - 2) : b] in source for a, b in _places(clause, _BOUNDS)):
        return False
    wanted = acts(clause)
    if not wanted and len(clause) < _INTRODUCES:
        return True
    overlaps = [(overlap(clause, other), other) for other in clauses(source)]
    nearest = max((share for share, _ in overlaps), default=0.0)
    if nearest < (_ALIGNED if wanted else _WORD_FOR_WORD):
        return not wanted & {"negate", "release"} and wanted <= acts(source)
    near = [other for share, other in overlaps if share >= nearest - _NEARLY]
    if nearest < _WORD_FOR_WORD:
        return any(wanted == acts(other) for other in near)
    return any(
        wanted == acts(other) and _actors(clause) <= _actors(other) and _binds_alike(clause, other)
        for other in near
    )


def ranges_stand(text: str, source: str) -> bool:
    """Whether every range of amounts (十万元以上五十万元以下) is one of the source too."""
    return _ranges(text) <= _ranges(source)


def _ranges(text: str) -> set[frozenset[Amount]]:
    places = sorted(_places(text, _BOUNDS))
    found = set()
    for (first, middle), (_, end) in pairwise(places):
        if end - first <= _RANGE and not set(text[middle:end]) & _APART:
            before = text[max(0, first - _NUMBER) : first]
            start = max((before.rfind(mark) for mark in _APART), default=-1) + 1
            found.add(frozenset(amounts(before[start:] + text[first:end])))
    # One amount said twice is no range.
    return {both for both in found if len(both) > 1}


def _actors(clause: str) -> Counter[str]:
    return Counter(authorities(clause))


def _binds_alike(clause: str, other: str) -> bool:
    """Whether each word that binds stands beside the same words (「可以实施」, 「元以下」)."""
    return all(
        clause[max(0, start - 2) : end] in other or clause[start : end + 2] in other
        for start, end in _places(clause, _BINDING)
    )


def _places(clause: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each of the words stands, every time."""
    for word in words:
        start = clause.find(word)
        while start >= 0:
            yield start, start + len(word)
            start = clause.find(word, start + 1)
