"""What is asked in just the words that the bureau's staff wrote down: no likelihood is needed."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from assistant.matters.carrying import says_something
from corpus.catalog import Corpus
from corpus.collections import Matter
from corpus.language import squeeze

_END = "。？！?!"


def find_verbatim(
    texts: Iterable[str], corpus: Corpus, day: date
) -> tuple[Matter, int | None] | None:
    """The bureau's own matter whose telling one of ``texts`` is, or whose ask, with its number.

    None where there is none that says something on ``day``.
    """
    told = _told_by(corpus)
    for text in texts:
        found = told.get(_plain(text, corpus))
        if found and says_something(found[0], corpus, day):
            return found
    return None


@lru_cache(maxsize=2)
def _told_by(corpus: Corpus) -> dict[str, tuple[Matter, int | None]]:
    """By their words, the tellings and ways of asking of all own matters."""
    found: dict[str, tuple[Matter, int | None]] = {}
    for matter in corpus.matters:
        if not matter.is_own:
            continue
        for i, ask in enumerate(matter.ask):
            for text in ask.asked:
                found.setdefault(_plain(text, corpus), (matter, i))
        for text in matter.tellings:
            found.setdefault(_plain(text, corpus), (matter, None))
    found.pop("", None)
    return found


def _plain(text: str, corpus: Corpus) -> str:
    return squeeze(corpus.places.strip(text)).rstrip(_END)
