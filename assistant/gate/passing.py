"""Every draft passes here: its sentences stay only if their passages carry them."""

from datetime import date

from assistant.gate.grounding import QUOTED, carries
from assistant.gate.unitwise import is_carried
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
from corpus.collection import Kind
from corpus.language import numbers, squeeze
from corpus.splitting import locator_of, locator_over

_NOTHING_LEFT = f"{NOT_COVERED}能核对无误的答案，请换个说法再问，或向主管部门咨询。"


def ground(draft: Draft, query: Query, corpus: Corpus, engine: str) -> Answer:
    """Keep the sentences that their evidence carries, number the citations, decide the outcome.

    An answer from which a sentence had to go is still an answer as long as one with evidence
    stays; nothing left to carry means declined.
    """
    kept = carried(draft, query, corpus)
    if not kept:
        kept = [DraftSentence(_NOTHING_LEFT)]
    numbers: dict[Evidence, int] = {}
    for sentence in kept:
        for evidence in sentence.evidence:
            numbers.setdefault(evidence, len(numbers) + 1)
    is_told = numbers or any(sentence.is_ours for sentence in kept)
    outcome = draft.outcome if is_told else Outcome.DECLINED
    return Answer(
        id=query.id,
        question=query.question,
        outcome=outcome,
        sentences=tuple(
            Sentence(s.shown, tuple(dict.fromkeys(numbers[e] for e in s.evidence)), s.part, s.own)
            for s in kept
        ),
        citations=tuple(cite(e, n, corpus, query.as_of) for e, n in numbers.items()),
        as_of=query.as_of,
        engine=engine,
    )


def carried(draft: Draft, query: Query, corpus: Corpus) -> list[DraftSentence]:
    """The sentences of the draft that pass the gate."""
    return [sentence for sentence in draft.sentences if _is_carried(sentence, query, corpus)]


def _is_carried(sentence: DraftSentence, query: Query, corpus: Corpus) -> bool:
    """Whether the evidence carries all that the sentence states."""
    if not sentence.evidence and sentence.is_ours:
        # Fixed words of ours: a kind word, whom to call, the name of a text that is not held.
        return not QUOTED.search(sentence.text)
    if not sentence.evidence:
        # The name of a text that is held may have a year in it.
        told = set(numbers(squeeze(_without_held(sentence.text, corpus))))
        return not QUOTED.search(sentence.text) and told <= set(numbers(squeeze(query.question)))
    if sentence.is_written:
        return is_carried(sentence.text, sentence.evidence, corpus, query.as_of, query.question)
    return carries(sentence.text, sentence.evidence, corpus, query.as_of, is_ours=sentence.is_ours)


def _without_held(text: str, corpus: Corpus) -> str:
    """The text without the names of the texts without articles that are held, and of their
    parts."""
    held = [d for d in corpus.documents if d.kind is not Kind.STATUTE]
    told = [d for d in held if d.title in text or (d.collection.attribution or d.title) in text]
    names = {name for d in told for name in (d.title, d.collection.attribution) if name}
    names |= {locator_of(a, d.collection) for d in told for a in d.articles}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "，")
    return text


def cite(evidence: Evidence, n: int, corpus: Corpus, day: date) -> Citation:
    """The citation of a piece of evidence, with its validity on ``day``."""
    document, article = corpus.find(evidence.document_id, evidence.key)
    locator = locator_over(article, document.collection, evidence.start, evidence.end)
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
        is_added=document.title in corpus.added,
    )
