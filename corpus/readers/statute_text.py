"""Blocks of a statute → its articles.

What stands outside of the articles is no part of them: the head (title, notes of adoption), the
headings, a table of contents, and what follows the last article without being a sentence or an
annex (a signature, the navigation of a site).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.errors import DocumentError
from corpus.language import to_chinese, to_int
from corpus.readers.formats import Block, tidy
from corpus.splitting import is_fact
from corpus.statutes import article_key
from corpus.types import Article

_N = r"[0-9０-９零〇一二三四五六七八九十百千两]+"
_START = re.compile(
    rf"^第\s*({_N})\s*[条條](?:\s*之\s*([一二三四五六七八九十]{{1,3}})(?![\u4e00-\u9fff]))?"
)
#: 「第三条的规定」, 「第三条第一款」, 「第三条和…」: not the beginning of an article.
_IS_REFERENCE = re.compile(
    r"^(?:[、，,和或至到的]|第|规定|所[列称述规]|以及|及其|中[的规所]|[款项])"
)
_HEADING = re.compile(rf"^(第\s*{_N}\s*(编|分编|章|节|編|節))(?=[\s\u4e00-\u9fff]|$)\s*(.*)$")
_BARE_HEADING = re.compile(r"^(?:总|附|序)\s*[则言]$")
_LEADER = re.compile(r"[\s.…·．]*[.…·．]{2,}[\s\d.…·．—-]*$")
_SENTENCE_END = re.compile(r"[。；：！？，、”）〕】|]$")
_ANNEX = re.compile(r"^附\s*(?:件|表|录|：|:)[^。；]{0,40}$")
_ITEM = re.compile(r"^[（(]\s*([一二三四五六七八九十]+)\s*[）)]\s*")
#: 目: they stay on the line of their 项, so that the 款 behind are counted as lawyers do.
_SUBITEM = re.compile(r"^(?:\d{1,2}\s*(?:[．、]|\.(?!\d))|[（(]\d{1,2}[）)]|[①-⑳])")
_RANKS = {"编": 0, "編": 0, "分编": 1, "章": 2, "节": 3, "節": 3}
_CHAPTER = _RANKS["章"]
#: Fewer articles than this are quotations in some other text.
MIN_ARTICLES = 3


@dataclass(frozen=True, slots=True)
class _Start:
    """Where an article begins: its number, and what follows the label in the same block."""

    number: int
    suffix: int
    rest: str

    @property
    def label(self) -> str:
        suffix = f"之{to_chinese(self.suffix)}" if self.suffix else ""
        return f"第{to_chinese(self.number)}条{suffix}"


@dataclass(slots=True)
class _Draft:
    start: _Start
    path: tuple[str, ...]
    lines: list[str] = field(default_factory=list)
    page: int | None = None
    note: str = ""
    in_annex: bool = False


def _article_start(block: Block) -> _Start | None:
    text = block.text.lstrip()
    match = _START.match(text)
    if not match or block.is_table:
        return None
    rest = text[match.end() :]
    if _IS_REFERENCE.match(rest):
        return None
    try:
        number, suffix = to_int(match[1]), to_int(match[2]) if match[2] else 0
    except ValueError:
        return None
    return _Start(number, suffix, rest.strip()) if 0 < number < 10_000 else None


def _heading(block: Block) -> tuple[int, str] | None:
    """Rank and text of a heading: 「第一章 总则」, 「附则」, or what the format marks as one."""
    text = _LEADER.sub("", block.text.strip()) if len(block.text) < 200 else block.text
    if block.is_table or len(text) > 40 or re.search(r"[。；：，]$", text):
        return None
    if match := _HEADING.match(text):
        if re.match(r"[的和至及与、，]|规定", match[3]):
            return None
        return _RANKS[match[2]], f"{tidy(match[1])} {tidy(match[3])}".strip()
    if block.level or _BARE_HEADING.match(text):
        return _CHAPTER, tidy(text)
    return None


def is_statute(blocks: Sequence[Block]) -> bool:
    """At least three articles at the beginnings of blocks, in rising order (or repeated)."""
    starts = [start for block in _before_annex(blocks) if (start := _article_start(block))]
    numbers = [(start.number, start.suffix) for start in starts]
    rises = all(a < b for a, b in pairwise(numbers))
    return len(numbers) >= MIN_ARTICLES and (rises or len(set(numbers)) < len(numbers))


def _before_annex(blocks: Sequence[Block]) -> Sequence[Block]:
    begun = False
    for index, block in enumerate(blocks):
        begun = begun or _article_start(block) is not None
        if begun and _ANNEX.match(block.clean):
            return blocks[:index]
    return blocks


def head(blocks: Sequence[Block]) -> list[Block]:
    """What stands above the first chapter or article."""
    for index, block in enumerate(blocks):
        is_chapter = bool(_HEADING.match(block.text.strip())) and _heading(block) is not None
        if is_chapter or _article_start(block):
            return list(blocks[:index])
    return list(blocks)


def read_articles(blocks: Sequence[Block], title: str) -> tuple[Article, ...]:
    """The articles in order; DocumentError where one is numbered twice or has no text."""
    drafts = _drafts(blocks[len(head(blocks)) :])
    if drafts:
        _cut_tail(drafts[-1])
    articles = tuple(_article(draft, title) for draft in drafts)
    seen: set[str] = set()
    for article in articles:
        if article.key in seen:
            raise DocumentError(
                f"《{title}》里有两个{article.label}，请删去重复的部分，或把两部法规分成两个文件。"
            )
        if not article.text:
            raise DocumentError(f"《{title}》的{article.label}没有正文，请补全或删去这一条。")
        seen.add(article.key)
    return articles


def _drafts(blocks: Sequence[Block]) -> list[_Draft]:
    drafts: list[_Draft] = []
    current: _Draft | None = None
    path: list[tuple[int, str]] = []
    for block in blocks:
        if current and current.in_annex:
            current.lines += block.clean.split("\n")
        elif start := _article_start(block):
            current = _Draft(start, tuple(text for _, text in path), [tidy(start.rest)], block.page)
            drafts.append(current)
        elif current and _ANNEX.match(block.clean):
            current.in_annex = True
            current.lines.append(block.clean)
        elif heading := _heading(block):
            path = [part for part in path if part[0] < heading[0]] + [heading]
            current = None
        elif current:
            _add(current.lines, block)
        elif path and path[-1][1].endswith(("编", "章", "节")) and len(block.text) <= 20:
            path[-1] = (path[-1][0], f"{path[-1][1]} {block.clean}")
        if current:
            current.note = current.note or block.note
    return drafts


def _add(lines: list[str], block: Block) -> None:
    """One 款 or 项 a line: 「(一)」 is written 「（一）」; a 目 stays on the line of its 项."""
    text = _ITEM.sub(r"（\1）", block.clean)
    if _SUBITEM.match(text) and lines and not block.is_table:
        lines[-1] += text
    elif text:
        lines += text.split("\n")


def _cut_tail(draft: _Draft) -> None:
    """Behind the last article only sentences, tables and an annex are its own."""
    if draft.in_annex:
        return
    for index, line in enumerate(draft.lines[1:], 1):
        if not _SENTENCE_END.search(line) and not is_fact(line):
            del draft.lines[index:]
            return


def _article(draft: _Draft, title: str) -> Article:
    label = draft.start.label
    text = "\n".join(line for line in draft.lines if line)
    key = article_key(title, label)
    return Article(key, label, draft.path, text, draft.note, draft.page)
