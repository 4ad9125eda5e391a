"""What a reader must know of a text's validity before relying on it, in the text's own words."""

import re
from collections.abc import Iterable
from datetime import date

from assistant.extracting.quoting import quote
from assistant.extracting.units import whole
from assistant.types import DraftSentence, Evidence, Query
from corpus.catalog import Corpus
from corpus.key import short_title
from corpus.language import Reference
from corpus.splitting import sentences
from corpus.types import Document, Status

_COMMENCES = re.compile(r"自.{2,12}起施行")


def tell_validity(
    query: Query, references: Iterable[Reference], corpus: Corpus
) -> list[DraftSentence]:
    """Whether the named titles are in force, and since or from when."""
    drafted: list[DraftSentence] = []
    for title in dict.fromkeys(r.title for r in references if r.title):
        shown = corpus.version_on(title, query.as_of)
        for document in corpus.versions(title):
            notes = note_status(document, query.as_of, corpus)
            if document is shown and not notes:
                notes = _commencement(query, document, corpus)
            drafted += notes if document is shown or notes else []
    return drafted


def note_titles(references: Iterable[Reference], day: date, corpus: Corpus) -> list[DraftSentence]:
    """A note for each named title that is not in force on ``day``."""
    notes: list[DraftSentence] = []
    for title in dict.fromkeys(r.title for r in references if r.title):
        document = corpus.version_on(title, day)
        if document:
            notes += note_status(document, day, corpus)
    return notes


def note_status(document: Document, day: date, corpus: Corpus) -> list[DraftSentence]:
    """A note where the document is not in force on ``day``, else nothing."""
    status = corpus.status(document, day)
    if status is Status.EARLIER:
        return [DraftSentence("下面引的是较早的部署，同一机关之后已有新的部署。")]
    if status is Status.NOT_YET:
        return [_not_yet(document, corpus)]
    if status is Status.EXPIRED and document.expires:
        title, last = short_title(document.title), _date(document.expires)
        return [DraftSentence(f"《{title}》的有效期到{last}为止，已经失效。")]
    replacement = corpus.replacements.get(document.title)
    if status is Status.SUPERSEDED and replacement and replacement.day <= day:
        title = short_title(document.title)
        return [DraftSentence(f"《{title}》已由《{replacement.by}》取代。")]
    repeal = corpus.repeal(document.title)
    if status is not Status.REPEALED or repeal is None:
        return []
    found = corpus.article(repeal.by, day)
    if found is None:
        return []
    by, clause = found
    text = (
        f"《{short_title(document.title)}》已经废止："
        f"《{short_title(by.title)}》自{_date(repeal.day)}起施行，该法同时废止。"
    )
    return [DraftSentence(text, (whole(by, clause),))]


def _not_yet(document: Document, corpus: Corpus) -> DraftSentence:
    revised = "新修订的" if len(corpus.versions(document.title)) > 1 else ""
    name = f"{revised}《{short_title(document.title)}》尚未施行"
    for article in reversed(document.articles):
        if document.effective and f"自{_date(document.effective)}起施行" in article.text:
            text = f"{name}，自{_date(document.effective)}起施行。"
            return DraftSentence(text, (whole(document, article),))
    return DraftSentence(f"{name}。", (whole(document, document.articles[-1]),))


def _commencement(query: Query, document: Document, corpus: Corpus) -> list[DraftSentence]:
    """The clause by which a text takes effect."""
    for article in reversed(document.articles):
        for start, end in sentences(article.text, 0, len(article.text)):
            if _COMMENCES.search(article.text, start, end):
                evidence = (Evidence(document.id, article.key, start, end),)
                return quote(query, corpus, document, article, evidence)
    return []


def _date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
