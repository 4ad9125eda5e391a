"""Answers taken out of the page: text to paste, a Markdown file, a Word document.

All three say the same: the answer with its marks, every source in full, the day and the disclosure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from assistant.types import Answer, Audience, Citation, Outcome
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.language import chinese_date, strip_control
from corpus.types import Status

#: How much of the corpus's fingerprint is shown.
_SHOWN = 12
_DECLINED = "语料里没有可以引用的内容"
_LEFT_OPEN = "主要的一问，语料里没有能回答的文件"
TITLE = "生态环境政策与法律问答记录"
SOURCES = "出处"

# What Markdown would read as markup: anywhere, in a web address, and at the head of a line.
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_SPECIAL = re.compile(r"([\\`*_\[\]|~$#])")
_AUTOLINK = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=[wW])\.")
_LINE_HEAD = re.compile(r"^(?:([+\-=:])|([0-9]{1,9})([.)]))")


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was typed, its answer, and for whom it was answered."""

    question: str
    answer: Answer
    audience: Audience


def source_line(citation: Citation) -> str:
    """Title, place, status and effective date: 《…法》第五条（现行有效，2026年8月15日起施行）."""
    facts = [citation.standing]
    if citation.effective_date:
        facts.append(f"{chinese_date(date.fromisoformat(citation.effective_date))}起施行")
    if citation.note:
        facts.append(citation.note)
    is_news = citation.status == Status.NEWS
    title = f"{citation.title} " if is_news else f"《{citation.title}》"
    return f"{title}{citation.locator}（{'，'.join(facts)}）"


def facts_line(answer: Answer, audience: Audience) -> str:
    """The day, the reader, what the question was taken for, and the model where one wrote."""
    facts = [f"以{chinese_date(answer.as_of)}为准", f"面向{audience.shown}"]
    if answer.understood:
        facts.append(f"理解为：{answer.understood}")
    engine, _, model = answer.engine.partition(":")
    if engine == "llm":
        facts.append(f"语句由大模型 {model} 组织，逐句核对过出处")
    return "；".join(facts)


def corpus_line(corpus: Corpus) -> str:
    """What the corpus holds, and a fingerprint of its content."""
    statutes = [d for d in corpus.documents if d.kind is Kind.STATUTE]
    others = len(corpus.documents) - len(statutes)
    return (
        f"语料：{len({d.title for d in statutes})}部法律、{others}份其他文件，"
        f"内容版本 {corpus.fingerprint()[:_SHOWN]}"
    )


def copy_text(answer: Answer, audience: Audience) -> str:
    """The answer as plain text, ready to paste into a document."""
    parts = [answer.text]
    if answer.citations:
        lines = [f"{SOURCES}："]
        for c in answer.citations:
            lines += [f"[{c.n}] {source_line(c)}", *_indented(c.quote)]
        parts.append("\n".join(lines))
    parts.append(f"{facts_line(answer, audience)}。\n{answer.disclosure}")
    return strip_control("\n\n".join(parts)) + "\n"


def to_markdown(exchanges: Sequence[Exchange], corpus: Corpus, day: date) -> str:
    """A conversation as Markdown; no text from outside is read as markup."""
    blocks = [f"# {TITLE}", f"导出日期：{chinese_date(day)}  \n{_plain(corpus_line(corpus))}"]
    for number, exchange in enumerate(exchanges, 1):
        answer = exchange.answer
        blocks += [
            f"## {number}. {_plain(' '.join(exchange.question.split()))}",
            f"_{_plain(facts_line(answer, exchange.audience))}_",
            "  \n".join(_lines(answer.text)),
        ]
        if answer.citations:
            blocks.append(f"### {SOURCES}")
            blocks += map(_markdown_source, answer.citations)
        blocks.append(f"> {_plain(answer.disclosure)}")
    return "\n\n".join(blocks) + "\n"


def to_docx(exchanges: Sequence[Exchange], corpus: Corpus, day: date) -> bytes:
    """A conversation as a Word document."""
    from assistant.export.word import Paper  # takes a moment to import

    paper = Paper(TITLE, day)
    paper.title(TITLE)
    paper.small(f"导出日期：{chinese_date(day)}")
    paper.small(corpus_line(corpus))
    for number, exchange in enumerate(exchanges, 1):
        answer = exchange.answer
        paper.heading(f"{number}. {' '.join(exchange.question.split())}", 1)
        paper.small(facts_line(answer, exchange.audience))
        if answer.outcome is Outcome.DECLINED:
            paper.small(_LEFT_OPEN if answer.citations else _DECLINED)
        for line in answer.text.split("\n"):
            paper.body(line)
        if answer.citations:
            paper.heading(SOURCES, 2)
        for citation in answer.citations:
            paper.source(f"[{citation.n}] {source_line(citation)}")
            for line in citation.quote.split("\n"):
                paper.quote(line)
            if is_web_page(citation.url):
                paper.small(f"官方页面：{citation.url}")
        paper.small(answer.disclosure)
    return paper.to_bytes()


def is_web_page(url: str) -> bool:
    """Whether this is an address that may be shown as a link."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _indented(text: str) -> Iterator[str]:
    return (f"    {line}" for line in text.split("\n"))


def _markdown_source(citation: Citation) -> str:
    head = f"\\[{citation.n}\\] **{_plain(source_line(citation))}**"
    if is_web_page(citation.url):
        address = "".join(citation.url.replace("<", "").replace(">", "").split())
        head += f"　[官方页面](<{address}>)"
    quote = "\n>\n".join(f"> {line}" for line in _lines(citation.quote))
    return f"{head}\n\n{quote}"


def _lines(text: str) -> Iterable[str]:
    return map(_plain, text.split("\n"))


def _plain(text: str) -> str:
    """Foreign text on one line, written so that a renderer shows it as it is."""
    line = _SPECIAL.sub(r"\\\1", " ".join(strip_control(text).split()).translate(_ENTITIES))
    line = _AUTOLINK.sub(r"\\\g<0>", line)
    return _LINE_HEAD.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)
