"""What characters names have, and what the words around a name count, for ``assistant.redacting``.

Characters are counted in the names of jieba's word list, against its other words. What the signs
count is fitted on the sentences with planted names of the redaction's tests, each also with other
names drawn by these counts, and on questions of the evaluation's train split and every other one on
other law, which name nobody or hardly anybody. Run: ``python -m eval.fit.names``.
"""

import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

import assistant.redacting
from assistant.redacting import (
    features_of,
    find_candidates,
    load_characters,
    load_signs,
    take_addresses,
)
from corpus.language import fold_in_place
from corpus.shipped import write_sums

ROOT = Path(__file__).parents[2]
_FOLDER = Path(assistant.redacting.__file__).parent
_PLANTED = ROOT / "tests" / "assistant" / "redacting"
_SETS = ("planted.jsonl", "planted_first.jsonl", "planted_last.jsonl", "second_hand.jsonl")
_DATA = ROOT / "eval" / "data"
#: Characters that fewer names have are not told apart from unknown ones; pairs likewise.
_LEAST, _LEAST_PAIR = 3, 4
_THREE, _DRAWN, _FOLDS = 3, 6, 5
#: So many stretches of questions that name nobody may be taken for a name; what is less likely
#: than this never is.
_MOST_WRONG, _LEAST_LIKELY = 12, 0.6


@dataclass
class Names:
    """Surnames and given names as they were counted."""

    surnames: Counter[str]
    given: Counter[str]
    pairs: Counter[str]
    others: Counter[str]


def count_names() -> Names:
    """Count the word list's names of three characters that begin with a surname."""
    signs = load_signs()
    found = Names(Counter(), Counter(), Counter(), Counter())
    with jieba.get_dict_file() as file:
        for line in file:
            word, times, tag = line.decode().split()
            if tag == "nr" and len(word) == _THREE and word[0] in signs.surnames | signs.rare:
                found.surnames[word[0]] += 1
                found.given.update(word[1:])
                found.pairs[word[1:]] += 1
            elif not tag.startswith("nr"):
                for character in word:
                    found.others[character] += round(math.sqrt(int(times)) * 10)
    return found


def write_characters(names: Names) -> None:
    """Write log-odds by character."""
    whole = names.others.total()

    def odds(counts: Counter[str]) -> dict[str, float]:
        total = counts.total()
        shares = {
            c: (n + 0.5) / total * whole / (names.others[c] + 200)
            for c, n in counts.items()
            if n >= _LEAST
        }
        return {c: round(math.log(share), 1) for c, share in sorted(shares.items())}

    pairs = sorted(pair for pair, count in names.pairs.items() if count >= _LEAST_PAIR)
    rows = {
        "surname": odds(names.surnames),
        "given": odds(names.given),
        "pairs": " ".join(pairs),
    }
    (_FOLDER / "characters.json").write_text(json.dumps(rows, ensure_ascii=False) + "\n", "utf-8")
    load_characters.cache_clear()


def sentences(names: Names, draw: random.Random) -> Iterator[tuple[int, str, set[str]]]:
    """A number for each sentence and what was made of it, below 0 where it is a question that names
    nobody; the text, the names in it."""
    number = 0
    for file in _SETS:
        for line in (_PLANTED / file).read_text("utf-8").splitlines():
            row = json.loads(line)
            planted = [p for kind, p in row.get("personal", ()) if kind == "姓名"]
            planted += [p for p in row.get("planted", ()) if _is_name(p)]
            number += 1
            yield number, row["text"], set(planted)
            for _ in range(_DRAWN if planted else 0):
                yield number, *_renamed(row["text"], planted, names, draw)
    asked = [row for row in _rows("questions.jsonl") if row.get("split") == "train"]
    for row in (*asked, *_rows("other_law.jsonl")[::2]):
        number += 1
        yield -number, row["question"], set()


def _rows(file: str) -> list[dict[str, str]]:
    lines = (_DATA / file).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _is_name(text: str) -> bool:
    signs = load_signs()
    if text.startswith(signs.compound):
        return _THREE <= len(text) <= _THREE + 1
    return 1 < len(text) <= _THREE and text[0] in signs.surnames


def _renamed(
    text: str, planted: Sequence[str], names: Names, draw: random.Random
) -> tuple[str, set[str]]:
    """The text with other persons in it."""
    given, often = list(names.given), list(names.given.values())
    drawn = set()
    for name in planted:
        if _is_name(name) and not name.startswith(load_signs().compound):
            other = draw.choices(list(names.surnames), list(names.surnames.values()))[0]
            other += "".join(draw.choices(given, often, k=len(name) - 1))
            text = text.replace(name, other)
            drawn.add(other)
        else:
            drawn.add(name)
    return text, drawn


def main() -> None:
    """Count, fit, and write both files."""
    names, draw = count_names(), random.Random(0)  # noqa: S311 (no secret)
    write_characters(names)
    rows, wanted, groups = [], [], []
    for number, text, persons in sentences(names, draw):
        folded = take_addresses(fold_in_place(text)[0])
        spans = [
            (at, at + len(name))
            for name in persons
            for at in range(len(folded))
            if folded.startswith(name, at)
        ]
        for (start, end), one in find_candidates(folded):
            is_name = (start, end) in spans
            if is_name or not any(start < b and a < end for a, b in spans):
                rows.append(features_of(one))
                wanted.append(is_name)
                groups.append(number)
    told, names_there = np.array(rows), np.array(wanted)
    model = LogisticRegression(C=1.0, max_iter=2000)
    likely = cross_val_predict(
        model, told, names_there, groups=groups, cv=GroupKFold(_FOLDS), method="predict_proba"
    )[:, 1]
    asked = likely[~names_there & (np.array(groups) < 0)]
    enough = max(_LEAST_LIKELY, float(np.sort(asked)[-_MOST_WRONG - 1]))
    model.fit(told, names_there)
    fitted = {
        "weights": [round(float(w), 3) for w in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), 3),
        "enough": round(enough, 3),
    }
    (_FOLDER / "likeness.json").write_text(json.dumps(fitted) + "\n", "utf-8")
    write_sums()
    Console().print(
        f"{names_there.sum()} names, {(~names_there).sum()} other stretches; found by itself "
        f"{(likely[names_there] >= enough).mean():.2f} at {enough:.2f}"
    )


if __name__ == "__main__":
    main()
