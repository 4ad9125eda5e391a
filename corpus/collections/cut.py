"""A policy text → its parts, by the patterns of its ``collection.toml``."""

import re
from collections.abc import Iterator

from corpus.collection import Collection
from corpus.errors import CollectionError
from corpus.key import Key
from corpus.language import simplify
from corpus.types import Article

_PUNCTUATION = str.maketrans({",": "，", ":": "：", ";": "；", "?": "？", "!": "！"})

Byline = tuple[tuple[str, str], ...]


def restore(received: str, collection: Collection) -> str:
    """The text as it is cut: without what is removed, converted if it has to be, no empty lines."""
    text = received
    for pattern in collection.cut.removes:
        text = re.sub(pattern, "", text)
    if collection.cut.converts:
        text = simplify(text).translate(_PUNCTUATION)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def cut(
    received: str, title: str, collection: Collection, file: str
) -> tuple[tuple[Article, ...], Byline]:
    """The parts of a text in order, and its byline.

    CollectionError names the ``file`` and the field whose pattern does not fit the text.
    """
    lines = [line for line in restore(received, collection).splitlines() if line != title]
    text, byline = _strip_bylines(lines, collection)
    articles = tuple(_articles(text, collection, file))
    labels = tuple(article.label for article in articles)
    expected = collection.cut.labels
    if expected and labels != expected:
        raise CollectionError(
            f"{file} 的段落与 cut.labels 不符（读到：{'、'.join(labels)}），请改正原文或这一项。"
        )
    twice = next((label for label in labels if labels.count(label) > 1), None)
    if twice:
        raise CollectionError(f"{file} 里有两个“{twice}”部分，请改正 cut.part 或 cut.overview。")
    return articles, byline


def _strip_bylines(lines: list[str], collection: Collection) -> tuple[list[str], Byline]:
    """The lines that are text, and what the others say: their names with their values."""
    rules = collection.cut
    text: list[str] = []
    byline: list[tuple[str, str]] = []
    for line in lines:
        if rules.byline and (match := re.match(rules.byline, line)):
            byline.append((match["name"], match["value"]))
            continue
        if rules.dateline and (match := re.match(rules.dateline, line)):
            byline.append(("电头", match["value"]))
            line = line[match.end() :]
        if line:
            text.append(line)
    return text, tuple(byline)


def _articles(lines: list[str], collection: Collection, file: str) -> Iterator[Article]:
    rules = collection.cut
    parts: list[tuple[str, tuple[str, ...], list[str]]] = []
    path: tuple[str, ...] = ()
    is_cut = False
    for line in lines:
        section = re.match(rules.section, line) if rules.section else None
        part = re.match(rules.part, line) if rules.part else None
        if section:
            path = (section["label"],)
        elif part:
            is_cut = True
            parts.append((rules.label.format(label=part["label"]), path, [line]))
        elif parts:
            parts[-1][2].append(line)
        elif rules.overview:
            parts.append((rules.overview, (), [line]))
        else:
            raise CollectionError(
                f"{file} 的第一部分之前还有文字，请在 collection.toml 写上 cut.overview。"
            )
    if not is_cut:
        raise CollectionError(f"{file} 没有一行与 cut.part 相符，请改 collection.toml 的这一项。")
    for label, above, texts in parts:
        key = Key(collection.key_prefix, ":", label)
        yield Article(str(key), label, above, "\n".join(texts))
