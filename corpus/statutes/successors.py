"""Which articles of the 法典 now govern what a repealed article governed.

The table is ours, made by reading both texts; it is shown as ours and never as official.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable

from corpus.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Successor:
    """``new`` are keys, the main one first, empty where the rule was dropped; ``note`` is ours."""

    old: str
    new: tuple[str, ...]
    note: str


def load_successors(file: Traversable) -> dict[str, Successor]:
    """The table by the key of the repealed article."""
    try:
        return {row.old: row for row in _parsed(file.read_text("utf-8"))}
    except (OSError, ValueError, KeyError) as error:
        raise CorpusError("新旧条文对照表读不懂，请恢复 successors.jsonl。") from error


# With every document that staff add the corpus is put together anew.
@lru_cache(maxsize=2)
def _parsed(text: str) -> tuple[Successor, ...]:
    rows = map(json.loads, text.splitlines())
    return tuple(Successor(r["old"], tuple(r["new"]), r["note"]) for r in rows)
