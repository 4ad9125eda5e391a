"""From a path to bytes whose format is known: what cannot be read is refused here, in Chinese."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers.formats.blocks import tidy
from corpus.readers.formats.converting import SUFFIXES, to_docx

MAX_BYTES = 20 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_MAGIC = (
    (b"PK\x03\x04", " zip 压缩包"),
    (_OLE, "旧版 Office 文件"),
    (b"\x89PNG", " PNG 图片"),
    (b"\xff\xd8\xff", " JPEG 图片"),
    (b"II*\x00", " TIFF 图片"),
    (b"MM\x00*", " TIFF 图片"),
    (b"GIF8", " GIF 图片"),
    (b"{\\rtf", " RTF 文件"),
    (b"Rar!", " RAR 压缩包"),
    (b"7z\xbc\xaf", " 7z 压缩包"),
    (b"\x1f\x8b", " gzip 压缩包"),
)


class Format(StrEnum):
    """The formats that are read, in the words shown to the user."""

    WORD = "docx 文件"
    SHEET = "xlsx 文件"
    PDF = "PDF 文件"
    IMAGE = "图片"
    HTML = "HTML 文件"
    MARKDOWN = "Markdown 文件"
    TEXT = "txt 文件"


_FORMATS = {
    ".docx": Format.WORD,
    ".xlsx": Format.SHEET,
    ".pdf": Format.PDF,
    ".png": Format.IMAGE,
    ".jpg": Format.IMAGE,
    ".jpeg": Format.IMAGE,
    ".tif": Format.IMAGE,
    ".tiff": Format.IMAGE,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
}


_TEXT, _ZIP, _PDF, _HTML = "", " zip 压缩包", " PDF 文件", " HTML 文件"
_EXPECTED = {
    Format.WORD: (_ZIP,),
    Format.SHEET: (_ZIP,),
    Format.PDF: (_PDF,),
    Format.IMAGE: (" PNG 图片", " JPEG 图片", " TIFF 图片"),
    Format.HTML: (_HTML, _TEXT),
    Format.MARKDOWN: (_TEXT,),
    Format.TEXT: (_TEXT,),
}
#: What an old Office file is, and with what it is saved as a new one.
_OLDER = {
    Format.WORD: ("doc", "Word 或 WPS ", "docx"),
    Format.SHEET: ("xls", "Excel 或 WPS ", "xlsx"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file, its format and its name (for messages and as a last title)."""

    name: str
    stem: str
    format: Format
    data: bytes


def load(path: Path) -> Source:
    """Read a file of at most 20 MB; DocumentError where it is not what its name says."""
    return source_of(path, read_bytes(path))


def source_of(path: Path, data: bytes) -> Source:
    """What was read from (or sent under the name of) ``path``; DocumentError where it is too large
    or not what the name says."""
    name, suffix = tidy(path.name), path.suffix.lower()
    if len(data) > MAX_BYTES:
        raise DocumentError(f"文件「{name}」超过 20 MB，请拆成小一些的文件。")
    if suffix in SUFFIXES and data.strip():
        data, suffix = to_docx(data, suffix, name), ".docx"
    file_format = _FORMATS.get(suffix)
    if not data.strip():
        raise DocumentError(f"文件「{name}」是空的，请换一个有内容的文件。")
    if file_format is None:
        raise DocumentError(_unsupported(path))
    _check_content(name, file_format, data)
    return Source(name, path.stem, file_format, data)


def read_bytes(path: Path) -> bytes:
    """What is in a file; DocumentError where it cannot be read."""
    try:
        if path.is_dir():
            raise DocumentError(f"「{path}」是文件夹，请给出其中的一个文件。")
        if path.exists() and not path.is_file():
            raise DocumentError(f"「{path}」不是普通文件，请给出一个文档文件。")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise DocumentError(f"找不到文件「{path}」，请核对路径。") from error
    except PermissionError as error:
        raise DocumentError(f"没有权限读取「{path}」，请先给予读取权限。") from error
    except (OSError, ValueError) as error:
        raise DocumentError(f"文件「{path.name}」读不出来，请核对路径和磁盘后再试。") from error


def _unsupported(path: Path) -> str:
    if path.suffix.lower() in (".xls", ".et", ".ods", ".xlsm", ".csv"):
        return f"读不了「{path.name}」这种格式，请用 Excel 或 WPS 另存为 xlsx 后再试。"
    return f"读不了「{path.name}」这种格式，请改用 docx、xlsx、pdf、html、md 或 txt 文件。"


def _check_content(name: str, file_format: Format, data: bytes) -> None:
    found = _sniff(file_format, data)
    if file_format in _OLDER and found == "旧版 Office 文件":
        if _ENCRYPTED_PACKAGE in data:
            raise DocumentError(f"文件「{name}」加了密码，请去掉密码后再试。")
        older, program, newer = _OLDER[file_format]
        raise DocumentError(f"「{name}」其实是旧版 {older} 文件，请用 {program}另存为 {newer}。")
    if found in _EXPECTED[file_format]:
        return
    seems = f"（像是{found}）" if found else ""
    raise DocumentError(
        f"「{name}」的内容不是 {file_format}{seems}，请改正扩展名，或换成真正的 {file_format}。"
    )


def _sniff(file_format: Format, data: bytes) -> str:
    """What the first bytes say: the name of a format, or "" for text."""
    for magic, format_name in _MAGIC:
        if data.startswith(magic):
            return format_name
    if b"%PDF-" in data[: 1024 if file_format is Format.PDF else 5]:
        return _PDF
    if b"\x00" in data and not data.startswith(_BOMS):
        return "二进制文件"
    start = data[:200].removeprefix(_BOMS[0]).lstrip().lower()
    return _HTML if start.startswith((b"<!doctype html", b"<html")) else _TEXT
