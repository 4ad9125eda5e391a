"""What commands, the interface for programs and the tools of agents give back, as plain data."""

from datetime import date
from typing import Any

from assistant.types import ADDED_LABEL
from corpus.catalog import Corpus
from corpus.key import Key
from corpus.loading import load_whole
from index.types import ScoredPassage


def hit_json(hit: ScoredPassage) -> dict[str, Any]:
    """A search hit."""
    found = hit.passage
    return {
        "key": found.key,
        "score": hit.score,
        "title": found.title,
        "locator": found.locator,
        "text": found.text,
    }


def passage_json(corpus: Corpus, key: str, day: date) -> dict[str, Any] | None:
    """An article with its validity on a day; None where there is none of this key."""
    corpus = load_whole(corpus, [Key.parse(key).owner])
    found = corpus.article(key, day)
    if found is None:
        return None
    document, article = found
    return {
        "key": key,
        "title": document.title,
        "path": list(article.path),
        "label": article.label,
        "text": article.text,
        "note": article.note,
        "status": corpus.status(document, day).value,
        "effective_date": document.effective.isoformat() if document.effective else "",
        "url": document.url,
        **({"added": ADDED_LABEL} if document.title in corpus.added else {}),
        "governed_by": list(corpus.governing(key, day)),
        "as_of": day.isoformat(),
    }
