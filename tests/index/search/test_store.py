"""The store over a real Chroma in a folder: what is written is found by its cosine similarity."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexBrokenError
from index.search.store import Record, Row, StoreLocation, VectorStore, connect, drop_collections
from index.types import Vector
from tests.support import write_store

NAME = "ecopolicy-test"


@pytest.fixture
def location(tmp_path: Path) -> StoreLocation:
    return StoreLocation(tmp_path / "deep" / "chroma")


def random_vectors(count: int, dimension: int = 16) -> Vector:
    return np.random.default_rng(7).normal(size=(count, dimension)).astype(np.float32)


def names_of(count: int) -> list[str]:
    return [f"p{i}" for i in range(count)]


def cosines(vectors: Vector, vector: Vector) -> Vector:
    return vectors @ vector / np.linalg.norm(vectors, axis=1) / np.linalg.norm(vector)


def test_all_are_found_with_their_exact_cosine_nearest_first(location: StoreLocation) -> None:
    vectors = random_vectors(30)
    write_store(location, NAME, names_of(30), vectors)
    vector = np.ones(16, dtype=np.float32)
    found = VectorStore.open(location, NAME).search(vector, 30)
    exact = cosines(vectors, vector)
    assert [name for name, _ in found] == [f"p{i}" for i in np.argsort(-exact)]
    assert [s for _, s in found] == pytest.approx(sorted(exact, reverse=True), abs=1e-5)


@pytest.mark.parametrize("scale", [0.01, 1, 100])
def test_the_length_of_a_vector_does_not_matter(location: StoreLocation, scale: float) -> None:
    write_store(location, NAME, ["a", "b"], np.array([[3, 0], [0, 1]], dtype=np.float32))
    vector = scale * np.array([0.6, 0.8], dtype=np.float32)
    found = VectorStore.open(location, NAME).search(vector, 2)
    assert [name for name, _ in found] == ["b", "a"]
    assert [similarity for _, similarity in found] == pytest.approx([0.8, 0.6], abs=1e-5)


def test_more_than_one_batch_is_written_completely(location: StoreLocation) -> None:
    vectors = random_vectors(1_203, 4)
    write_store(location, NAME, names_of(1_203), vectors)
    store = VectorStore.open(location, NAME)
    for i in (0, 999, 1_000, 1_202):
        name, similarity = store.search(vectors[i], 1)[0]
        assert name == f"p{i}"
        assert similarity == pytest.approx(1, abs=1e-5)


def test_an_interrupted_one_does_not_appear_and_can_be_made_anew(
    location: StoreLocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("index.search.store._add", interrupt)
        write_store(location, NAME, ["a", "b"], np.eye(2, 4, dtype=np.float32))
    with pytest.raises(IndexBrokenError):
        VectorStore.open(location, NAME)
    write_store(location, NAME, ["a", "b"], np.eye(2, 4, dtype=np.float32))
    assert len(VectorStore.open(location, NAME).search(np.ones(4), 9)) == 2


def test_a_folder_of_something_else_says_how_to_rebuild(location: StoreLocation) -> None:
    location.folder.mkdir(parents=True)
    (location.folder / "chroma.sqlite3").write_bytes(b"broken" * 1000)
    with pytest.raises(IndexBrokenError, match="ecopolicy index --rebuild"):
        VectorStore.open(location, NAME)


@pytest.mark.parametrize(
    ("keep", "left"),
    [
        (("ecopolicy-b",), {"ecopolicy-b", "ecopolicy-bb", "theirs"}),
        (("ecopolicy-a", "ecopolicy-bb"), {"ecopolicy-a", "ecopolicy-bb", "theirs"}),
        ((), {"theirs"}),
    ],
)
def test_only_our_collections_that_are_not_kept_are_dropped(
    location: StoreLocation, keep: tuple[str, ...], left: set[str]
) -> None:
    names = ("ecopolicy-a", "ecopolicy-b", "ecopolicy-bb", "theirs")
    for name in names:
        write_store(location, name, ["a"], np.eye(1, 4, dtype=np.float32))
    drop_collections(location, keep)
    assert {name for name in names if _is_there(location, name)} == left


def _is_there(location: StoreLocation, name: str) -> bool:
    try:
        VectorStore.open(location, name)
    except IndexBrokenError:
        return False
    return True


def test_what_differs_is_written_alone(location: StoreLocation) -> None:
    ids = names_of(12)
    vectors = random_vectors(12)
    rows = {i: Row(v, Record(i, {"key": i})) for i, v in zip(ids, vectors, strict=True)}
    marks = VectorStore.write(location, NAME, rows)
    del rows["p3"]
    rows["p4"] = Row(vectors[4], Record("p4", {"key": "anders"}))
    rows["new"] = Row(-vectors[3], Record("new", {"key": "new"}))
    again = VectorStore.write(location, NAME, rows, marks)
    assert again.keys() == rows.keys()
    assert {n for n in marks.keys() & again.keys() if marks[n] != again[n]} == {"p4"}
    found = VectorStore.open(location, NAME).search(-vectors[3], 50)
    assert found[0] == ("new", pytest.approx(1, abs=1e-5))
    assert {name for name, _ in found} == rows.keys()
    stored = connect(location).get_collection(NAME, embedding_function=None)
    assert (stored.get(ids=["p4"])["metadatas"] or [{}])[0] == {"key": "anders"}
