"""Which files are taken, by name and first bytes; what is refused is said elsewhere too."""

from pathlib import Path

import pytest

from corpus.errors import DocumentError
from corpus.readers.formats.files import MAX_BYTES, Format, Source, load

ZIP = b"PK\x03\x04rest"
PDF = b"%PDF-1.7 rest"
PAGE = "<!DOCTYPE html><p>正文".encode()
TEXT = "第一条 正文。".encode()


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.docx", ZIP, Format.WORD),
        ("a.DOCX", ZIP, Format.WORD),
        ("a.pdf", PDF, Format.PDF),
        ("a.pdf", b"\xef\xbb\xbfjunk\n" + PDF, Format.PDF),
        ("a.html", PAGE, Format.HTML),
        ("a.htm", PAGE, Format.HTML),
        ("a.html", TEXT, Format.HTML),
        ("a.md", TEXT, Format.MARKDOWN),
        ("a.Markdown", TEXT, Format.MARKDOWN),
        ("a.txt", TEXT, Format.TEXT),
        ("a.txt", b"\xef\xbb\xbf" + TEXT, Format.TEXT),
        ("a.txt", "正文".encode("gbk"), Format.TEXT),
        ("a.txt", "text".encode("utf-16"), Format.TEXT),
        ("a.txt", b"\xfe\xff" + "text".encode("utf-16-be"), Format.TEXT),
        ("a.b.txt", TEXT, Format.TEXT),
        ("a.txt", b"text about %PDF-1.7 and <html>", Format.TEXT),
    ],
)
def test_name_and_bytes_tell_the_format(
    tmp_path: Path, name: str, data: bytes, expected: Format
) -> None:
    source = load(written(tmp_path, name, data))
    assert source.format is expected
    assert source.data == data


def test_names_for_messages_and_titles(tmp_path: Path) -> None:
    source = load(written(tmp_path, "某 通知 (2021-03-04).txt", TEXT))
    assert source == Source("某通知(2021-03-04).txt", "某 通知 (2021-03-04)", Format.TEXT, TEXT)


@pytest.mark.parametrize(
    ("name", "data", "seems"),
    [
        ("a.txt", b"{\\rtf1 x", "RTF 文件"),
        ("a.txt", b"Rar!x", "RAR 压缩包"),
        ("a.md", b"\x1f\x8bx", "gzip 压缩包"),
        ("a.html", b"\xff\xd8\xffx", "JPEG 图片"),
        ("a.docx", b"GIF89a", "GIF 图片"),
        ("a.pdf", ZIP, "zip 压缩包"),
        ("a.docx", PAGE, "HTML 文件"),
        ("a.txt", b"\n <HTML><body>", "HTML 文件"),
        ("a.txt", b"\xef\xbb\xbf<!doctype html>", "HTML 文件"),
        ("a.txt", PDF, "PDF 文件"),
        ("a.html", PDF, "PDF 文件"),
        ("a.txt", b"te\x00xt", "二进制文件"),
    ],
)
def test_a_wrong_name_is_told_with_what_it_seems(
    tmp_path: Path, name: str, data: bytes, seems: str
) -> None:
    with pytest.raises(DocumentError, match=seems):
        load(written(tmp_path, name, data))


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
def test_text_is_no_other_format_and_seems_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="不是") as caught:
        load(written(tmp_path, name, TEXT))
    assert "像是" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.doc", "另存为 docx"),
        ("a.WPS", "另存为 docx"),
        ("a.rtf", "另存为 docx"),
        ("a.odt", "另存为 docx"),
        ("a.xls", "另存为 xlsx"),
        ("a.et", "另存为 xlsx"),
        ("a.pptx", "请改用"),
        ("a", "请改用"),
        (".txt", "请改用"),
    ],
)
def test_other_names_are_refused_with_advice(tmp_path: Path, name: str, advice: str) -> None:
    with pytest.raises(DocumentError, match=advice):
        load(written(tmp_path, name, TEXT))


def test_the_largest_file_is_taken_and_a_larger_one_is_not(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"x" * MAX_BYTES)
    assert len(load(path).data) == 20 * 1024 * 1024
    with path.open("ab") as file:
        file.write(b"x")
    with pytest.raises(DocumentError, match="20 MB"):
        load(path)
