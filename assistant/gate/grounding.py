"""The gate between a draft and an answer: a sentence stays only if its passages carry it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.gate.facts import acts, ranges_stand, states_the_same
from assistant.types import (
    Evidence,
)
from corpus.catalog import Corpus
from corpus.language import (
    Reference,
    amounts,
    authorities,
    clauses,
    fold,
    parse_references,
    squeeze,
)
from corpus.splitting import locator_of
from corpus.types import Article, Document, Status

QUOTED = re.compile(r"「([^「」]+)」")
_TITLE_MARKS = str.maketrans({"《": "，", "》": "，"})
#: A part of a policy text, named as such.
_PART = re.compile("“[^”]*”部分")


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
    told = own_words(text, evidence, corpus, day)
    if told is None:
        return False
    source = "\n".join(quote_of(piece, corpus) for piece in evidence)
    return (
        amounts(told) <= amounts(source)
        and ranges_stand(told, source)
        and names_stand(told, source)
        and (
            acts(told) <= acts(source)
            if is_ours
            else all(states_the_same(clause, source) for clause in clauses(told))
        )
    )


def own_words(text: str, evidence: Sequence[Evidence], corpus: Corpus, day: date) -> str | None:
    """The words of a sentence outside quotes, without the names of what is cited; None where a
    quote, a title, an article or a status is not that of the evidence."""
    quotes = [quote_of(piece, corpus) for piece in evidence]
    squeezed = [squeeze(quote) for quote in quotes]
    if not all(
        any(squeeze(quoted) in quote for quote in squeezed) for quoted in QUOTED.findall(text)
    ):
        return None
    own = QUOTED.sub("", text)
    documents = [corpus.find(piece.document_id, piece.key) for piece in evidence]
    if not _names_only(own, documents, quotes, corpus):
        return None
    attributed = _without_attributions(own, documents, corpus)
    if attributed is None:
        return None
    own = _without_names(attributed, corpus)
    return _status_told(own, documents, quotes, corpus, day)


def names_stand(text: str, source: str) -> bool:
    """Whether every authority that acts in the text stands in the source."""
    return all(_is_named(name, source) for name in authorities(text))


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
