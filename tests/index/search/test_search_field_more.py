"""A field's order, ties and depth, over stand-ins whose scores are known."""

from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.field import SearchField
from index.search.lexical import LexicalIndex
from index.search.store import VectorStore
from index.types import Vector


class Words:
    """Gives every question the same scores."""

    def __init__(self, scores: Sequence[float]) -> None:
        self._scores = np.array(scores, dtype=np.float32)

    def scores(self, text: str) -> Vector:
        return self._scores


class Near:
    """Finds the same vectors for every question."""

    def __init__(self, found: Sequence[tuple[str, float]]) -> None:
        self._found = list(found)
        self.asked: list[int] = []

    def search(self, vector: Vector, k: int) -> list[tuple[str, float]]:
        self.asked.append(k)
        return self._found[:k]


def field_of_words(targets: Sequence[str], scores: Sequence[float]) -> SearchField:
    words = cast(LexicalIndex, Words(scores))
    return SearchField(words, targets, cast(VectorStore, Near([])), {})


@pytest.mark.parametrize(
    ("depth", "expected"),
    [(1, "b"), (2, "bd"), (3, "bda"), (4, "bdae"), (5, "bdae"), (100, "bdae")],
)
def test_the_best_come_first_and_what_scores_nothing_not_at_all(depth: int, expected: str) -> None:
    found = field_of_words("abcde", [2, 9, 0, 4, 1]).by_words("?", depth)
    assert "".join(target for target, _ in found) == expected


@pytest.mark.parametrize(("depth", "expected"), [(1, "a"), (2, "ab"), (3, "abd"), (9, "abdc")])
def test_of_equals_the_earlier_one_comes_first(depth: int, expected: str) -> None:
    found = field_of_words("abcd", [3, 3, 1, 3]).by_words("?", depth)
    assert "".join(target for target, _ in found) == expected


def test_the_depth_counts_texts_and_not_targets() -> None:
    found = field_of_words(["x", "x", "y"], [3, 2, 1]).by_words("?", 2)
    assert found == [("x", 3.0)]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.integers(1, 40))
def test_by_words_is_a_stable_sort_cut_at_the_depth(scores: list[int], depth: int) -> None:
    targets = [str(i) for i in range(len(scores))]
    order = sorted(range(len(scores)), key=lambda i: -scores[i])[:depth]
    expected = [(str(i), float(scores[i])) for i in order if scores[i] > 0]
    assert field_of_words(targets, scores).by_words("?", depth) == expected


def test_by_meaning_asks_for_just_the_depth() -> None:
    near = Near([("1", 0.9), ("2", 0.8)])
    words = cast(LexicalIndex, Words([]))
    field = SearchField(words, (), cast(VectorStore, near), {"1": "x", "2": "y"})
    assert field.by_meaning(np.ones(3, dtype=np.float32), 1) == [("x", 0.9)]
    assert near.asked == [1]
