"""Memos as a Word document that an office can file."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from assistant.export.answers import Exchange, is_web_page
from assistant.export.memo import (
    BASIS,
    COLUMNS,
    CONCLUSION,
    QUESTION,
    QUOTES,
    REMARKS,
    TITLE,
    Memo,
    memo_of,
    quote_head,
)
from corpus.catalog import Corpus
from corpus.language import chinese_date, to_chinese

if TYPE_CHECKING:
    from assistant.export.word import Paper


def to_docx(
    exchanges: Sequence[Exchange],
    corpus: Corpus,
    day: date,
    authority: str = "",
    page_title: str = "",
) -> bytes:
    """The content of a .docx file, made on ``day``; several memos have a heading each.

    The file's title is the question, its author the authority, or else the page of that title.
    """
    from assistant.export.word import Paper  # takes a moment to import

    paper = Paper(_named(exchanges), day, authority or page_title)
    paper.title(TITLE)
    for line in filter(None, (authority, chinese_date(day))):
        paper.byline(line)
    level = 1 if len(exchanges) == 1 else 2
    for number, exchange in enumerate(exchanges, 1):
        if level > 1:
            paper.heading(f"{to_chinese(number)}、第{to_chinese(number)}问", 1)
        _write(paper, memo_of(exchange, corpus, day), level)
    return paper.to_bytes()


def _named(exchanges: Sequence[Exchange]) -> str:
    """What the file is about."""
    first = " ".join(exchanges[0].question.split()) if exchanges else TITLE
    return f"{first}（等{len(exchanges)}问）" if len(exchanges) > 1 else first


def _write(paper: "Paper", memo: Memo, level: int) -> None:
    names = [QUESTION, CONCLUSION, *([BASIS, QUOTES] if memo.basis else []), REMARKS]
    heads = {name: _numbered(name, n, level) for n, name in enumerate(names, 1)}
    paper.heading(heads[QUESTION], level)
    for text in memo.question:
        paper.body(text)
    paper.heading(heads[CONCLUSION], level)
    for line in memo.conclusion:
        (paper.part if line.kind == "part" else paper.body)(line.text)
    if memo.basis:
        paper.heading(heads[BASIS], level)
        paper.table(COLUMNS, [basis.cells for basis in memo.basis])
        for url in dict.fromkeys(basis.url for basis in memo.basis if is_web_page(basis.url)):
            paper.small(f"官方页面：{url}")
        paper.heading(heads[QUOTES], level)
    for citation in memo.quotes:
        paper.source(quote_head(citation))
        for text in citation.quote.split("\n"):
            paper.quote(text)
    paper.heading(heads[REMARKS], level)
    for text in memo.remarks:
        paper.body(text)


def _numbered(name: str, number: int, level: int) -> str:
    """一、题目 at the first level, （一）题目 at the second, as official papers count."""
    count = to_chinese(number)
    return f"{count}、{name}" if level == 1 else f"（{count}）{name}"
