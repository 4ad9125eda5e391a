"""The gate between a draft and an answer: a sentence stays only if its passages carry it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.gate.facts import acts, ranges_stand, states_the_same
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
from corpus.language import (
    Reference,
    amounts,
    authorities,
    clauses,
    fold,
    numbers,
    parse_references,
    squeeze,
)
from corpus.splitting import locator_of, spans
from corpus.types import Article, Document, Status

_QUOTE = re.compile(r"「([^「」]+)」")
_NOTHING_LEFT = f"{NOT_COVERED}能核对无误的答案，请换个说法再问，或向主管部门咨询。"
_TITLE_MARKS = str.maketrans({"《": "，", "》": "，"})
#: A part of a policy text, named as such.
_PART = re.compile("“[^”]*”部分")


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
            Sentence(s.shown, tuple(dict.fromkeys(numbers[e] for e in s.evidence)), s.part)
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
        return not _QUOTE.search(sentence.text)
    if not sentence.evidence:
        # The name of a text that is held may have a year in it.
        told = set(numbers(squeeze(_without_held(sentence.text, corpus))))
        return not _QUOTE.search(sentence.text) and told <= set(numbers(squeeze(query.question)))
    return carries(sentence.text, sentence.evidence, corpus, query.as_of, is_ours=sentence.is_ours)


def carries(
    text: str,
    evidence: Sequence[Evidence],
    corpus: Corpus,
    day: date,
    is_ours: bool = False,
) -> bool:
    """Whether the evidence carries a sentence, to the letter where it quotes.

    Words in 「」 stand verbatim in one piece of evidence. Of the words around them every amount,
    authority, title and article stands in the evidence, a status is that of the document cited,
    and no clause forbids, obliges, permits or denies what the nearest clause of the source does
    not. A reviewed statement (``is_ours``) tells it in other words: it does nothing that its source
    as a whole does not do.
    """
    quotes = [quote_of(piece, corpus) for piece in evidence]
    squeezed = [squeeze(quote) for quote in quotes]
    if not all(
        any(squeeze(quoted) in quote for quote in squeezed) for quoted in _QUOTE.findall(text)
    ):
        return False
    own = _QUOTE.sub("", text)
    documents = [corpus.find(piece.document_id, piece.key) for piece in evidence]
    if not _names_only(own, documents, quotes, corpus):
        return False
    attributed = _without_attributions(own, documents, corpus)
    if attributed is None:
        return False
    own = _without_names(attributed, corpus)
    if (told := _status_told(own, documents, quotes, corpus, day)) is None:
        return False
    source = "\n".join(quotes)
    return (
        amounts(told) <= amounts(source)
        and ranges_stand(told, source)
        and all(_is_named(name, source) for name in authorities(told))
        and (
            acts(told) <= acts(source)
            if is_ours
            else all(states_the_same(clause, source) for clause in clauses(told))
        )
    )


def _is_named(authority: str, source: str) -> bool:
    """Whether an authority stands in the source, not only as the beginning of another's name
    (公安机关交通管理部门). 国务院 is read alone also where it begins one."""
    name, text = squeeze(authority), squeeze(source)
    for other in map(squeeze, authorities(source)):
        if name != "国务院" and other != name and other.startswith(name):
            text = text.replace(other, "")
    return name in text


def _names_only(
    text: str, cited: Sequence[tuple[Document, Article]], quotes: Sequence[str], corpus: Corpus
) -> bool:
    """Whether every title and article that the text names is cited or stands in a quote."""
    titles = {document.title for document, _ in cited}
    keys = {article.key for _, article in cited}
    for reference in parse_references(text, corpus.names):
        if reference.article is not None:
            title = reference.title or next(iter(titles))
            if replace(reference, title=title).key not in keys:
                return False
        elif reference.title not in titles and not any(
            name in squeeze(quote)
            for quote in quotes
            for name in (squeeze(reference.title or "《"), _as_written(text, reference))
        ):
            return False
    return True


def _as_written(text: str, reference: Reference) -> str:
    """A title in the words in which the text names it."""
    return squeeze(fold(text)[reference.start : reference.end].strip("《》"))


def _without_names(text: str, corpus: Corpus) -> str:
    """The text without titles, articles and the labels of the policy text's parts."""
    folded = fold(text)
    for reference in reversed(parse_references(folded, corpus.names)):
        folded = folded[: reference.start] + "，" + folded[reference.end :]
    return folded.translate(_TITLE_MARKS)


def _without_held(text: str, corpus: Corpus) -> str:
    """The text without the names of the policy texts that are held, and of their parts."""
    names = {d.collection.attribution or d.title for d in corpus.policies}
    names |= {locator_of(a, d.collection) for d in corpus.policies for a in d.articles}
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "，")
    return text


def _without_attributions(
    text: str, cited: Sequence[tuple[Document, Article]], corpus: Corpus
) -> str | None:
    """The text without the names of policy texts and of their parts; None where it names one that
    is not cited."""
    named = {c.attribution for c in corpus.collections if c.attribution}
    ours = {document.collection.attribution for document, _ in cited}
    parts = {locator_of(article, document.collection) for document, article in cited}
    for name in sorted(named, key=len, reverse=True):
        if name in text and name not in ours:
            return None
        text = text.replace(name, "，")
    for part in sorted(parts, key=len, reverse=True):
        text = text.replace(part, "，")
    return None if _PART.search(text) else text


def _status_told(
    text: str,
    cited: Sequence[tuple[Document, Article]],
    quotes: Sequence[str],
    corpus: Corpus,
    day: date,
) -> str | None:
    """The text without what it says of validity; None where that is not so."""
    statuses = {corpus.status(document, day) for document, _ in cited}
    if "尚未施行" in text and Status.NOT_YET not in statuses:
        return None
    if "已经废止" in text and not any("废止" in quote for quote in quotes):
        return None
    return text.replace("尚未施行", "").replace("已经废止", "")


def quote_of(evidence: Evidence, corpus: Corpus) -> str:
    """The words of the source that the evidence points to."""
    _, article = corpus.find(evidence.document_id, evidence.key)
    return article.text[evidence.start : evidence.end]


def cite(evidence: Evidence, n: int, corpus: Corpus, day: date) -> Citation:
    """The citation of a piece of evidence, with its validity on ``day``."""
    document, article = corpus.find(evidence.document_id, evidence.key)
    covered = [
        span
        for span in spans(article, document.collection)
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
