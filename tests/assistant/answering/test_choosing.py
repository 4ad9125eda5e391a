"""Whether the passages found answer or a matter: learnt, and followed."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from assistant.answering import CHOOSING, answer_from_matter, consider, observe_asked
from assistant.answering.choosing import prefers_matter
from assistant.dialog import resolve
from assistant.question import read_letter
from assistant.types import Query
from index.search import HybridRetriever

DAY = date(2026, 11, 28)


def described(text: str, retriever: HybridRetriever) -> dict[str, float]:
    query = Query(text, DAY)
    asked = consider(text, read_letter(text), query, resolve(query, retriever, 10), retriever)
    made = answer_from_matter(asked, retriever)
    assert made is not None
    observed = observe_asked(asked, made, retriever)
    return dict(zip(CHOOSING, observed.tolist(), strict=True))


def test_what_is_found_and_told_is_seen(retriever: HybridRetriever):
    found = described("没办排污许可证就排污，会怎么罚", retriever)
    assert found["always"] == 1.0
    assert found["penalty"] == 1.0
    assert found["help"] == 0.0
    assert 0 < found["reach"] <= 1.0
    assert 0 < found["reading"] <= 1.0
    assert -1 < found["carried_reading"] < 1
    assert 0 < found["ask_length"] <= 1.0


@pytest.mark.parametrize(("name", "towards"), [("score", False), ("reach", True), ("chance", True)])
def test_a_sure_passage_and_a_sure_matter_pull_apart(name: str, towards: bool):
    def at(value: float) -> Any:
        observed = np.zeros(len(CHOOSING), dtype=np.float32)
        observed[0], observed[CHOOSING.index(name)] = 1.0, value
        return prefers_matter(observed)

    assert at(50.0) is towards
    assert at(-50.0) is not towards
