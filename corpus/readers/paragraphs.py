"""Blocks of a text without articles → its paragraphs, under the headings above them."""

import re
from collections.abc import Sequence

from corpus.readers.formats import Block
from corpus.types import Article

_N = "[零一二三四五六七八九十百]+"
_ENDED = re.compile(r"[。；：，、！？.;:,!?]$|。")
_LINE_HEADINGS = tuple(
    (rank, re.compile(pattern))
    for rank, pattern in enumerate(
        (
            rf"^第{_N}[编編]",
            rf"^第{_N}(?:章|部分)",
            rf"^第{_N}[节節]",
            rf"^{_N}、",
            rf"^[（(]{_N}[）)]",
        ),
        start=10,
    )
)
_MAX_HEADING = 40
_MAX_ROWS = 40


def read_paragraphs(blocks: Sequence[Block], title: str) -> tuple[Article, ...]:
    """One article for each paragraph or table, keyed ``title@1`` …; no text is lost.

    A heading goes into the path of what stands under it; one with nothing under it is a paragraph.
    """
    articles: list[Article] = []
    path: list[tuple[int, str]] = []
    ranks = [_rank(block) for block in blocks]
    if blocks and blocks[0].clean == title:
        blocks, ranks = blocks[1:], ranks[1:]
    for index, (block, rank) in enumerate(zip(blocks, ranks, strict=True)):
        text = block.clean
        if rank and _has_text_below(ranks, index):
            path = [part for part in path if part[0] < rank] + [(rank, text)]
        elif text:
            headings = tuple(part for at, part in path if not rank or at < rank)
            for piece in _pieces(block):
                n = len(articles) + 1
                key, label = f"{title}@{n}", f"第{n}段"
                articles.append(Article(key, label, headings, piece, block.note, block.page))
    return tuple(articles)


def _pieces(block: Block) -> list[str]:
    """A long table is several paragraphs: each of its rows is complete in itself."""
    if len(block.facts) <= _MAX_ROWS:
        return [block.clean]
    return [
        "\n".join(block.facts[start : start + _MAX_ROWS])
        for start in range(0, len(block.facts), _MAX_ROWS)
    ]


def _rank(block: Block) -> int:
    """1 … 6 for a heading of the format, 10 … for one that its number makes, 0 for text."""
    text = block.clean
    if block.is_table or len(text) > _MAX_HEADING * (2 if block.level else 1):
        return 0
    if block.level:
        return 0 if text.endswith(("。", "；")) else block.level
    if _ENDED.search(text):
        return 0
    return next((rank for rank, pattern in _LINE_HEADINGS if pattern.match(text)), 0)


def _has_text_below(ranks: Sequence[int], index: int) -> bool:
    following = ranks[index + 1] if index + 1 < len(ranks) else 1
    return following == 0 or following > ranks[index]
