"""What a quoted text was on the day of an answer, and what it is today, in the reader's words."""

from collections.abc import Callable, Iterator
from datetime import date

from corpus.catalog import Corpus
from corpus.key import Key
from corpus.types import Article, Document, Status

#: Key and quote of a citation → what its text is today; None where that needs no saying.
Standing = Callable[[str, str], Status | None]

#: What is said of the answer's own day where that is not today.
_THEN = {
    Status.IN_FORCE: "当日有效",
    Status.REPEALED: "当日已废止",
    Status.EXPIRED: "当日已失效",
    Status.SUPERSEDED: "当日已有新版本",
    Status.NOT_YET: "当日尚未施行",
}
#: What is said of today beside it. A report and an undated text are the same on every day.
_NOW = {
    Status.IN_FORCE: "现行有效",
    Status.REPEALED: "现已废止",
    Status.EXPIRED: "现已失效",
    Status.SUPERSEDED: "现已有新版本",
    Status.NOT_YET: "现尚未施行",
    Status.EARLIER: "现已有新的部署",
}


def said_of_day(status: str) -> str:
    """A status on a day that is not today: 现行有效 → 当日有效."""
    return next((words for known, words in _THEN.items() if known.value == status), status)


def said_of_today(status: Status) -> str:
    """A status today, beside that of another day: 已废止 → 现已废止; empty for a report."""
    return _NOW.get(status, "")


def find_version(
    corpus: Corpus, key: str, day: date, quote: str = ""
) -> tuple[Document, Article, bool] | None:
    """The article ``key`` in the version that holds the quote, and whether one does.

    The version shown for ``day`` comes first, then the latest; where none holds the quote it is
    the first of them. None where the corpus has no such article.
    """
    versions = list(_versions(corpus, key, day))
    holding = next(((d, a) for d, a in versions if quote in a.text), None)
    if not versions:
        return None
    document, article = holding or versions[0]
    return document, article, holding is not None


def standing_today(corpus: Corpus, day: date, today: date) -> Standing:
    """What texts are today that were quoted as of ``day``; nothing where both are one."""

    def of(key: str, quote: str) -> Status | None:
        found = None if day == today else find_version(corpus, key, day, quote)
        return corpus.status(found[0], today) if found else None

    return of


def _versions(corpus: Corpus, key: str, day: date) -> Iterator[tuple[Document, Article]]:
    shown = corpus.article(key, day)
    if shown:
        yield shown
    for document in reversed(corpus.versions(Key.parse(key).owner)):
        yield from ((document, a) for a in document.articles if a.key == key)
