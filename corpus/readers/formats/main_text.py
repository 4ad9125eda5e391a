"""The part of a web page that is its text, and what the page tells of itself."""

import re
import tomllib
from collections.abc import Iterator, Sequence
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
    for selector in _marks().text:
        nodes = [node for node in body.css(selector) if _size(node) >= _MIN_TEXT]
        if nodes:
            return max(nodes, key=_size), True
    for name in ("main", "article"):
        nodes = body.css(name)
        if len(nodes) == 1 and 2 * _size(nodes[0]) >= _size(body):
            return nodes[0], True
    return _densest(body), False


def _densest(body: LexborNode) -> LexborNode:
    """The smallest block with at least half of the text, where what is beside it is mostly links.

    A page without a mass of links is all text.
    """
    total = _size(body)
    if total < _MIN_TEXT or _linked(body) < _MAX_LINKED * total:
        return body
    best = body
    for node in body.css(_CONTAINERS):
        size = _size(node)
        own = size - _linked(node)
        if own >= _DENSE * (total - _linked(body)) and size < _size(best):
            best = node
    return best


def _size(node: LexborNode) -> int:
    return len("".join(node.text().split()))


def _linked(node: LexborNode) -> int:
    return sum(_size(link) for link in node.css("a"))


def drop_bars(body: LexborNode) -> None:
    """Take the bars of a page out: the way to it, sharing, printing."""
    for selector in _marks().bars:
        for node in body.css(selector):
            if node.parent is not None and 4 * _size(node) < _size(body):
                node.decompose()


def without_bars(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without lines that are no text of a page: 「打印本页」, 「扫一扫」."""
    for block in blocks:
        text = block.clean
        if block.is_table or not any(pattern.search(text) for pattern in _marks().lines):
            yield block
