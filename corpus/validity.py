"""What is in force on a given day.

The rule: dates and repeal clauses decide, never the status that a source claims. A version is in
force from its effective date until a later version of the same title takes effect or a statute
repeals the title 「同时废止」.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.types import Document, Kind, Status

_REPEAL = re.compile(r"[^。]*同时废止")
_TITLE = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True, slots=True)
class Repeal:
    """A title that lost force on ``day`` by the article with the key ``by``."""

    title: str
    day: date
    by: str


def find_repeals(documents: Iterable[Document]) -> dict[str, Repeal]:
    """Read the repeal clauses of all statutes: repealed title → Repeal."""
    repeals: dict[str, Repeal] = {}
    for document in documents:
        if document.kind is not Kind.STATUTE or document.effective is None:
            continue
        for article in document.articles:
            for clause in _REPEAL.findall(article.text):
                for title in _TITLE.findall(clause):
                    repeals[title] = Repeal(title, document.effective, article.key)
    return repeals


def status_on(
    document: Document, day: date, versions: Iterable[Document], repeal: Repeal | None
) -> Status:
    """What ``document`` is on ``day``; ``versions`` are all versions of its title."""
    if document.kind is Kind.POLICY:
        return Status.NEWS
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
