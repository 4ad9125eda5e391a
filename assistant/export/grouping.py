"""Citations put together: of one document, and in it of one article."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from assistant.types import Citation
from corpus.language import parse_references

_Name = TypeVar("_Name", bound=Hashable)


def by_document(citations: Iterable[Citation]) -> list[list[list[Citation]]]:
    """Documents in the order in which they are first cited, of each its articles likewise, of an
    article the citations in the order of its 款 and 项.

    Versions of one title are documents of their own.
    """
    return [
        [sorted(article, key=_place) for article in _together(document, lambda c: c.key)]
        for document in _together(citations, lambda c: (c.title, c.status, c.effective_date))
    ]


def _together(
    cited: Iterable[Citation], name: Callable[[Citation], _Name]
) -> Iterable[list[Citation]]:
    """What has one name, in the order in which the names come up."""
    groups: dict[_Name, list[Citation]] = {}
    for citation in cited:
        groups.setdefault(name(citation), []).append(citation)
    return groups.values()


def _place(citation: Citation) -> tuple[int, int, int]:
    """Where in its article a citation stands: its 款, its 项, and its number."""
    found = parse_references(citation.locator, {})
    paragraph, item = (found[0].paragraph, found[0].item) if found else (0, 0)
    return paragraph or 0, item or 0, citation.n
