"""Which two characters often stand together where people ask: they are part of a word, no name.

Counts pairs in how people ask for what the statutes and policy texts say, and in the names of
places, and writes them for ``assistant.redacting``. Run: ``python -m eval.fit.common_pairs``.
"""

import json
from collections import Counter
from collections.abc import Iterable
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path

from corpus.language import fold, is_han

#: A pair that was written so often is part of a word.
_LEAST = 4
#: Before the pairs of each first character.
_HEAD = "# Pairs of characters that stand in words: the first, then all that follow it.\n"


def count(texts: Iterable[str]) -> Counter[str]:
    """How often each two Chinese characters stand side by side."""
    return Counter(
        one + other
        for text in texts
        for one, other in pairwise(fold(text))
        if is_han(one) and is_han(other)
    )


def render(pairs: Iterable[str]) -> str:
    """A line for each first character: 「安 全排置」 stands for 安全, 安排, 安置."""
    found: dict[str, list[str]] = {}
    for pair in sorted(pairs):
        found.setdefault(pair[0], []).append(pair[1])
    return _HEAD + "".join(f"{first} {''.join(rest)}\n" for first, rest in found.items())


def main() -> None:
    """Write the pairs."""
    data = resources.files("corpus.collections")
    told = [
        text
        for collection in ("statutes", "weifang")
        for file in (data / collection / "lay_wording").iterdir()
        for text in _strings(file)
    ]
    pairs = {pair for pair, times in count(told).items() if times >= _LEAST}
    places = (data / "places.txt").read_text("utf-8").split()
    path = Path(str(resources.files("assistant.redacting") / "common_pairs.txt"))
    path.write_text(render(pairs | {place[:2] for place in places}), "utf-8")


def _strings(file: Traversable) -> list[str]:
    """The wordings of a file of lay wording."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [text for row in rows for text in _all(row)]


def _all(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value
    return [text for part in parts for text in _all(part)] if isinstance(parts, Iterable) else []


if __name__ == "__main__":
    main()
