"""Declined and doubted questions by meaning."""

import time
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from assistant.records import Remembering, cluster
from assistant.records.clusters import NEAR, group
from assistant.types import Outcome
from index.embedders import load_question_encoder
from index.types import Vector
from tests.assistant.records.asked_rows import DAY, make_row

FUMES = ("楼下饭店油烟往我家灌找谁", "饭店的油烟太大该找哪个部门", "楼下餐馆油烟扰民归谁管")
PERMIT = ("排污许可证到期了怎么续", "排污许可证快到期如何延续")


def units(*angles: float) -> Vector:
    """Vectors in the plane at these angles, in degrees."""
    turned = np.deg2rad(angles)
    return np.stack([np.cos(turned), np.sin(turned)], axis=1).astype(np.float32)


def plain_average_linkage(vectors: Vector, near: float) -> set[frozenset[int]]:
    """The nearest two groups are joined, again and again, as a book has it."""
    groups = [frozenset([i]) for i in range(len(vectors))]
    while len(groups) > 1:
        pairs = [(a, b) for i, a in enumerate(groups) for b in groups[i + 1 :]]
        likeness = [np.mean([vectors[x] @ vectors[y] for x in a for y in b]) for a, b in pairs]
        if max(likeness) < near:
            break
        a, b = pairs[int(np.argmax(likeness))]
        groups = [g for g in groups if g not in (a, b)] + [a | b]
    return set(groups)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("near", [0.2, 0.5, 0.8])
def test_it_is_average_linkage(seed: int, near: float):
    random = np.random.default_rng(seed)
    centres = random.normal(size=(5, 6))
    vectors = centres[random.integers(0, 5, 30)] + 0.6 * random.normal(size=(30, 6))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    found = {frozenset(g) for g in group(vectors, np.ones(30, dtype=np.float32), near)}
    assert found == plain_average_linkage(vectors, near)


def test_a_question_that_is_asked_often_weighs_more():
    vectors = units(0, 30, 62)
    light = group(vectors, np.array([1, 1, 1], dtype=np.float32), 0.65)
    heavy = group(vectors, np.array([9, 1, 1], dtype=np.float32), 0.65)
    assert sorted(map(sorted, light)) == [[0, 1, 2]]
    assert sorted(map(sorted, heavy)) == [[0, 1], [2]]


def test_what_was_answered_is_in_no_cluster():
    rows = [make_row(1, "甲", outcome=Outcome.ANSWERED), make_row(2, "乙")]
    seen: list[str] = []

    def encode(texts: Sequence[str]) -> Vector:
        seen.extend(texts)
        return units(*range(len(texts)))

    (found,) = cluster(rows, encode)
    assert seen == ["乙"]
    assert (found.name, found.count) == ("乙", 1)


def test_nothing_asked_makes_no_cluster():
    assert cluster([], lambda texts: units()) == []


def test_weeks_needs_and_the_most_central_question_are_told():
    days = [DAY - timedelta(days=n) for n in (0, 1, 8)]
    rows = [
        make_row(i, text, day=day, needs=needs)
        for i, (text, day, needs) in enumerate(
            zip("甲乙丙", days, [("标准",), ("标准", "名录"), ()], strict=True)
        )
    ]
    (found,) = cluster(rows, lambda texts: units(0, 10, 20))
    assert found.name == "乙"
    assert found.by_week == {date(2026, 11, 16): 1, date(2026, 11, 23): 2}
    assert found.needs == "标准、名录"
    assert found.rows == tuple(rows)


def test_the_encoder_puts_together_what_means_the_same():
    texts = (*FUMES, *PERMIT, "核电站旁边能不能钓鱼")
    rows = [make_row(i, text) for i, text in enumerate(texts)]
    found = cluster(rows, load_question_encoder().encode_passages)
    assert [one.count for one in found] == [3, 2, 1]
    assert {row.question for row in found[0].rows} == set(FUMES)


def test_only_new_texts_are_read_and_old_ones_forgotten():
    asked: list[list[str]] = []

    def encode(texts: Sequence[str]) -> Vector:
        asked.append(list(texts))
        return units(*(len(text) for text in texts))

    remembering = Remembering(encode)
    first = remembering(["一", "二二", "一"])
    assert first.tolist() == units(1, 2, 1).tolist()
    remembering(["二二", "三三三"])
    remembering(["二二", "三三三"])
    remembering(["一"])
    assert asked == [["一", "二二"], ["三三三"], ["一"]]


def test_two_thousand_rows_are_grouped_in_seconds():
    random = np.random.default_rng(1)
    vectors = random.normal(size=(400, 384))[random.integers(0, 400, 2000)]
    vectors += 0.4 * random.normal(size=vectors.shape)
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    started = time.process_time()
    found = group(vectors, np.ones(2000, dtype=np.float32), NEAR)
    assert time.process_time() - started < 20
    assert sum(map(len, found)) == 2000
