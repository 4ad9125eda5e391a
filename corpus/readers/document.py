"""One file of the user's → one Document."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from corpus.collection import Collection, Kind
from corpus.errors import DocumentError
from corpus.readers.formats import (
    Block,
    Content,
    Format,
    Source,
    load,
    read_bytes,
    read_content,
    settle,
    source_of,
    tidy,
)
from corpus.readers.paragraphs import read_paragraphs
from corpus.readers.statute_head import read_head, read_policy_head, title_line
from corpus.readers.statute_text import head, is_statute, read_articles
from corpus.types import Article, Document

_NAME_DATE = re.compile(
    r"\s*(?:[（(]\s*(\d{4})[-.年]?(\d{1,2})[-.月]?(\d{1,2})日?\s*[）)]|[_-](\d{4})-?(\d\d)-?(\d\d))$"
)
_NO_TITLE = re.compile(r"[。；：，,;:]$|^[（(\d]")
_MAX_TITLE = 60


def read_document(path: Path, **given: Any) -> Document:
    """The document alone, as ``read_with_notes`` reads it."""
    return read_with_notes(path, **given)[0]


def read_with_notes(
    path: Path,
    *,
    name: str = "",
    title: str | None = None,
    kind: Kind | None = None,
    issuer: str = "",
    adopted: date | None = None,
    effective: date | None = None,
    url: str = "",
    collection: Collection | None = None,
) -> tuple[Document, tuple[str, ...]]:
    """Read a docx, xlsx, pdf, html, md or txt file; what is given goes before what the text says.

    A text with at least three articles in rising order is a statute (an Article for each 条, keyed
    ``title#3``), any other a document (one for each paragraph, keyed ``title@3``), unless ``kind``
    says so. ``name`` is what the file is called where its path does not say so. With it comes what
    was perhaps not read as it is meant, a sentence each. DocumentError where the file cannot be
    read, or not without loss.
    """
    source = source_of(Path(name), read_bytes(path)) if name else load(path)
    content = _read(source)
    content = replace(content, blocks=settle(content.blocks))
    if kind is None:
        kind = Kind.STATUTE if is_statute(content.blocks) else Kind.DOCUMENT
    stem, name_day = _read_name(source.stem)
    chosen = tidy(title or "") or _title_of(source, content, kind) or stem
    adopted_by_head = effective_by_head = None
    if kind is Kind.STATUTE:
        articles = read_articles(content.blocks, chosen)
        if not articles:
            raise DocumentError(f"「{source.name}」里没有以「第…条」开头的段落，请按普通文档读入。")
        closing = "\n".join(article.text for article in reversed(articles[-3:]))
        found = read_head([b.clean for b in head(content.blocks)], closing)
        issuer = issuer or found.issuer
        adopted_by_head, effective_by_head = found.adopted, found.effective
    else:
        articles = _paragraphs(content, chosen, source)
        if kind is Kind.POLICY:
            found = read_policy_head(chosen, [b.clean for b in content.blocks])
            issuer = issuer or found.issuer
            adopted_by_head = found.adopted
        # The day on which a site shows a statute is none of its own.
        adopted_by_head = adopted_by_head or content.published
    issuer = issuer or content.issuer
    document = Document(
        title=chosen,
        kind=kind,
        issuer=issuer,
        adopted=adopted or adopted_by_head or name_day,
        effective=effective or effective_by_head,
        url=url,
        articles=articles,
        collection=collection or Collection(kind),
    )
    return document, content.warnings


def read_plain(name: str, data: bytes) -> str:
    """The text of a file as it was sent, a line for each paragraph and row of a table.

    DocumentError where the file cannot be read.
    """
    content = _read(source_of(Path(name), data))
    return "\n".join(block.clean for block in content.blocks if block.clean)


def _read(source: Source) -> Content:
    try:
        content = read_content(source)
    except DocumentError:
        raise
    except Exception as error:  # the parsers raise anything for a broken file
        raise DocumentError(
            f"文件「{source.name}」已损坏，不能按 {source.format}打开，请重新取得或另存后再试。"
        ) from error
    if not any(block.clean for block in content.blocks):
        scanned = "，如果是扫描件请先做文字识别（OCR）" if source.format is Format.PDF else ""
        raise DocumentError(f"文件「{source.name}」里没有文字，请换一个有文字的文件{scanned}。")
    return content


def _paragraphs(content: Content, title: str, source: Source) -> tuple[Article, ...]:
    articles = read_paragraphs(content.blocks, title)
    if not articles:
        raise DocumentError(f"文件「{source.name}」里只有标题，请换一个有正文的文件。")
    return articles


def _read_name(stem: str) -> tuple[str, date | None]:
    """「排污许可管理条例(2021-01-24)」 → title and day."""
    match = _NAME_DATE.search(stem)
    if not match:
        return tidy(stem), None
    year, month, day = (int(part) for part in match.groups() if part)
    try:
        return tidy(stem[: match.start()]), date(year, month, day)
    except ValueError:
        return tidy(stem), None


def _title_of(source: Source, content: Content, kind: Kind) -> str:
    """A workbook is called what its file is: the first words on its sheets name one of them."""
    return "" if source.format is Format.SHEET else _title(content, kind)


def _title(content: Content, kind: Kind) -> str:
    """The title by the text: a statute's line, the first heading, the page's, the first line."""
    blocks = head(content.blocks) if kind is Kind.STATUTE else content.blocks
    by_line = title_line([b.clean for b in blocks]) if kind is Kind.STATUTE else ""
    heading = next((b.clean for b in blocks if b.level == 1), "")
    return by_line or heading or tidy(content.title) or _first_line(blocks)


def _first_line(blocks: Sequence[Block]) -> str:
    first = blocks[0].clean if len(blocks) > 1 and not blocks[0].is_table else ""
    is_title = 4 <= len(first) <= _MAX_TITLE and not _NO_TITLE.search(first)
    return first if is_title else ""
