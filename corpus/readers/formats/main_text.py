"""The part of a web page that is its text, and what the page tells of itself."""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.errors import CorpusError
from corpus.readers.formats.blocks import Block, tidy

#: What is marked as the text is it from so many characters on; a mark may stand around a teaser.
_MIN_TEXT = 80
#: The densest block is taken where it holds this share of the page's text.
_DENSE, _MAX_LINKED = 0.5, 0.35
_DAY = re.compile(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})")
_CONTAINERS = "div, td, section"


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Of elements (by ``mem_id``) the characters of their text, and how many of these are links."""

    text: dict[int, int]
    linked: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Marks:
    """The rows of ``pages.toml``."""

    text: tuple[str, ...]
    title: tuple[str, ...]
    issuer: tuple[str, ...]
    published: tuple[str, ...]
    bars: tuple[str, ...]
    lines: tuple[re.Pattern[str], ...]
    offices: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PageHead:
    """What the head of a page says; empty where it does not."""

    title: str = ""
    issuer: str = ""
    published: date | None = None


@cache
def _marks() -> _Marks:
    try:
        rows = tomllib.loads(
            (resources.files("corpus.readers.formats") / "pages.toml").read_text("utf-8")
        )
        texts = ("text", "title", "issuer", "published", "bars")
        return _Marks(
            **{name: tuple(rows[name]) for name in texts},
            lines=tuple(re.compile(pattern) for pattern in rows["lines"]),
            offices=re.compile(rows["offices"]),
        )
    except (OSError, ValueError, KeyError, TypeError, re.error) as error:
        raise CorpusError(f"网页标记表 pages.toml 读不懂（{error}），请恢复原文件。") from error


def page_head(tree: LexborHTMLParser) -> PageHead:
    """Title, issuer and day of publication by the ``meta`` of the page."""
    told: dict[str, str] = {}
    for node in tree.css("meta[name]"):
        name, content = node.attributes.get("name"), tidy(node.attributes.get("content") or "")
        if name and content:
            told.setdefault(name.strip().lower(), content)
    issuer = _first(told, _marks().issuer)
    return PageHead(
        title=_first(told, _marks().title),
        issuer=issuer if _marks().offices.search(issuer) else "",
        published=_day(_first(told, _marks().published)),
    )


def _first(told: dict[str, str], names: Sequence[str]) -> str:
    return next((told[name.lower()] for name in names if told.get(name.lower())), "")


def _day(text: str) -> date | None:
    match = _DAY.search(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def main_part(body: LexborNode) -> tuple[LexborNode, bool]:
    """The node that holds the text, and whether it is more than the whole page.

    A frame known from such sites goes first, then ``main`` or ``article`` where it is the only one
    and holds most of the text, then the densest block.
    """
    sizes = _sizes(body)
    for selector in _marks().text:
        nodes = [node for node in body.css(selector) if sizes.text[node.mem_id] >= _MIN_TEXT]
        if nodes:
            return max(nodes, key=lambda node: sizes.text[node.mem_id]), True
    for name in ("main", "article"):
        nodes = body.css(name)
        if len(nodes) == 1 and 2 * sizes.text[nodes[0].mem_id] >= sizes.text[body.mem_id]:
            return nodes[0], True
    return _densest(body, sizes), False


def _densest(body: LexborNode, sizes: _Sizes) -> LexborNode:
    """The smallest block with at least half of the text, where what is beside it is mostly links.

    A page without a mass of links is all text.
    """
    total, linked = sizes.text[body.mem_id], sizes.linked[body.mem_id]
    if total < _MIN_TEXT or linked < _MAX_LINKED * total:
        return body
    best = body
    for node in body.css(_CONTAINERS):
        size = sizes.text[node.mem_id]
        own = size - sizes.linked[node.mem_id]
        if own >= _DENSE * (total - linked) and size < sizes.text[best.mem_id]:
            best = node
    return best


def _sizes(body: LexborNode) -> _Sizes:
    """Of every element how much text it holds; one way through the page, which may be nested at
    will."""
    text, linked, opened = dict[int, int](), dict[int, int](), dict[int, tuple[int, int]]()
    read = in_links = links = 0
    for node, is_start in walk(body):
        if node.tag == "-text":
            size = len("".join(node.text().split())) if is_start else 0
            read += size
            in_links += size if links else 0
        elif is_start:
            links += node.tag == "a"
            opened[node.mem_id] = read, in_links
        else:
            links -= node.tag == "a"
            before, before_links = opened.pop(node.mem_id)
            text[node.mem_id], linked[node.mem_id] = read - before, in_links - before_links
    text[body.mem_id], linked[body.mem_id] = read, in_links
    return _Sizes(text, linked)


def walk(
    root: LexborNode, is_whole: Callable[[LexborNode], bool] = lambda _: False
) -> Iterator[tuple[LexborNode, bool]]:
    """Every node below ``root`` with True, and with False behind its children, but for those of
    what ``is_whole``. Without recursion: a page may be nested at will."""
    node, is_start = root.child, True
    while node is not None:
        yield node, is_start
        child = node.child if is_start and not is_whole(node) else None
        if child is not None:
            node = child
        elif is_start:
            is_start = False
        elif node.next is not None:
            node, is_start = node.next, True
        else:
            parent = node.parent
            node = None if parent is None or parent.mem_id == root.mem_id else parent


def drop_bars(body: LexborNode) -> None:
    """Take the bars of a page out: the way to it, sharing, printing."""
    sizes = _sizes(body).text
    total = sizes[body.mem_id]
    for selector in _marks().bars:
        gone = [node for node in body.css(selector) if 4 * sizes[node.mem_id] < total]
        # One within another goes with it; its node must not be touched after that.
        ids = {node.mem_id for node in gone}
        for node in [node for node in gone if not _is_within(node, ids)]:
            total -= sizes[node.mem_id]
            node.decompose()


def _is_within(node: LexborNode, ids: set[int]) -> bool:
    above = node.parent
    while above is not None and above.mem_id not in ids:
        above = above.parent
    return above is not None


def without_bars(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without lines that are no text of a page: 「打印本页」, 「扫一扫」."""
    for block in blocks:
        text = block.clean
        if block.is_table or not any(pattern.search(text) for pattern in _marks().lines):
            yield block
