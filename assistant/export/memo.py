"""An answer as a memo that an office can file: 题目、结论、依据、原文、说明.

What the parts say is found here, once; how they are written down is another module's for each form.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.export.answers import (
    Exchange,
    Line,
    answer_lines,
    corpus_line,
    facts_line,
    named,
)
from assistant.export.grouping import by_document
from assistant.types import ADDED_LABEL, LEFT_OPEN, UNSURE, Answer, Citation, Outcome
from corpus.catalog import Corpus
from corpus.language import chinese_date, parse_references
from corpus.standing import Standing, said_of_day, said_of_today, standing_today

TITLE = "生态环境政策与法律问答备忘录"
QUESTION, CONCLUSION, BASIS, QUOTES, REMARKS = "题目", "结论", "依据", "原文", "说明"
#: The columns of :class:`Basis`.
COLUMNS = ("文件", "条款", "效力", "施行日期")
_EXTRACTIVE = "结论由程序依据所列条文生成，引文逐字可查，没有用人工智能改写。"
_WRITTEN = "结论由程序依据所列条文生成，语句由人工智能组织，逐句核对过出处。"
_NOT_HELD = "提到而没有收录的文件：{names}。"


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that is cited: its name, where in it, what it is on the day, since when, its page.

    ``url`` is as the source gives it: whoever makes a link of it checks it.
    """

    document: str
    places: str
    standing: str
    effective: str
    url: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """As a row below :data:`COLUMNS`."""
        return self.document, self.places, self.standing, self.effective


@dataclass(frozen=True, slots=True)
class Memo:
    """The parts of a memo. ``basis`` and ``quotes`` are in one order: document, article, 款."""

    question: tuple[str, ...]
    conclusion: tuple[Line, ...]
    basis: tuple[Basis, ...]
    quotes: tuple[Citation, ...]
    remarks: tuple[str, ...]


def memo_of(exchange: Exchange, corpus: Corpus, day: date) -> Memo:
    """An answer as a memo that is made on ``day``."""
    answer = exchange.answer
    documents = by_document(answer.citations)
    today = standing_today(corpus, answer.as_of, day)
    return Memo(
        question=tuple(line.strip() for line in exchange.question.split("\n") if line.strip()),
        conclusion=(*_refusal(answer), *answer_lines(answer)),
        basis=tuple(_basis(document, today) for document in documents),
        quotes=tuple(c for document in documents for article in document for c in article),
        remarks=tuple(_remarks(exchange, corpus)),
    )


def quote_head(citation: Citation) -> str:
    """What stands above a quote: [1] 《某法》第五条第一款（条首缺失）."""
    remark = f"（{citation.note}）" if citation.note else ""
    return f"[{citation.n}] {named(citation)}{citation.locator}{remark}"


def _refusal(answer: Answer) -> Iterator[Line]:
    """That the answer is none, or not to the main thing."""
    if answer.outcome is Outcome.DECLINED:
        yield Line("part", LEFT_OPEN if answer.citations else UNSURE)


def _basis(document: Sequence[Sequence[Citation]], today: Standing) -> Basis:
    first = document[0][0]
    places = "、".join(f"{c.locator}[{c.n}]" for article in document for c in article)
    day = date.fromisoformat(first.effective_date) if first.effective_date else None
    return Basis(
        named(first).strip(),
        places,
        _standing(first, today),
        chinese_date(day) if day else "未载",
        first.url,
    )


def _standing(citation: Citation, today: Standing) -> str:
    """The status on the answer's day; today's beside it where that is another."""
    now = today(citation.key, citation.quote)
    told = citation.status
    if now and now.value != told and said_of_today(now):
        told = f"{said_of_day(told)}，{said_of_today(now)}"
    return f"{told}，{ADDED_LABEL}" if citation.is_added else told


def _remarks(exchange: Exchange, corpus: Corpus) -> Iterator[str]:
    """For which day, how it was made, what is not held, and that it is for reference only."""
    answer = exchange.answer
    yield f"{facts_line(answer, exchange.audience)}。"
    if answer.outcome is not Outcome.DECLINED:
        yield _WRITTEN if answer.engine.startswith("llm") else _EXTRACTIVE
    if answer.note:
        yield answer.note
    if missing := not_held(answer, corpus):
        yield _NOT_HELD.format(names="、".join(missing))
    yield answer.disclosure
    yield f"{corpus_line(corpus)}。"


def not_held(answer: Answer, corpus: Corpus) -> tuple[str, ...]:
    """The texts that the answer names outside its quotes and the corpus does not hold, each once,
    with their number and issuer where those are known."""
    names: dict[str, None] = {}
    for sentence in answer.sentences:
        for reference in parse_references(_outside_quotes(sentence.text), corpus.names):
            if reference.title and not corpus.versions(reference.title):
                known = corpus.known(reference.title)
                names[known.full_name if known else f"《{reference.title}》"] = None
    return tuple(names)


def _outside_quotes(text: str) -> str:
    """The text without what stands in 「」."""
    kept, depth = [], 0
    for letter in text:
        depth += (letter == "「") - (letter == "」")
        kept.append(letter if depth <= 0 and letter != "」" else "")
    return "".join(kept)
