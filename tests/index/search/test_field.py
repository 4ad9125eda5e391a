from pathlib import Path

import numpy as np
import pytest

from index.search.field import SearchField
from index.search.lexical import LexicalIndex
from index.search.store import StoreLocation, VectorStore
from tests.support import write_store

#: Two texts stand for 许可, one for 噪声 and one for 土壤.
TEXTS = {
    "1": ("许可", "排污许可证的有效期"),
    "2": ("许可", "许可证到期了去哪里换"),
    "3": ("噪声", "夜里施工太吵"),
    "4": ("土壤", "土壤污染状况调查"),
}


@pytest.fixture
def field(tmp_path: Path) -> SearchField:
    location = StoreLocation(tmp_path / "chroma")
    write_store(location, "ecopolicy-test", list(TEXTS), np.eye(4, 8, dtype=np.float32))
    targets = [target for target, _ in TEXTS.values()]
    return SearchField(
        LexicalIndex.build([text for _, text in TEXTS.values()]),
        targets,
        VectorStore.open(location, "ecopolicy-test"),
        dict(zip(TEXTS, targets, strict=True)),
    )


def test_by_words_each_target_comes_once_with_its_best_score(field: SearchField) -> None:
    found = field.by_words("许可证有效期", 10)
    scores = field.lexical.scores("许可证有效期")
    assert found[0] == ("许可", pytest.approx(float(scores.max())))
    assert len({target for target, _ in found}) == len(found)


def test_by_words_what_shares_nothing_is_not_found(field: SearchField) -> None:
    assert [target for target, _ in field.by_words("土壤", 10)] == ["土壤"]
    assert field.by_words("qwerty", 10) == []


def test_by_words_stops_at_the_depth(field: SearchField) -> None:
    question = "排污许可证的有效期，许可证到期了去哪里换，土壤"
    # The two best texts both stand for 许可.
    assert [target for target, _ in field.by_words(question, 2)] == ["许可"]
    assert [target for target, _ in field.by_words(question, 3)] == ["许可", "土壤"]


def test_by_meaning_a_target_comes_with_each_of_its_near_texts(field: SearchField) -> None:
    vector = np.array([1, 0.8, 0.5, 0, 0, 0, 0, 0], dtype=np.float32)
    found = field.by_meaning(vector, 4)
    assert [target for target, _ in found] == ["许可", "许可", "噪声", "土壤"]
    assert found[0][1] == pytest.approx(1 / float(np.linalg.norm(vector)), abs=1e-5)


def test_by_meaning_stops_at_the_depth(field: SearchField) -> None:
    vector = np.array([1, 0.8, 0.5, 0, 0, 0, 0, 0], dtype=np.float32)
    assert [target for target, _ in field.by_meaning(vector, 2)] == ["许可", "许可"]
