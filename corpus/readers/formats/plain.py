"""Plain text, and the decoding that all text formats share."""

import codecs

from corpus.errors import DocumentError
from corpus.language import simplify, strip_control
from corpus.readers.formats.blocks import Block, Content
from corpus.readers.formats.lines import join_lines, measure, text_line

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: In real Chinese text nearly all characters are of the 3755 common ones of GB 2312.
_COMMON_SHARE = 0.8
_SAMPLE = 100_000


def decode(data: bytes, name: str) -> str:
    """UTF-8, UTF-16 with its mark, or GB 18030 (with GBK and GB 2312); DocumentError otherwise.

    GB 18030 takes nearly any bytes; text that comes out as rare characters was something else.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = _try(data.removeprefix(codecs.BOM_UTF8), encoding)
            break
    else:
        text = _try(data, "utf-8") or _try(data, "gb18030")
        if text and _try(data, "utf-8") is None and not _is_plausible(text):
            text = None
    if text is None:
        raise DocumentError(f"认不出「{name}」的文字编码，请另存为 UTF-8 编码后再试。")
    return text


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_plausible(text: str) -> bool:
    text = text[:_SAMPLE]
    han = [c for c in simplify(text) if "\u3400" <= c <= "\u9fff" or "\ue000" <= c <= "\uf8ff"]
    controls = sum(ord(c) < 32 and c not in "\t\n\r\f" for c in text)
    return bool(han) and sum(map(_is_common, han)) >= _COMMON_SHARE * len(han) and not controls


def _is_common(character: str) -> bool:
    code = character.encode("gb2312", "ignore")
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7


def read_text(data: bytes, name: str) -> Content:
    """Lines → paragraphs; lines broken at a margin are joined."""
    return Content(tuple(text_blocks(decode(data, name))))


def text_blocks(text: str) -> list[Block]:
    """The paragraphs of a plain text."""
    lines, apart = [], False
    for raw in text.splitlines():
        raw = strip_control(raw)
        if raw.strip():
            lines.append(text_line(raw, apart))
        apart = not raw.strip()
    return [Block(paragraph) for paragraph, _ in join_lines(lines, measure(lines))]
