"""Memos as Markdown: text from outside is shown as it is, and read as nothing else."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.export.answers import Exchange, Line, is_web_page
from assistant.export.memo import (
    BASIS,
    COLUMNS,
    CONCLUSION,
    QUESTION,
    QUOTES,
    REMARKS,
    TITLE,
    Basis,
    Memo,
    memo_of,
    quote_head,
)
from assistant.types import Citation
from corpus.catalog import Corpus
from corpus.language import chinese_date, strip_control, to_chinese

# What Markdown would read as markup: anywhere, in a web address, and at the head of a line.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SPECIAL = re.compile(r"([\\`*_\[\]|~$#])")
_AUTOLINK = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=[wW])\.")
_LINE_HEAD = re.compile(r"^(?:([+\-=:])|([0-9]{1,9})([.)]))")


def to_markdown(
    exchanges: Sequence[Exchange], corpus: Corpus, day: date, authority: str = ""
) -> str:
    """Answers as memos in Markdown, made on ``day``; no text from outside is read as markup."""
    blocks = [f"# {TITLE}"]
    blocks.append("  \n".join(filter(None, (_plain(authority), f"导出日期：{chinese_date(day)}"))))
    for number, exchange in enumerate(exchanges, 1):
        level = "##"
        if len(exchanges) > 1:
            blocks.append(f"## 第{to_chinese(number)}问")
            level = "###"
        blocks += _memo(memo_of(exchange, corpus, day), level)
    return "\n\n".join(blocks) + "\n"


def _memo(memo: Memo, level: str) -> Iterator[str]:
    yield f"{level} {QUESTION}"
    yield "\n\n".join(map(_plain, memo.question))
    yield f"{level} {CONCLUSION}"
    yield from map(_line, memo.conclusion)
    if memo.basis:
        yield f"{level} {BASIS}"
        yield "\n\n".join(map(_basis, memo.basis))
        yield f"{level} {QUOTES}"
        yield from map(_quote, memo.quotes)
    yield f"{level} {REMARKS}"
    yield from map(_plain, memo.remarks)


def _line(line: Line) -> str:
    text = _plain(line.text)
    return f"**{text}**" if line.kind == "part" and text else text


def _basis(basis: Basis) -> str:
    document, *others = map(_plain, basis.cells)
    told = "；".join(f"{c}：{text}" for c, text in zip(COLUMNS[1:], others, strict=True))
    return f"**{document}**　{told}{_link(basis.url)}"


def _link(url: str) -> str:
    if not is_web_page(url):
        return ""
    address = "".join(url.replace("<", "").replace(">", "").split())
    return f"　[官方页面](<{address}>)"


def _quote(citation: Citation) -> str:
    quote = "\n>\n".join(f"> {line}" for line in _lines(citation.quote))
    return f"**{_plain(quote_head(citation))}**\n\n{quote}"


def _lines(text: str) -> Iterable[str]:
    return map(_plain, text.split("\n"))


def _plain(text: str) -> str:
    """Foreign text on one line, written so that a renderer shows it as it is."""
    line = _SPECIAL.sub(r"\\\1", " ".join(strip_control(text).split()).translate(_ENTITIES))
    line = _AUTOLINK.sub(r"\\\g<0>", line)
    return _LINE_HEAD.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)
