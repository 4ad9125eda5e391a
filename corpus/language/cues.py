"""Cues: how people ask for something, told by rows of data.

A row has a name, patterns (regular expressions, searched for in folded text), at least three
differently worded examples that each of its patterns is needed for, and counter-examples. The tests
are made from the rows. ``<labels>`` in a pattern stands for the labels of policy texts' parts.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from corpus.errors import CorpusError

_LABELS = "<labels>"
#: Matches nothing: there are no such labels.
_NOTHING = "(?!)"


@dataclass(frozen=True, slots=True)
class Cue:
    """One row. ``label`` is how what is asked for is called in an answer, ``of`` its group."""

    name: str
    about: str
    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    label: str = ""
    of: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """All patterns of the row as one."""
        return _compile(self.patterns, ())

    def with_labels(self, labels: Sequence[str]) -> re.Pattern[str]:
        """All patterns as one, for texts whose parts have these labels."""
        return _compile(self.patterns, tuple(labels))

    def found_in(self, text: str) -> bool:
        """Whether a folded text has the cue."""
        return self.pattern.search(text) is not None

    def taken_out(self, text: str, by: str = "") -> str:
        """The text with ``by`` in the place of all that matches."""
        return self.pattern.sub(by, text)


@lru_cache(maxsize=1024)
def _compile(patterns: tuple[str, ...], labels: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, labels)) or _NOTHING
    return re.compile("|".join(patterns).replace(_LABELS, names))


@cache
def load_cues(package: str, file: str) -> Mapping[str, Cue]:
    """The rows of a file beside a package's modules, by name; CorpusError for a broken file."""
    try:
        rows = tomllib.loads((resources.files(package) / file).read_text("utf-8"))["cue"]
        found = [
            Cue(
                name=row["name"],
                about=row["about"],
                patterns=tuple(row["patterns"]),
                examples=tuple(row["examples"]),
                counter_examples=tuple(row["counter_examples"]),
                label=row.get("label", ""),
                of=row.get("of", ""),
            )
            for row in rows
        ]
        cues = {cue.name: cue for cue in found}
        for cue in found:
            cue.with_labels(())
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise CorpusError(f"线索表 {file} 读不懂（{error}），请恢复原文件。") from error
    if len(cues) < len(found):
        raise CorpusError(f"线索表 {file} 里有两行同名，请改正。")
    return cues
