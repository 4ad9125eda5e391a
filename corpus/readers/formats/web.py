"""Web pages: the text of the blocks, without scripts, styles and navigation."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.readers.formats.blocks import Block, Content, row
from corpus.readers.formats.plain import decode, text_blocks

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
_HEADING = re.compile(r"^h([1-6])$")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SITE_NAME = re.compile(r"(?:(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])|\s*[_|]|\s[-–—]\s).*$")


def read_page(data: bytes, name: str) -> Content:
    """Read a page; the part marked as the main one is taken where there is one."""
    tree = LexborHTMLParser(decode(data, name))
    title = tree.css_first("title")
    label = _SITE_NAME.sub("", _SPACE.sub(" ", title.text()[:300]).strip()) if title else ""
    body = _body(tree)
    return Content(tuple(page_blocks(_main_part(body))) if body else (), label)


def html_blocks(html: str) -> list[Block]:
    """The blocks of a piece of HTML (one that stands in a Markdown file)."""
    body = _body(LexborHTMLParser(html))
    return list(page_blocks(body)) if body else []


def _body(tree: LexborHTMLParser) -> LexborNode | None:
    tree.strip_tags(list(_DROPPED), recursive=True)
    return tree.body


def _main_part(body: LexborNode) -> LexborNode:
    """``main`` or ``article`` where it is the only one and holds most of the text."""
    for name in ("main", "article"):
        nodes = body.css(name)
        if len(nodes) == 1 and 2 * len(nodes[0].text()) >= len(body.text()):
            return nodes[0]
    return body


def page_blocks(root: LexborNode) -> Iterator[Block]:
    """A block for each paragraph, heading and table below ``root``."""
    buffer: list[str] = []
    level = 0
    for node, is_start in _walk(root):
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
        elif is_start and tag == "table" and (rows := _table_rows(node)):
            yield Block("\n".join(rows), is_table=True)
    if text := "".join(buffer).strip():
        yield Block(text, level)


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node below ``root`` with True, and with False behind its children.

    Without recursion: a page may be nested at will. What stands in a table or in ``pre`` is not
    entered, unless the table only lays out the page.
    """
    node, is_start = root.child, True
    while node is not None:
        yield node, is_start
        child = node.child if is_start and not _is_whole(node) else None
        if child is not None:
            node = child
        elif is_start:
            is_start = False
        elif node.next is not None:
            node, is_start = node.next, True
        else:
            parent = node.parent
            node = None if parent is None or parent.mem_id == root.mem_id else parent


def _is_whole(node: LexborNode) -> bool:
    return node.tag == "pre" or (node.tag == "table" and bool(_table_rows(node)))


def _table_rows(table: LexborNode) -> list[str]:
    """The rows of a table; none where it only lays out the page (a cell holds paragraphs)."""
    if len(table.css("table")) > 1:  # the table itself is among them
        return []
    rows = [line.css("td, th") for line in table.css("tr")]
    is_layout = any(len(cell.css("p, div, li, br")) > 2 for cells in rows for cell in cells)
    if is_layout or not any(len(cells) > 1 for cells in rows):
        return []
    lines = (row([cell.text() for cell in cells]) for cells in rows)
    return [line for line in lines if line]
