"""Documents that users added, kept by their content."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.collection import Kind
from corpus.collections.library import Library
from corpus.errors import LibraryError
from corpus.types import Document
from tests.records import make_article, make_document

DOCUMENT = make_document(
    make_article(
        1, "应当依法取得许可。\n（一）甲；\n（二）乙。", path=("第一章 总则", "第一节 许可")
    ),
    make_article(2, "罚款二万元。", note="条首缺失"),
    adopted=date(2019, 12, 1),
    url="https://flk.npc.gov.cn/",
    byline=(("来源", "某报"), ("作者", "某人")),
    repairs=(("某法#2", "补上句号"),),
)
PLAIN = make_document(title="手册", kind=Kind.DOCUMENT, issuer="", effective=None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var" / "documents"


@pytest.fixture
def library(folder: Path) -> Library:
    return Library(folder)


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def spoil(folder: Path, name: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the fields of a file."""
    path = folder / f"{name}.json"
    fields = json.loads(path.read_text("utf-8"))
    change(fields)
    path.write_text(json.dumps(fields), "utf-8")


@pytest.mark.parametrize("document", [DOCUMENT, PLAIN])
def test_a_document_comes_back_as_it_was(library: Library, document: Document) -> None:
    assert library.load([library.save(document)]) == [document]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text("甲“”\n\u2028\\\"'{}<>\u200b\t", max_size=30))
def test_any_text_comes_back_to_the_letter(library: Library, text: str) -> None:
    document = make_document(make_article(1, text, note=text, path=(text,)), title=f"法{text}")
    assert library.load([library.save(document)]) == [document]


def test_the_same_content_has_the_same_id(library: Library, tmp_path: Path) -> None:
    name = library.save(DOCUMENT)
    assert library.save(DOCUMENT) == name
    assert library.save(replace(DOCUMENT)) == name
    assert Library(tmp_path / "elsewhere").save(DOCUMENT) == name


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "别法"}, {"kind": Kind.DOCUMENT}, {"issuer": ""}, {"adopted": None},
        {"effective": date(2021, 1, 1)}, {"url": ""}, {"articles": DOCUMENT.articles[:1]},
        {"articles": DOCUMENT.articles[::-1]}, {"byline": ()}, {"repairs": ()},
    ],
)  # fmt: skip
def test_other_content_has_another_id(library: Library, changes: dict[str, Any]) -> None:
    names = {library.save(DOCUMENT), library.save(replace(DOCUMENT, **changes))}
    assert len(names) == 2


def test_a_document_is_a_file_that_is_named_by_its_id(library: Library, folder: Path) -> None:
    name = library.save(DOCUMENT)
    assert names_in(folder) == {f"{name}.json"}
    assert "应当依法取得许可。" in (folder / f"{name}.json").read_text("utf-8")


def test_an_id_can_be_part_of_an_address(library: Library) -> None:
    name = library.save(make_document(title="../坏 法/\\"))
    assert name.isalnum()
    assert name.isascii()


def test_what_is_kept_is_not_written_again(library: Library, folder: Path) -> None:
    name = library.save(DOCUMENT)
    before = (folder / f"{name}.json").stat()
    library.save(DOCUMENT)
    after = (folder / f"{name}.json").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_disk_that_is_full_leaves_nothing_half_written(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("no space")

    monkeypatch.setattr("corpus.collections.library.os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        library.save(DOCUMENT)
    assert names_in(folder) == set()


def test_documents_are_loaded_in_the_order_asked_for(library: Library) -> None:
    documents = [replace(DOCUMENT, title=f"第{n}法") for n in range(5)]
    names = [library.save(document) for document in documents]
    order = [3, 0, 4, 0]
    assert library.load(names[i] for i in order) == [documents[i] for i in order]
    assert library.load([]) == []


def test_a_document_that_is_not_there_is_told_with_the_way_out(library: Library) -> None:
    with pytest.raises(LibraryError, match="ecopolicy corpus remove 0a1b 移除后重新添加"):
        library.load(["0a1b"])


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"5", b'"x"', b"\xff\xfe", b"{}"])
def test_a_file_that_cannot_be_read_is_told_by_its_id(
    library: Library, folder: Path, content: bytes
) -> None:
    good, bad = library.save(PLAIN), library.save(DOCUMENT)
    (folder / f"{bad}.json").write_bytes(content)
    with pytest.raises(LibraryError, match=f"添加的文件 {bad} 已损坏或丢失"):
        library.load([good, bad])
    assert library.load([good]) == [PLAIN]


def test_a_changed_byte_is_never_read_as_another_text(library: Library, folder: Path) -> None:
    name = library.save(DOCUMENT)
    path = folder / f"{name}.json"
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(LibraryError, match=name):
            library.load([name])


@pytest.mark.parametrize(
    "name",
    ["title", "kind", "issuer", "adopted", "effective", "url", "articles", "byline", "repairs"],
)
def test_a_file_without_a_field_is_told(library: Library, folder: Path, name: str) -> None:
    kept = library.save(DOCUMENT)
    spoil(folder, kept, lambda fields: fields.pop(name))
    with pytest.raises(LibraryError, match=kept):
        library.load([kept])


@pytest.mark.parametrize(
    "fields",
    [{"kind": "novel"}, {"adopted": "昨天"}, {"effective": 5}, {"articles": None},
     {"articles": [{}]}, {"articles": ["甲"]}, {"byline": ["甲"]}, {"repairs": 5}],
)  # fmt: skip
def test_a_field_that_is_wrong_is_told(
    library: Library, folder: Path, fields: dict[str, Any]
) -> None:
    kept = library.save(DOCUMENT)
    spoil(folder, kept, lambda kept_fields: kept_fields.update(fields))
    with pytest.raises(LibraryError, match=kept):
        library.load([kept])


def test_what_is_in_use_nowhere_is_deleted(library: Library, folder: Path) -> None:
    names = [library.save(replace(DOCUMENT, title=f"第{n}法")) for n in range(4)]
    library.prune([names[0], names[2], "unknown"])
    assert names_in(folder) == {f"{names[0]}.json", f"{names[2]}.json"}
    library.prune(iter([]))
    assert names_in(folder) == set()


def test_only_documents_are_deleted(library: Library, folder: Path) -> None:
    library.save(DOCUMENT)
    (folder / "笔记.txt").write_text("留着", "utf-8")
    library.prune([])
    assert names_in(folder) == {"笔记.txt"}


def test_a_library_that_was_never_used_can_be_pruned(library: Library, folder: Path) -> None:
    library.prune(["0a1b"])
    assert not folder.exists()
