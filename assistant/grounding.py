"""The gate between a draft and an answer: a sentence stays only if its passages carry it."""

import re
from datetime import date

from assistant.types import (
    NOT_COVERED,
    Answer,
    Citation,
    Draft,
    DraftSentence,
    Evidence,
    Outcome,
    Query,
    Sentence,
)
from corpus.catalog import Corpus
from corpus.splitting import spans
from corpus.text import fold
from corpus.types import Article, Document

_QUOTE = re.compile(r"「([^「」]+)」")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_NOTHING_LEFT = f"{NOT_COVERED}能核对无误的答案，请换个说法再问，或向潍坊市生态环境局咨询。"
_SPACE = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """The form in which quotes and numbers are compared: folded, without white space."""
    return _SPACE.sub("", fold(text))


def ground(draft: Draft, query: Query, corpus: Corpus, engine: str) -> Answer:
    """Keep the sentences that their evidence carries, number the citations, decide the outcome.

    An answer from which a sentence had to go is still an answer as long as one with evidence
    stays; nothing left to carry means declined.
    """
    kept = [sentence for sentence in draft.sentences if _is_carried(sentence, query, corpus)]
    if not kept:
        kept = [DraftSentence(_NOTHING_LEFT)]
    numbers: dict[Evidence, int] = {}
    for sentence in kept:
        for evidence in sentence.evidence:
            numbers.setdefault(evidence, len(numbers) + 1)
    outcome = draft.outcome if numbers else Outcome.DECLINED
    return Answer(
        id=query.id,
        question=query.question,
        outcome=outcome,
        sentences=tuple(
            Sentence(s.text, tuple(dict.fromkeys(numbers[e] for e in s.evidence))) for s in kept
        ),
        citations=tuple(cite(e, n, corpus, query.as_of) for e, n in numbers.items()),
        as_of=query.as_of,
        engine=engine,
    )


def _is_carried(sentence: DraftSentence, query: Query, corpus: Corpus) -> bool:
    """Quotes stand verbatim in the evidence, as does every number that the question lacks."""
    quotes = [squeeze(quote_of(e, corpus)) for e in sentence.evidence]
    for quoted in _QUOTE.findall(sentence.text):
        if not any(squeeze(quoted) in quote for quote in quotes):
            return False
    carried = {number for quote in quotes for number in _NUMBER.findall(quote)}
    carried |= set(_NUMBER.findall(squeeze(query.question)))
    return set(_NUMBER.findall(squeeze(sentence.text))) <= carried


def _find(evidence: Evidence, corpus: Corpus) -> tuple[Document, Article]:
    document = corpus.document(evidence.document_id)
    article = next(a for a in document.articles if a.key == evidence.key)
    return document, article


def quote_of(evidence: Evidence, corpus: Corpus) -> str:
    """The words of the source that the evidence points to."""
    _, article = _find(evidence, corpus)
    return article.text[evidence.start : evidence.end]


def cite(evidence: Evidence, n: int, corpus: Corpus, day: date) -> Citation:
    """The citation of a piece of evidence, with its validity on ``day``."""
    document, article = _find(evidence, corpus)
    covered = [
        span
        for span in spans(article, document.kind)
        if span.start < evidence.end and evidence.start < span.end
    ]
    locator = covered[0].locator if len(covered) == 1 else article.label
    return Citation(
        n=n,
        key=article.key,
        title=document.title,
        locator=locator,
        quote=article.text[evidence.start : evidence.end],
        status=corpus.status(document, day).value,
        effective_date=document.effective.isoformat() if document.effective else "",
        url=document.url,
        note=article.note,
    )
