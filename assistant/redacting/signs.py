"""What tells a person's name, read from ``names.toml``."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.errors import CorpusError

Span = tuple[int, int]

#: What may stand between a word that tells of a name and the name.
_BETWEEN = r"[\s:,\"“'(]*(?:是|叫|为)?[\s:]*"


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells a name, as ``names.toml`` has it; the patterns are for the text right before a
    name (``says``, ``may_say``) and right behind it (``title``, ``acts``, ``may_act``)."""

    surnames: frozenset[str]
    rare: frozenset[str]
    given: frozenset[str]
    often: frozenset[str]
    compound: tuple[str, ...]
    says: re.Pattern[str]
    may_say: re.Pattern[str]
    starts: re.Pattern[str]
    title: re.Pattern[str]
    acts: re.Pattern[str]
    may_act: re.Pattern[str]
    never: frozenset[str]
    no_names: tuple[str, ...]
    pairs: frozenset[str]
    #: What people are called otherwise (``calling``).
    nicknames: re.Pattern[str]
    short: frozenset[str]
    familiar_behind: tuple[str, ...]
    no_familiar: frozenset[str]
    waters: frozenset[str]
    element: re.Pattern[str]
    elements: re.Pattern[str]


@cache
def load_signs() -> Signs:
    """What tells a name; CorpusError for a broken file."""
    try:
        folder = resources.files("assistant.redacting")
        rows = tomllib.loads((folder / "names.toml").read_text("utf-8"))
        lines = (folder / "common_pairs.txt").read_text("utf-8").splitlines()
        pairs = {ln[0] + other for ln in lines if not ln.startswith("#") for other in ln[2:]}
        return Signs(
            surnames=frozenset("".join(rows["surnames"].split())),
            rare=frozenset("".join(rows["rare_surnames"].split())),
            given=frozenset("".join(rows["given"].split())),
            often=frozenset(rows["often"]),
            compound=tuple(rows["compound_surnames"]),
            says=re.compile(f"(?:{_any(rows['says_name'])}){_BETWEEN}$"),
            may_say=re.compile(f"(?:{_any(rows['may_say_name'])}){_BETWEEN}$"),
            starts=re.compile(f"(?:{_any(rows['starts'])})$"),
            title=re.compile(_any(rows["titles"])),
            acts=re.compile(_any(rows["acts"])),
            may_act=re.compile(_any(rows["may_act"])),
            never=frozenset(rows["never"]),
            no_names=tuple(rows["no_names"]),
            pairs=frozenset(pairs),
            nicknames=re.compile(f"(?:{'|'.join(rows['nicknames'])})[\\s:,\"“'(是叫]*"),
            short=frozenset(rows["short_titles"]),
            familiar_behind=tuple(rows["familiar_behind"]),
            no_familiar=frozenset(rows["no_familiar"]),
            waters=frozenset(rows["waters"]),
            element=re.compile(element := _any(rows["elements"].split())),
            elements=re.compile(f"(?:{element})+"),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CorpusError(f"姓名线索表读不懂（{error}），请恢复原文件。") from error


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
