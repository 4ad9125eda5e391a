"""The file that a document was read from is kept beside it."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.collections.library import Library
from corpus.types import Article, Original
from tests.records import make_article, make_document

DOCUMENT = make_document(make_article(1, "应当依法取得许可。"))
OTHER = replace(DOCUMENT, title="别法")
FILE = Original("某办法.PDF", b"%PDF-1.7 \x00\xff")


def test_an_original_comes_back_to_the_byte_for_its_owner_alone(tmp_path: Path) -> None:
    library = Library(tmp_path)
    name = library.save(DOCUMENT, FILE)
    path = library.original(name)
    assert path == tmp_path / f"{name}.pdf"
    assert path.read_bytes() == FILE.data
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert library.load([name]) == [DOCUMENT]


def test_where_none_was_kept_there_is_none(tmp_path: Path) -> None:
    library = Library(tmp_path)
    name = library.save(DOCUMENT)
    for wanted in (name, "0" * 16, "../x", "*", ""):
        assert library.original(wanted) is None
    assert Library(tmp_path / "never").original(name) is None


def test_it_is_part_of_no_id_and_the_first_is_kept(tmp_path: Path) -> None:
    library = Library(tmp_path)
    name = library.save(DOCUMENT)
    assert library.save(DOCUMENT, FILE) == name
    assert library.save(DOCUMENT, Original("b.docx", b"PK")) == name
    path = library.original(name)
    assert path is not None
    assert path.read_bytes() == FILE.data
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("name", "suffix"),
    [("a.docx", ".docx"), ("a", ".bin"), ("a.json", ".bin"), ("a.tmp", ".bin"), ("a.文件", ".bin"),
     ("a.b/../c", ".bin"), ("a.x y", ".bin"), ("a." + "x" * 40, ".bin"), (".pdf", ".bin")],
)  # fmt: skip
def test_only_a_plain_ending_goes_into_the_name(tmp_path: Path, name: str, suffix: str) -> None:
    library = Library(tmp_path)
    path = library.original(library.save(DOCUMENT, Original(name, b"x")))
    assert path is not None
    assert path.suffix == suffix
    assert path.parent == tmp_path


def test_it_goes_with_its_document(tmp_path: Path) -> None:
    library = Library(tmp_path)
    kept, gone = library.save(DOCUMENT, FILE), library.save(OTHER, FILE)
    (tmp_path / "笔记.txt").touch()
    library.prune([kept])
    assert {path.name for path in tmp_path.iterdir()} == {f"{kept}.json", f"{kept}.pdf", "笔记.txt"}
    assert library.original(gone) is None


def test_a_full_disk_leaves_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr("corpus.collections.library.os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        Library(tmp_path).save(DOCUMENT, FILE)
    assert list(tmp_path.iterdir()) == []


def test_pages_come_back_and_change_no_id_where_there_are_none(tmp_path: Path) -> None:
    library = Library(tmp_path)
    article = Article("某法#1", "第一条", (), "应当依法取得许可。", "识别文字，请核对原件", 7)
    document = make_document(article)
    name = library.save(document)
    assert library.load([name]) == [document]
    assert library.load([name])[0].articles[0].page == 7
    plain = library.save(make_document(replace(article, page=None)))
    assert plain != name
    assert '"page"' not in (tmp_path / f"{plain}.json").read_text("utf-8")
