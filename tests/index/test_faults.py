"""Damage to the files of an index: found when it is opened, told in one sentence, and mended by
the next build, which takes over what is whole and nothing that isn't."""

import resource
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import blake2b
from pathlib import Path
from shutil import copytree, rmtree

import numpy as np
import pytest

from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.collections import LayWording
from corpus.errors import EcoPolicyError, IndexBrokenError, VectorStoreError
from corpus.statutes import KnownDocument
from corpus.types import Article, Document
from index import build as build_module
from index.build import build
from index.embedders import SentenceEmbedder
from index.integrity import SEALS, damaged
from index.opening import find_damage, open_index
from index.previous import Previous
from index.search.rewriting import forget_openings, holds_nothing
from index.search.store import StoreLocation, connect
from index.state import IndexFolder
from index.types import Vector
from tests.support import run_unprivileged

DAY = date(2026, 11, 23)
SAID = ("渔船应当在港内清洗甲板。", "蜂箱应当离学校二百米以上。", "晒场不得占用公路。")
#: So many that Chroma writes files of its own for their vectors.
LAY_TEXTS = 1_050


def small_corpus(*further: str) -> Corpus:
    articles = [
        Article(f"甲条例#{n}", f"第{n}条", (), said) for n, said in enumerate((*SAID, *further), 1)
    ]
    document = Document("甲条例", Kind.STATUTE, "", DAY, DAY, "", tuple(articles))
    asked = tuple(f"第{n}艘船停在哪里洗" for n in range(LAY_TEXTS))
    outside = KnownDocument("乙目录", (), "乙部", asked=("哪些蜂箱要登记",))
    return Corpus([document], lay_wording=[LayWording("甲条例#1", asked)], not_loaded=[outside])


class Embedder(SentenceEmbedder):
    """Vectors drawn by the text itself."""

    def __init__(self) -> None:
        self.name = "drawn"

    def encode_passages(self, texts: object) -> Vector:
        return np.stack([self.encode_query(text) for text in texts])  # type: ignore[attr-defined]

    def encode_query(self, text: str) -> Vector:
        seed = int.from_bytes(blake2b(text.encode(), digest_size=4).digest(), "big")
        drawn = np.random.default_rng(seed).normal(size=16).astype(np.float32)
        return np.asarray(drawn / np.linalg.norm(drawn), dtype=np.float32)


def silent(done: int, total: int) -> None: ...


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


DAMAGES = (truncate, flip, empty, lengthen, Path.unlink)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An index of the small corpus. What travels with the repository is of no use to it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(build_module, "load_bundled", lambda name: {})
        patched.setattr(build_module, "load_codes", lambda name: {})
        root = tmp_path_factory.mktemp("made")
        build(IndexFolder(root), small_corpus(), Embedder(), silent)
        yield root


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> IndexFolder:
    copytree(made, tmp_path / "index")
    return IndexFolder(tmp_path / "index")


def files_of(folder: IndexFolder) -> list[Path]:
    root = folder.root / folder.state().index
    files = (path for path in root.rglob("*") if path.is_file())
    return sorted(path for path in files if not holds_nothing(path))


def found(folder: IndexFolder, corpus: Corpus, question: str = "蜂箱离学校多远") -> list[object]:
    retrieval = open_index(folder, corpus, Embedder()).retrieve(question, 3, DAY)
    return [(hit.passage.key, round(hit.score, 6)) for hit in retrieval.hits]


def test_every_kind_of_file_is_there(folder: IndexFolder) -> None:
    names = {path.name for path in files_of(folder)}
    assert {"chroma.sqlite3", "data_level0.bin", "link_lists.bin", SEALS, "manifest.json"} < names
    assert {"vectors.npy", "told.npy", "read.npy", "tokens.npy", "stores.json", "rows.npy"} < names


@pytest.mark.parametrize("harm", DAMAGES, ids=lambda harm: harm.__name__)
def test_damage_to_any_file_is_found_and_named(
    folder: IndexFolder, harm: Callable[[Path], None]
) -> None:
    root, corpus = folder.root / folder.state().index, small_corpus()
    for path in files_of(folder):
        whole = path.read_bytes()
        if not whole and harm in (truncate, flip, empty):
            continue
        harm(path)
        name = str(path.relative_to(root))
        assert damaged(root) == (name,)
        assert name in find_damage(folder)
        with pytest.raises(IndexBrokenError, match=r"^索引文件 .*已损坏，请运行 .*修复。$") as told:
            open_index(folder, corpus, Embedder())
        assert name in str(told.value)
        path.write_bytes(whole)
    assert damaged(root) == ()


@pytest.mark.parametrize("place", [0, 1, 0.2, 0.5, 0.9, -1])
def test_a_bit_anywhere_in_the_database_is_found(folder: IndexFolder, place: float) -> None:
    root = folder.root / folder.state().index
    path = root / "chroma" / "chroma.sqlite3"
    data = bytearray(path.read_bytes())
    data[int(place * len(data)) if 0 < place < 1 else int(place)] ^= 1
    path.write_bytes(data)
    assert damaged(root) == ("chroma/chroma.sqlite3",)


