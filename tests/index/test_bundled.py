"""Vectors in a file: a byte a number, and nearly the same when read again."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bundled import load_vectors, save_vectors
from index.types import Vector

DIMENSION = 384


def unit_vectors(count: int, seed: int = 3) -> dict[str, Vector]:
    drawn = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return {f"p{i}": vector for i, vector in enumerate(drawn)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "vectors.npz"


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_any_vector_of_an_even_spread_keeps_its_direction(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "spread.npz"
    vectors = unit_vectors(1, seed)
    save_vectors(path, "small", vectors)
    assert float(load_vectors(path, "small")["p0"] @ vectors["p0"]) >= 0.9999


def test_what_is_read_has_unit_length_and_single_precision(path: Path) -> None:
    save_vectors(path, "small", unit_vectors(9))
    for vector in load_vectors(path, "small").values():
        assert vector.shape == (DIMENSION,)
        assert vector.dtype == np.float32
        assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)


def test_each_id_keeps_its_own_vector(path: Path) -> None:
    axes = np.eye(3, dtype=np.float32)
    save_vectors(path, "small", {"c": axes[0], "a": axes[1], "b": axes[2]})
    again = load_vectors(path, "small")
    assert list(again) == ["a", "b", "c"]
    assert {name: int(vector.argmax()) for name, vector in again.items()} == {
        "c": 0,
        "a": 1,
        "b": 2,
    }


def test_the_file_does_not_depend_on_the_order_of_the_vectors(tmp_path: Path) -> None:
    vectors = unit_vectors(5)
    save_vectors(tmp_path / "one.npz", "small", vectors)
    save_vectors(tmp_path / "two.npz", "small", dict(reversed(vectors.items())))
    one, two = (np.load(tmp_path / name) for name in ("one.npz", "two.npz"))
    assert one["ids"].tolist() == two["ids"].tolist()
    assert (one["vectors"] == two["vectors"]).all()


def test_a_number_takes_a_byte(path: Path) -> None:
    save_vectors(path, "small", unit_vectors(4))
    with np.load(path) as data:
        assert data["vectors"].dtype == np.int8
        assert data["vectors"].nbytes == 4 * DIMENSION


@pytest.mark.parametrize("name", ["large", "Small", "", "small:2"])
def test_vectors_of_another_embedder_are_none(path: Path, name: str) -> None:
    save_vectors(path, "small", unit_vectors(2))
    assert load_vectors(path, name) == {}


def test_no_file_is_no_vectors(tmp_path: Path) -> None:
    assert load_vectors(tmp_path / "nowhere.npz", "small") == {}
    assert load_vectors(tmp_path, "small") == {}


def test_the_folder_is_made_where_it_is_missing(tmp_path: Path) -> None:
    save_vectors(tmp_path / "data" / "vectors.npz", "small", unit_vectors(1))
    assert list(load_vectors(tmp_path / "data" / "vectors.npz", "small")) == ["p0"]
