"""The reader of each format, imported when a file of it comes: some take longer to load than most
files take to read."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from corpus.readers.formats.blocks import Content
from corpus.readers.formats.files import Format, Source

_READERS = {
    Format.WORD: ("word", "read_word"),
    Format.PDF: ("pdf", "read_pdf"),
    Format.IMAGE: ("scans", "read_image"),
    Format.SHEET: ("sheet", "read_sheet"),
    Format.HTML: ("web", "read_page"),
    Format.MARKDOWN: ("markdown", "read_markdown"),
    Format.TEXT: ("plain", "read_text"),
}


def read_content(source: Source) -> Content:
    """The blocks of a file; DocumentError, or whatever a parser raises for a broken file."""
    module, name = _READERS[source.format]
    read = getattr(import_module(f"corpus.readers.formats.{module}"), name)
    return cast("Callable[[bytes, str], Content]", read)(source.data, source.name)


def page_image(path: Path, page: int, words: Sequence[str]) -> bytes:
    """A PNG of a page of a PDF file, see ``originals``."""
    from corpus.readers.formats.originals import page_image as draw

    return draw(path, page, words)
