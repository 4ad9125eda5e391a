"""What people call things, and what the statutes call them.

The list is ours; it widens a search and is never quoted or shown.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.errors import CorpusError
from corpus.language.text import fold


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Legal words by lay word; both folded."""

    legal: Mapping[str, tuple[str, ...]]
    pattern: re.Pattern[str]

    @property
    def words(self) -> frozenset[str]:
        """Every word of the list, lay and legal."""
        return frozenset(self.legal).union(*self.legal.values())

    def widen(self, text: str) -> list[str]:
        """The legal words for the lay words in a folded text that it does not hold itself.

        The longest word at a place counts, and a lay word inside a legal one (洋垃圾 inside
        海洋垃圾) is none.
        """
        found = dict.fromkeys(
            word
            for match in self.pattern.finditer(text)
            for word in self.legal.get(match[0], ())
            if word not in text
        )
        return list(found)


@cache
def load_thesaurus() -> Thesaurus:
    """The bundled list; CorpusError where it cannot be read."""
    try:
        data = tomllib.loads(
            (resources.files("corpus.language") / "thesaurus.toml").read_text("utf-8")
        )
        legal: dict[str, tuple[str, ...]] = {}
        for entry in data["entry"]:
            for lay in map(fold, entry["lay"]):
                legal[lay] = (*legal.get(lay, ()), *map(fold, entry["legal"]))
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError("同义词表读不懂，请恢复 corpus/language/thesaurus.toml。") from error
    words = {*legal, *(word for words in legal.values() for word in words)}
    longest_first = sorted(words, key=len, reverse=True)
    return Thesaurus(legal, re.compile("|".join(map(re.escape, longest_first))))