@pytest.mark.parametrize(
    ("pattern", "harm", "keeps"),
    [
        ("chroma/chroma.sqlite3", flip, {"vectors", "codes", "counts"}),
        ("chroma/*/data_level0.bin", truncate, {"vectors", "codes", "counts"}),
        ("*d.npy", flip, {"store", "codes", "counts"}),
        ("tokens.npy", empty, {"vectors", "store", "counts"}),
        ("bm25-*/vocabulary.json", flip, {"vectors", "codes", "store"}),
        ("manifest.json", truncate, {"store", "counts"}),
        ("stores.json", empty, {"vectors", "codes", "counts"}),
        (SEALS, Path.unlink, set()),
    ],
)
def test_the_next_build_mends_and_keeps_what_is_whole(
    folder: IndexFolder, pattern: str, harm: Callable[[Path], None], keeps: set[str]
) -> None:
    before, root = found(folder, small_corpus()), folder.root / folder.state().index
    for path in list(root.glob(pattern)):
        harm(path)
    encoder = build_module.load_question_encoder().name
    previous = Previous(folder)
    kept = {
        "vectors": bool(previous.vectors(encoder)),
        "codes": bool(previous.codes(encoder)),
        "counts": previous.counts("bm25-text") is not None,
        "store": bool(previous.copy_store("tried.1")),
    }
    assert {name for name, is_kept in kept.items() if is_kept} == keeps
    rmtree(folder.root / "tried.1", ignore_errors=True)
    name = build(folder, small_corpus(), Embedder(), silent)
    assert name != root.name
    assert not find_damage(folder)
    assert found(folder, small_corpus()) == before


def test_an_index_that_cannot_be_written_is_told_and_made_anew(folder: IndexFolder) -> None:
    """Chroma writes whenever it opens its files. What can be read of them is taken over."""
    before, root = found(folder, small_corpus()), folder.root / folder.state().index
    for path in (root, *root.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)

    def opened() -> object:
        return open_index(folder, small_corpus(), Embedder())

    store = root / "chroma"
    assert run_unprivileged(lambda: find_damage(folder)) == f"索引文件夹 {store} 不能写入"
    with pytest.raises(VectorStoreError, match=f"^索引文件夹 {store} 不能写入，请检查权限"):
        run_unprivileged(opened)
    encoder = build_module.load_question_encoder().name
    assert run_unprivileged(lambda: Previous(folder).vectors(encoder))
    run_unprivileged(lambda: build(folder, small_corpus(), Embedder(), silent))
    assert not run_unprivileged(lambda: find_damage(folder))
    assert run_unprivileged(lambda: found(folder, small_corpus())) == before


def test_opening_it_changes_nothing_that_counts(folder: IndexFolder) -> None:
    root = folder.root / folder.state().index
    for _ in range(3):
        connect(StoreLocation(root / "chroma")).list_collections()
    assert damaged(root) == ()
    forget_openings(root / "chroma" / "chroma.sqlite3")
    assert damaged(root) == ()


def test_damage_after_it_was_opened_does_not_reach_the_answers(folder: IndexFolder) -> None:
    retriever = open_index(folder, small_corpus(), Embedder())
    before = retriever.retrieve("晒场占公路", 3, DAY).hits
    for path in files_of(folder):
        if path.suffix != ".sqlite3":
            path.unlink()
    assert retriever.retrieve("晒场占公路", 3, DAY).hits == before


@pytest.mark.parametrize("most", [0, 5_000, 200_000])
def test_a_full_disk_leaves_the_index_in_use_and_nothing_half_made(
    folder: IndexFolder, most: int
) -> None:
    """The system's limit on the size of a file stands for the disk's."""
    before, there = folder.state(), {path.name for path in folder.root.iterdir()}
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, limits[1]))
    try:
        with pytest.raises((OSError, EcoPolicyError)):
            build(folder, small_corpus("网箱应当离岸一百米以上。"), Embedder(), silent)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert folder.state() == before
    assert {path.name for path in folder.root.iterdir()} == there
    assert found(folder, small_corpus())


def test_a_clock_that_was_set_back_changes_nothing(
    folder: IndexFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.time.time", lambda: 0.0)
    corpus = small_corpus("网箱应当离岸一百米以上。")
    build(folder, corpus, Embedder(), silent)
    assert found(folder, corpus, "网箱离岸多远")[0][0] == "甲条例#4"  # type: ignore[index]


def test_codes_of_another_text_are_not_read(folder: IndexFolder) -> None:
    """What is whole but of another index is no better than damage."""
    other = IndexFolder(folder.root.parent / "other")
    build(other, small_corpus("网箱应当离岸一百米以上。"), Embedder(), silent)
    mine, theirs = (f.root / f.state().index for f in (folder, other))
    (mine / "tokens.npy").write_bytes((theirs / "tokens.npy").read_bytes())
    assert damaged(mine) == ("tokens.npy",)
    assert Previous(folder).codes(build_module.load_question_encoder().name) == {}
