"""Answers taken out of the page: their lines, their facts, and the text to paste.

Every form says the same: the answer with its marks, every source in full, the day and the
disclosure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from assistant.types import OWN_LABEL, Answer, Audience, Citation
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.language import chinese_date, strip_control, widen_marks
from corpus.types import Status

#: How much of the corpus's fingerprint is shown.
_SHOWN = 12
SOURCES = "出处"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question as it was typed, its answer, and for whom it was answered."""

    question: str
    answer: Answer
    audience: Audience


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer: what a part answers, or words with their marks."""

    kind: Literal["part", "words"]
    text: str


def answer_lines(answer: Answer) -> Iterator[Line]:
    """An answer as on the page: a paragraph a sentence, each part under what it answers.

    Behind each sentence that the bureau's staff wrote it says so, behind the first who of them did.
    """
    part, own = "", None
    for sentence in answer.sentences:
        if sentence.part != part:
            own = None
            if sentence.part:
                yield Line("part", sentence.part)
        part = sentence.part
        *before, last = sentence.text.strip("\n").split("\n")
        yield from (Line("words", line) for line in before)
        marks = "".join(f"[{n}]" for n in sentence.citations)
        hand = ""
        if sentence.own:
            hand = f"（{OWN_LABEL if sentence.own == own else sentence.own.shown}）"
        own = sentence.own
        yield Line("words", last + marks + hand)


def named(citation: Citation) -> str:
    """A title as it stands before a place: 《某法》; a report's is no book's."""
    return f"{citation.title} " if citation.status == Status.NEWS else f"《{citation.title}》"


def source_line(citation: Citation) -> str:
    """Title, place, status and effective date: 《…法》第五条（现行有效，2026年8月15日起施行）."""
    facts = [citation.standing]
    if citation.effective_date:
        facts.append(f"{chinese_date(date.fromisoformat(citation.effective_date))}起施行")
    if citation.note:
        facts.append(citation.note)
    return f"{named(citation)}{citation.locator}（{'，'.join(facts)}）"


def facts_line(answer: Answer, audience: Audience) -> str:
    """The day, the reader, what the question was taken for, and the model where one wrote."""
    facts = [f"以{chinese_date(answer.as_of)}为准", f"面向{audience.shown}"]
    if answer.understood:
        facts.append(f"理解为：{widen_marks(answer.understood)}")
    engine, _, model = answer.engine.partition(":")
    if engine == "llm":
        facts.append(f"语句由人工智能（{model}）组织，逐句核对过出处")
    return "；".join(facts)


def corpus_line(corpus: Corpus) -> str:
    """What the corpus holds, and a fingerprint of its content."""
    statutes = [d for d in corpus.documents if d.kind is Kind.STATUTE]
    others = len(corpus.documents) - len(statutes)
    return (
        f"收录：{len({d.title for d in statutes})}部法律、{others}份其他文件，"
        f"内容版本 {corpus.fingerprint()[:_SHOWN]}"
    )


def copy_text(answer: Answer, audience: Audience) -> str:
    """The answer as plain text, ready to paste into a document."""
    parts = ["\n".join(line.text for line in answer_lines(answer))]
    if answer.citations:
        lines = [f"{SOURCES}："]
        for c in answer.citations:
            lines += [f"[{c.n}] {source_line(c)}", *_indented(c.quote)]
        parts.append("\n".join(lines))
    parts.append(f"{facts_line(answer, audience)}。\n{answer.disclosure}")
    return strip_control("\n\n".join(parts)) + "\n"


def is_web_page(url: str) -> bool:
    """Whether this is an address that may be shown as a link."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _indented(text: str) -> Iterator[str]:
    return (f"    {line}" for line in text.split("\n"))
