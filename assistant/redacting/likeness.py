"""How much a stretch of text is like a person's name: its characters, and the words around it.

What characters names have (``characters.json``) and what each sign counts (``likeness.json``) is
learnt by ``eval.fit.names``.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.logistic import likelihood
from corpus.errors import CorpusError

#: What is known of a character that no name had.
_UNKNOWN = -3.0
_SIGNS = 3


@dataclass(frozen=True, slots=True)
class Characters:
    """By character, how much more often than elsewhere it stands in names: as a surname, as part of
    a given name (log-odds); and the pairs that are given names of several persons."""

    surname: Mapping[str, float]
    given: Mapping[str, float]
    pairs: frozenset[str]

    def of_surname(self, name: str) -> float:
        """A surname's log-odds; the best one that there is for one of two characters."""
        return max(self.surname.values()) if len(name) > 1 else self.surname.get(name, _UNKNOWN)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a name.

    ``before`` and ``behind`` are the signs there, 0 to 3; the others tell whether two characters
    that often are part of a word stand in it, or across its beginning or end.
    """

    surname: str
    given: str
    before: int
    behind: int
    has_pair: bool
    is_joined: bool
    is_joined_behind: bool


def _read(name: str) -> Mapping[str, object]:
    try:
        text = (resources.files("assistant.redacting") / name).read_text("utf-8")
        found: Mapping[str, object] = json.loads(text)
        return found
    except (OSError, ValueError) as error:
        raise CorpusError(f"姓名线索表 {name} 读不懂（{error}），请恢复原文件。") from error


@cache
def load_characters() -> Characters:
    """What characters names have; CorpusError for a broken file."""
    rows = _read("characters.json")
    try:
        return Characters(rows["surname"], rows["given"], frozenset(rows["pairs"].split()))  # type: ignore[arg-type, attr-defined]
    except (KeyError, AttributeError) as error:
        raise CorpusError("姓名线索表 characters.json 缺了内容，请恢复原文件。") from error


def features_of(one: Candidate) -> list[float]:
    """What tells a name, in the order of the weights."""
    known = load_characters()
    given = [known.given.get(c, _UNKNOWN) for c in one.given]
    is_known_pair = one.given in known.pairs
    return [
        known.of_surname(one.surname),
        sum(given) / len(given),
        min(given),
        float(len(one.given) == 1),
        float(is_known_pair),
        float(one.has_pair and not is_known_pair),
        float(one.has_pair and is_known_pair),
        float(one.is_joined),
        float(one.is_joined_behind),
        float(len(one.surname) > 1),
        *(float(one.before == sign) for sign in range(1, _SIGNS + 1)),
        *(float(one.behind == sign) for sign in range(1, _SIGNS + 1)),
        float(one.before > 0 and one.behind > 0),
    ]


@cache
def _weights() -> tuple[tuple[float, ...], float, float]:
    rows = _read("likeness.json")
    try:
        return tuple(rows["weights"]), float(rows["bias"]), float(rows["enough"])  # type: ignore[arg-type]
    except (KeyError, TypeError) as error:
        raise CorpusError("姓名线索表 likeness.json 缺了内容，请恢复原文件。") from error


def is_like_a_name(one: Candidate) -> bool:
    """Whether it is more likely a name than what is lost where it is none."""
    weights, bias, enough = _weights()
    logit = bias + sum(w * f for w, f in zip(weights, features_of(one), strict=True))
    return likelihood(logit) >= enough
