"""Web pages: the text of the blocks, without scripts, styles and navigation."""

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.errors import DocumentError
from corpus.readers.formats.blocks import Block, Content
from corpus.readers.formats.main_text import (
    drop_bars,
    main_part,
    page_head,
    walk,
    without_bars,
)
from corpus.readers.formats.plain import decode, text_blocks
from corpus.readers.formats.tables import Cell, Table, blocks_of, fill, is_layout, title

_DROPPED = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "math",
    "iframe",
    "object",
    "select",
    "button",
    "nav",
    "footer",
    "aside",
]
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
#: A table with fewer rows that holds other tables only places them.
_MIN_ROWS = 3
_MAX_DEPTH = 30
_HEADING = re.compile(r"^h([1-6])$")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SITE_NAME = re.compile(r"(?:(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])|\s*[_|]|\s[-–—]\s).*$")


def read_page(data: bytes, name: str) -> Content:
    """Read the text of a page, without what stands around it on the site.

    Title, issuer and day are those that the page's ``meta`` tell.
    """
    tree = LexborHTMLParser(decode(data, name))
    title = tree.css_first("title")
    label = _SITE_NAME.sub("", _SPACE.sub(" ", title.text()[:300]).strip()) if title else ""
    told = page_head(tree)
    body = _body(tree)
    blocks: list[Block] = []
    if body:
        part, is_marked = main_part(body)
        if not is_marked:
            drop_bars(part)
        blocks = list(page_blocks(part))
        blocks = blocks if is_marked else list(without_bars(blocks))
    return Content(tuple(blocks), told.title or label, issuer=told.issuer, published=told.published)


def html_blocks(html: str) -> list[Block]:
    """The blocks of a piece of HTML (one that stands in a Markdown file)."""
    body = _body(LexborHTMLParser(html))
    return list(page_blocks(body)) if body else []


def _body(tree: LexborHTMLParser) -> LexborNode | None:
    """What of a page is shown; DocumentError where tables stand in tables deeper than any page has
    them, each of which costs as much as all above it."""
    tree.strip_tags(list(_DROPPED), recursive=True)
    depth = 0
    for node, is_start in walk(tree.body) if tree.body else ():
        depth += (1 if is_start else -1) if node.tag == "table" else 0
        if depth > _MAX_DEPTH:
            raise DocumentError(
                f"网页里的表格一层套一层超过 {_MAX_DEPTH} 层，请另存为 docx 或 txt 后再试。"
            )
    return tree.body


def page_blocks(root: LexborNode) -> Iterator[Block]:
    """A block for each paragraph, heading and table below ``root``."""
    buffer: list[str] = []
    level = 0
    # What stands in a table or in ``pre`` is read whole, unless the table only lays out the page.
    for node, is_start in walk(root, _is_whole):
        tag = node.tag or ""
        if tag == "-text":
            buffer += [_SPACE.sub(" ", node.text())] if is_start else []
            continue
        if tag in _INLINE or tag.startswith(("-", "!")):
            continue
        if tag == "br" and level:
            buffer.append(" ")
            continue
        if text := "".join(buffer).strip():
            yield Block(text, level)
        buffer.clear()
        if heading := _HEADING.match(tag):
            level = int(heading[1]) if is_start else 0
        elif is_start and tag == "pre":
            yield from text_blocks(node.text())
        elif is_start and tag == "table" and (table := _table(node)):
            yield from blocks_of(table)
    if text := "".join(buffer).strip():
        yield Block(text, level)


def _is_whole(node: LexborNode) -> bool:
    return node.tag == "pre" or (node.tag == "table" and _table(node) is not None)


def _table(table: LexborNode) -> Table | None:
    """A table with its merged cells filled in; None where it only lays out the page."""
    lines = [line for line in table.css("tr") if _table_of(line) == table.mem_id]
    cells = [[c for c in line.iter() if c.tag in ("td", "th")] for line in lines]
    if _frames_tables(table, len(lines)):
        return None
    caption = next((c for c in table.css("caption") if _table_of(c) == table.mem_id), None)
    found = Table(
        fill([_cell(cell) for cell in row] for row in cells),
        caption=title(" ".join(caption.text().split())) if caption else "",
        header_rows=_header_rows(lines, cells),
    )
    return None if is_layout(found) else found


def _table_of(node: LexborNode) -> int | None:
    """The table that a row or a caption belongs to."""
    above = node.parent
    while above is not None and above.tag != "table":
        above = above.parent
    return above.mem_id if above is not None else None


def _frames_tables(table: LexborNode, rows: int) -> bool:
    """Whether a table holds others, and little beside them."""
    within = [inner for inner in table.css("table") if inner.mem_id != table.mem_id]
    if not within or rows < _MIN_ROWS:
        return bool(within)
    return 2 * sum(len(inner.text()) for inner in within) >= len(table.text())


def _header_rows(lines: Sequence[LexborNode], cells: Sequence[Sequence[LexborNode]]) -> int | None:
    """The rows in ``thead``, or those at the top that are all ``th``; None where there are none."""
    count = 0
    for line, row in zip(lines, cells, strict=True):
        in_head = line.parent is not None and line.parent.tag == "thead"
        if not in_head and not (len(row) > 1 and all(cell.tag == "th" for cell in row)):
            break
        count += 1
    return count or None


def _cell(node: LexborNode) -> Cell:
    """A cell with the lines that its paragraphs and breaks make."""
    text = "\n".join(block.text for block in page_blocks(node))
    return Cell(text, _number(node, "colspan"), _number(node, "rowspan"))


def _number(node: LexborNode, name: str) -> int:
    written = (node.attributes.get(name) or "").strip()
    return int(written) if written.isdecimal() and len(written) < 6 else 1
