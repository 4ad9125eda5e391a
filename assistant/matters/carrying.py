"""What carries a statement: the 条, 款 or 项 that it points to, in the version of the day."""

from datetime import date

from assistant.extracting import item_with_lead, part, whole
from assistant.types import Evidence
from corpus.catalog import Corpus
from corpus.collections import Statement
from corpus.types import Status

_HOLDS = (Status.IN_FORCE, Status.NEWS, Status.POLICY, Status.UNDATED)


def evidence_of(target: str, corpus: Corpus, day: date) -> tuple[Evidence, ...]:
    """The evidence for ``key`` or ``key|part`` (as in ``Span.part``), a 项 with its leading
    sentence; empty where it is not there or not in force on ``day``."""
    key, _, named = target.partition("|")
    found = corpus.article(key, day)
    if found is None or corpus.status(found[0], day) not in _HOLDS:
        return ()
    if not named:
        return (whole(*found),)
    paragraph, _, item = named.partition(".")
    if item and (listed := item_with_lead(*found, int(paragraph), int(item))):
        return listed
    piece = part(*found, int(paragraph), int(item) if item else None)
    return (piece,) if piece else ()


def is_usable(statement: Statement, corpus: Corpus, day: date) -> bool:
    """Whether all that a statement points to is there and in force on ``day``."""
    return all(evidence_of(target, corpus, day) for target in statement.by)
