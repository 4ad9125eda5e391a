"""What carries a statement: the 条, 款 or 项 that it points to, in the version of the day."""

from datetime import date
from enum import StrEnum

from assistant.extracting import item_with_lead
from assistant.types import Evidence
from corpus.catalog import Corpus
from corpus.collections import Ask, Matter, Statement, text_id
from corpus.types import Article, Document, Status

_HOLDS = (Status.IN_FORCE, Status.NEWS, Status.POLICY, Status.UNDATED)


class Fault(StrEnum):
    """Why a statement can't be said: what has become of something that it points to."""

    GONE = "找不到了"
    NOT_IN_FORCE = "当天不施行"
    REPLACED = "换了新版本"
    CHANGED = "变了"


def evidence_of(target: str, corpus: Corpus, day: date) -> tuple[Evidence, ...]:
    """The evidence for ``key`` or ``key|part`` (as in ``Span.part``), a 项 with its leading
    sentence; empty where it is not there or not in force on ``day``."""
    found = place_of(target, corpus, day)
    if found is None or corpus.status(found[0], day) not in _HOLDS:
        return ()
    document, article, (start, end) = found
    paragraph, _, item = target.partition("|")[2].partition(".")
    if item and (listed := item_with_lead(document, article, int(paragraph), int(item))):
        return listed
    return (Evidence(document.id, article.key, start, end),)


def place_of(
    target: str, corpus: Corpus, day: date
) -> tuple[Document, Article, tuple[int, int]] | None:
    """The article and ``[start:end]`` in it of a target that somebody wrote; None where there is no
    such, and where a part is no number."""
    try:
        return corpus.part_of(target, day)
    except ValueError:
        return None


def fault_of(statement: Statement, number: int, corpus: Corpus, day: date) -> Fault | None:
    """What has become of the target ``number`` of a statement; None where it carries it still."""
    target = statement.by[number]
    found = place_of(target, corpus, day)
    if found is None:
        return Fault.GONE
    if not evidence_of(target, corpus, day):
        return Fault.NOT_IN_FORCE
    if not statement.reviewed:
        return None if corpus.is_as_reviewed(target, day) else Fault.CHANGED
    if number >= len(statement.reviewed):
        return Fault.CHANGED
    document, article, (start, end) = found
    held = statement.reviewed[number]
    if held.text != text_id(article.text[start:end]):
        return Fault.CHANGED
    return None if held.document == document.id else Fault.REPLACED


def is_usable(statement: Statement, corpus: Corpus, day: date) -> bool:
    """Whether all that a statement points to is in force on ``day`` and says what it said."""
    targets = range(len(statement.by))
    return all(fault_of(statement, number, corpus, day) is None for number in targets)


def is_unsaid(ask: Ask, corpus: Corpus) -> bool:
    """Whether the corpus does not say what is asked: nothing is stated, and no text was added since
    that decides it."""
    is_held = len(corpus.lacking(ask.needs)) < len(ask.needs)
    return not ask.statement and not is_held


def says_something(matter: Matter, corpus: Corpus, day: date) -> bool:
    """Whether a matter holds on ``day`` and has anything left to say."""
    return matter.holds_on(day) and any(
        not ask.statement or any(is_usable(s, corpus, day) for s in ask.statement)
        for ask in matter.ask
    )
