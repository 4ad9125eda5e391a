"""Markdown (CommonMark with tables), read by markdown-it."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.readers.formats.blocks import Block, Content
from corpus.readers.formats.lines import Layout, join_lines, measure, text_line
from corpus.readers.formats.plain import decode, text_blocks
from corpus.readers.formats.tables import Table, blocks_of
from corpus.readers.formats.web import html_blocks

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BREAK = re.compile(r"^<br\s*/?>$", re.IGNORECASE)


def read_markdown(data: bytes, name: str) -> Content:
    """Headings, paragraphs, lists and tables; comments and markup are dropped."""
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    text = _FRONT_MATTER.sub("", text)
    layout = measure([text_line(line) for line in text.split("\n") if line.strip()])
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return Content(tuple(_blocks(tokens, layout)))


def _blocks(tokens: Sequence[Token], layout: Layout) -> Iterator[Block]:
    level, mark, cells, rows = 0, "", list[str](), list[tuple[str, ...]]()
    in_table = False
    for token in tokens:
        match token.type:
            case "heading_open":
                level = int(token.tag[1])
            case "heading_close":
                level = 0
            case "list_item_open":
                mark = f"{token.info}{token.markup} " if token.info else ""
            case "table_open":
                in_table, rows = True, []
            case "tr_open":
                cells = []
            case "tr_close":
                rows.append(tuple(cells))
            case "table_close":
                in_table = False
                yield from blocks_of(Table(tuple(rows), header_rows=1 if any(rows[0]) else 0))
            case "inline" if in_table:
                cells.append(_inline(token))
            case "inline":
                yield from _paragraphs(mark + _inline(token), level, layout)
                mark = ""
            case "fence" | "code_block":
                yield from text_blocks(token.content)
            case "html_block":
                yield from html_blocks(token.content)


def _paragraphs(text: str, level: int, layout: Layout) -> Iterator[Block]:
    """The lines of one Markdown paragraph: each is one of ours, unless broken at a margin."""
    if level:
        yield Block(text.replace("\n", " "), level)
        return
    lines = [text_line(line) for line in text.split("\n") if line.strip()]
    for paragraph, _ in join_lines(lines, layout):
        yield Block(paragraph)


def _inline(token: Token) -> str:
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "html_inline":
            parts.append("\n" if _BREAK.match(child.content) else "")
        else:
            parts.append(child.content)
    return "".join(parts)
