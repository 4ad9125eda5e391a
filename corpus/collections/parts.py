"""The parts of policy texts that people call by their names: 降碳, 减污."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.types import Document


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A part of a policy text. ``is_everyday`` tells that its label is an everyday word as well:
    「增长」 is part of other words (稳增长, 增长率) that name no part; ``beside`` are the labels
    that it may be listed with."""

    key: str
    label: str
    document_id: str
    place: str
    is_everyday: bool
    beside: tuple[str, ...]

    def named_in(self, text: str) -> bool:
        """Whether a folded text names the part."""
        if not self.is_everyday:
            return self.label in text
        return _everyday(self.label, self.beside).search(text) is not None


@lru_cache(maxsize=64)
def _everyday(label: str, beside: tuple[str, ...]) -> re.Pattern[str]:
    others = "|".join(beside) or "(?!)"
    return re.compile(
        rf"[“\"「『]{label}[”\"」』]|(?<![\u4e00-\u9fff]){label}(?:方面|部分|[这那]?一?[块板])"
        rf"|{label}(?:方面|部分|[这那]?一?块|板块)|(?:{others})[、和与,跟]?{label}"
    )


def named_parts(document: Document) -> Iterator[NamedPart]:
    """The parts of a text whose parts people call by name; none of any other text."""
    rules = document.collection.cut
    if not rules.names_parts:
        return
    labels = [article.label for article in document.articles]
    beside = tuple(label for label in labels if label not in rules.everyday)
    for article in document.articles:
        yield NamedPart(
            article.key,
            article.label,
            document.id,
            document.collection.place_name,
            article.label in rules.everyday,
            beside,
        )
