"""Which article of a statute punishes the breach of which duty.

The table is ours, made by reading the liability chapters against the duties; it is used to find and
to show both together and never shown as official.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable

from corpus.errors import CorpusError


@dataclass(frozen=True, slots=True)
class LiabilityLink:
    """``liability`` (in its 款 and 项, where given) punishes the breach of ``duty``; keys."""

    duty: str
    liability: str
    paragraph: int | None = None
    item: int | None = None


class LiabilityLinks:
    """The table, read from both ends."""

    def __init__(self, links: Iterable[LiabilityLink] = ()) -> None:
        self._of_duty: dict[str, list[LiabilityLink]] = defaultdict(list)
        self._of_liability: dict[str, list[LiabilityLink]] = defaultdict(list)
        for link in links:
            self._of_duty[link.duty].append(link)
            self._of_liability[link.liability].append(link)

    def punishing(self, duty: str) -> tuple[LiabilityLink, ...]:
        """What punishes the breach of this article, the most direct first."""
        return tuple(self._of_duty.get(duty, ()))

    def punished_by(
        self, liability: str, paragraph: int | None = None, item: int | None = None
    ) -> tuple[LiabilityLink, ...]:
        """The duties whose breach this article (this 款, this 项) punishes."""
        return tuple(
            link
            for link in self._of_liability.get(liability, ())
            if paragraph in (None, link.paragraph) and (item is None or link.item in (None, item))
        )

    def linked(self, key: str) -> frozenset[str]:
        """What punishes the breach of this article, and the duties whose breach it punishes."""
        punishing = {link.liability for link in self.punishing(key)}
        return frozenset(punishing | {link.duty for link in self.punished_by(key)})


def load_liability_links(file: Traversable) -> LiabilityLinks:
    """The bundled table; CorpusError where it cannot be read."""
    try:
        return _parsed(file.read_text("utf-8"))
    except (OSError, ValueError, TypeError) as error:
        raise CorpusError("义务与责任对照表读不懂，请恢复 liability_links.jsonl。") from error


# With every document that staff add the corpus is put together anew.
@lru_cache(maxsize=2)
def _parsed(text: str) -> LiabilityLinks:
    return LiabilityLinks(LiabilityLink(**json.loads(line)) for line in text.splitlines())
