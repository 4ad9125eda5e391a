"""What carries a statement: the 条, 款 or 项 that it points to, in the version of the day."""

from datetime import date

from assistant.extracting import item_with_lead
from assistant.types import Evidence
from corpus.catalog import Corpus
from corpus.collections import Statement
from corpus.types import Status

_HOLDS = (Status.IN_FORCE, Status.NEWS, Status.POLICY, Status.UNDATED)


def evidence_of(target: str, corpus: Corpus, day: date) -> tuple[Evidence, ...]:
    """The evidence for ``key`` or ``key|part`` (as in ``Span.part``), a 项 with its leading
    sentence; empty where it is not there or not in force on ``day``."""
    found = corpus.part_of(target, day)
    if found is None or corpus.status(found[0], day) not in _HOLDS:
        return ()
    document, article, (start, end) = found
    paragraph, _, item = target.partition("|")[2].partition(".")
    if item and (listed := item_with_lead(document, article, int(paragraph), int(item))):
        return listed
    return (Evidence(document.id, article.key, start, end),)


def is_usable(statement: Statement, corpus: Corpus, day: date) -> bool:
    """Whether all that a statement points to is in force on ``day`` and says what it said."""
    return all(
        evidence_of(target, corpus, day) and corpus.is_as_reviewed(target, day)
        for target in statement.by
    )
