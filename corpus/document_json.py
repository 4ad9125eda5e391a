"""A document as plain data and back: how it is kept, and how it is told between processes."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from corpus.collection import Kind
from corpus.types import Article, Document

#: Fields that came later: left out where they say nothing, so that a document that was kept before
#: is still the same one.
_LATER = ("expires", "replaces", "part_of")


def to_json(document: Document) -> dict[str, Any]:
    """The fields of a document without its collection, which the rest tells; days as ISO dates."""
    fields = asdict(document)
    del fields["collection"]
    for name in _LATER:
        if not fields[name]:
            del fields[name]
    for article in fields["articles"]:
        if article["page"] is None:
            del article["page"]
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in fields.items()}


def from_json(fields: Mapping[str, Any]) -> Document:
    """The document that ``to_json`` told of; KeyError, TypeError or ValueError where it is none."""
    return Document(
        title=fields["title"],
        kind=Kind(fields["kind"]),
        issuer=fields["issuer"],
        adopted=_day(fields["adopted"]),
        effective=_day(fields["effective"]),
        url=fields["url"],
        articles=tuple(
            Article(a["key"], a["label"], tuple(a["path"]), a["text"], a["note"], a.get("page"))
            for a in fields["articles"]
        ),
        byline=tuple((k, v) for k, v in fields["byline"]),
        repairs=tuple((k, v) for k, v in fields["repairs"]),
        received=_day(fields.get("received")),
        expires=_day(fields.get("expires")),
        replaces=fields.get("replaces", ""),
        part_of=fields.get("part_of", ""),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
