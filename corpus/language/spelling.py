"""Homophones put right: 「排物许可证」 is read as 「排污许可证」.

Only a term of the field is ever put in the place of what was typed, and only where both sound
alike: a name that we do not know stays as it is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

_HAN = re.compile(r"[\u3400-\u9fff]+")
_SHORTEST, _LONGEST = 2, 10
#: How many characters of a term may be typed wrong: one, of a long term two.
_TWO_WRONG = 5
#: A term of two characters is put in only where texts have it at least this often.
_COMMON = 20
#: A pair is odd where the pair meant is this many times as frequent.
_RATIO = 20


@dataclass(frozen=True, slots=True)
class Correction:
    """What was typed and what it is read as."""

    typed: str
    meant: str


class Speller:
    """Knows the terms of the field by their sound."""

    def __init__(self, terms: Iterable[str], pairs: Mapping[str, int]) -> None:
        """``pairs`` counts what stands side by side in texts: such a pair is not mistyped."""
        self._pairs = pairs
        self._by_sound: dict[tuple[str, ...], list[str]] = {}
        self._terms = {
            term
            for term in terms
            if _HAN.fullmatch(term) and (len(term) > _SHORTEST or pairs.get(term, 0) >= _COMMON)
        }
        for term in sorted(self._terms):
            self._by_sound.setdefault(tuple(map(_sound, term)), []).append(term)
        self._lengths = sorted({len(t) for t in self._terms if len(t) <= _LONGEST}, reverse=True)

    def correct(self, text: str) -> tuple[str, tuple[Correction, ...]]:
        """The text with homophones of terms replaced, and what was replaced."""
        found: list[Correction] = []
        for match in _HAN.finditer(text):
            start, end = match.span()
            for length in self._lengths:
                for at in range(start, end - length + 1):
                    typed = text[at : at + length]
                    meant = self._meant(text[start:end], at - start, typed)
                    if meant:
                        text = text[:at] + meant + text[at + length :]
                        found.append(Correction(typed, meant))
        return text, tuple(found)

    def _meant(self, run: str, at: int, typed: str) -> str | None:
        """The term that sounds like ``typed``, which stands at ``at`` in a run of characters."""
        if typed in self._terms:
            return None
        for term in self._by_sound.get(tuple(map(_sound, typed)), ()):
            read = run[:at] + term + run[at + len(term) :]
            wrong = [i for i in range(at, at + len(term)) if run[i] != read[i]]
            allowed = 2 if len(term) >= _TWO_WRONG else 1
            if len(wrong) <= allowed and all(self._is_odd(run, read, i) for i in wrong):
                return term
        return None

    def _is_odd(self, run: str, read: str, place: int) -> bool:
        """Whether texts hardly ever have the typed character beside its neighbours."""
        starts = [i for i in (place - 1, place) if 0 <= i < len(run) - 1]
        return all(
            _RATIO * self._pairs.get(run[i : i + 2], 0) <= self._pairs.get(read[i : i + 2], 0)
            for i in starts
        )


@cache
def _sound(character: str) -> str:
    """Pinyin without tone, with what many speakers do not tell apart made one."""
    from pypinyin import Style, pinyin  # takes a second to import

    spelled = pinyin(character, style=Style.NORMAL)[0][0]
    return re.sub(r"([aei]n)g$", r"\1", re.sub(r"^([zcs])h", r"\1", spelled))


def count_pairs(texts: Iterable[str]) -> Counter[str]:
    """How often every two characters stand side by side in the texts."""
    return Counter(
        run[i : i + 2] for text in texts for run in _HAN.findall(text) for i in range(len(run) - 1)
    )
