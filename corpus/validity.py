"""What is in force on a given day.

The rule: dates and repeal clauses decide, never the status that a source claims. A version is in
force from its effective date until a later version of the same title takes effect, a statute
repeals the title 「同时废止」, another text takes its place, or its last day is over.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus.collection import Kind, Validity
from corpus.language import title_form
from corpus.types import Article, Document, Status

_REPEAL = re.compile(r"[^。]*同时废止")
_TITLE = re.compile(r"《([^《》]+)》")
#: So many texts' repeal clauses are remembered: with every document that staff add all are asked.
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Repeal:
    """A title that lost force on ``day`` by the article with the key ``by``."""

    title: str
    day: date
    by: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """A title whose place the text ``by`` has from ``day`` on."""

    title: str
    day: date
    by: str


def find_repeals(documents: Iterable[Document]) -> dict[str, Repeal]:
    """Read the repeal clauses of all statutes: repealed title → Repeal."""
    repeals: dict[str, Repeal] = {}
    for document in documents:
        if document.kind is not Kind.STATUTE or document.effective is None:
            continue
        for title, key in _repealed_in(document.articles):
            # A regulation made anew repeals its earlier version by the title of both.
            if title != document.title:
                repeals[title] = Repeal(title, document.effective, key)
    return repeals


@lru_cache(maxsize=_REMEMBERED)
def _repealed_in(articles: tuple[Article, ...]) -> tuple[tuple[str, str], ...]:
    """The titles in repeal clauses, each with the key of its article."""
    return tuple(
        (title, article.key)
        for article in articles
        for clause in _REPEAL.findall(article.text)
        for title in _TITLE.findall(clause)
    )


def status_on(
    document: Document,
    day: date,
    versions: Iterable[Document],
    repeal: Repeal | None,
    replacement: Replacement | None = None,
) -> Status:
    """What ``document`` is on ``day``; ``versions`` are all versions of its title.

    Of policy texts they are all those of its issuer: the latest one that is there by the day holds.
    ``replacement`` is the text of another title that takes its place.
    """
    if repeal is None or repeal.day > day:
        if document.expires and document.expires < day:
            return Status.EXPIRED
        if replacement and replacement.day <= day:
            return Status.SUPERSEDED
    validity = document.collection.validity
    if validity is not Validity.DATES:
        return _status_of_policy(document, day, versions)
    start = document.in_force_from
    if start is None:
        return Status.UNDATED
    if start > day:
        return Status.NOT_YET
    if repeal and repeal.day <= day:
        return Status.REPEALED
    starts = (version.in_force_from for version in versions)
    superseded = any(other and start < other <= day for other in starts)
    return Status.SUPERSEDED if superseded else Status.IN_FORCE


def begins(document: Document) -> date:
    """The day from which a version counts; the first of all where nothing tells it."""
    if document.collection.validity is Validity.DATES:
        return document.in_force_from or date.min
    return document.adopted or document.received or date.min


def find_replacements(
    documents: Iterable[Document], may_replace: Callable[[Document], bool] = lambda document: True
) -> dict[str, Replacement]:
    """By title, which of the documents takes its place, the first to do so.

    One that tells no day has it at once; ``may_replace`` tells whether it is believed.
    """
    held = list(documents)
    titles = {title_form(document.title): document.title for document in held}
    found: dict[str, Replacement] = {}
    for document in held:
        old = titles.get(title_form(document.replaces), "")
        if old and old != document.title and may_replace(document):
            day = document.in_force_from or document.adopted or date.min
            if old not in found or day < found[old].day:
                found[old] = Replacement(old, day, document.title)
    return found


def _status_of_policy(document: Document, day: date, versions: Iterable[Document]) -> Status:
    if document.adopted and document.adopted > day:
        return Status.NOT_YET
    own = begins(document)
    later = (begins(v) for v in versions if v.adopted and v.adopted <= day)
    if any(other > own for other in later):
        return Status.EARLIER
    return Status.NEWS if document.collection.validity is Validity.NEWS else Status.POLICY
