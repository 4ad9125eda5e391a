"""The zip archives that docx and xlsx files are: what is broken or too large is refused here."""

import io
import zipfile

from corpus.errors import DocumentError

#: A document unpacks to a few times its size; a "zip bomb" to thousands of times.
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
_MAX_PARTS = 5000


def check_archive(
    data: bytes, name: str, folder: str, format_name: str, program: str
) -> zipfile.ZipFile:
    """The archive; DocumentError where it is broken, locked, too large, or has no ``folder``.

    ``format_name`` (docx 文件) and ``program`` (Word 或 WPS) are for the sentence.
    """
    extension = format_name.removesuffix(" 文件")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise DocumentError(f"文件「{name}」不完整或已损坏，请重新取得后再试。") from error
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError(f"文件「{name}」加了密码，请去掉密码后再试。")
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise DocumentError(
            f"文件「{name}」解压后大得不正常，请另存为新的 {extension} 文件后再试。"
        )
    if not any(part.filename.startswith(folder) for part in parts):
        raise DocumentError(
            f"「{name}」的内容不是 {format_name}，请用 {program}另存为 {extension}。"
        )
    return archive
