"""What is loaded: the documents of the corpus, found by key, by name and by day."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from importlib import resources

from corpus.errors import CorpusError
from corpus.policy import load_policy
from corpus.splitting import split
from corpus.statutes import StatuteEntry, load_statutes
from corpus.types import Article, Document, Passage, Status
from corpus.validity import Repeal, find_repeals, status_on

_PREFIX = "中华人民共和国"


class Corpus:
    """An immutable set of documents.

    ``names`` maps further names of a title (short, colloquial) to the title.
    """

    def __init__(self, documents: Iterable[Document], names: dict[str, str] | None = None) -> None:
        self.documents = tuple(documents)
        self._by_id = {document.id: document for document in self.documents}
        self._versions: dict[str, list[Document]] = defaultdict(list)
        self._articles: dict[str, list[tuple[Document, Article]]] = defaultdict(list)
        for document in self.documents:
            self._versions[document.title].append(document)
            for article in document.articles:
                self._articles[article.key].append((document, article))
        self.repeals = find_repeals(self.documents)
        self.names = {title: title for title in self._versions}
        self.names |= {title.removeprefix(_PREFIX): title for title in self._versions}
        self.names |= names or {}

    def document(self, document_id: str) -> Document:
        """The document with this id; KeyError where there is none."""
        return self._by_id[document_id]

    def versions(self, title: str) -> tuple[Document, ...]:
        """All loaded versions of a title, oldest first; empty for an unknown one."""
        return tuple(self._versions.get(title, ()))

    def status(self, document: Document, day: date) -> Status:
        """What the document is on ``day``."""
        versions = self._versions[document.title]
        return status_on(document, day, versions, self.repeals.get(document.title))

    def repeal(self, title: str) -> Repeal | None:
        """The repeal of a title, whatever the day."""
        return self.repeals.get(title)

    def version_on(self, title: str, day: date) -> Document | None:
        """The version to show for ``day``: the latest one begun by then, else the first to come."""
        versions = sorted(self.versions(title), key=lambda v: v.in_force_from or date.min)
        begun = [v for v in versions if (v.in_force_from or date.min) <= day]
        return begun[-1] if begun else next(iter(versions), None)

    def article(self, key: str, day: date) -> tuple[Document, Article] | None:
        """The article with this key in the version to show for ``day``."""
        found = self._articles.get(key, [])
        if not found:
            return None
        shown = self.version_on(found[0][0].title, day)
        return next((pair for pair in found if pair[0] is shown), None)

    def passages(self) -> list[Passage]:
        """Every passage of every document, in the catalog's order."""
        return [passage for document in self.documents for passage in split(document)]

    def fingerprint(self) -> str:
        """A hash over all passages: it changes when a text or the splitting does."""
        digest = hashlib.sha256()
        for passage in self.passages():
            digest.update(passage.id.encode())
        return digest.hexdigest()


def read_numbers(ranges: Iterable[str]) -> frozenset[int]:
    """``["9", "288-296"]`` → the numbers."""
    numbers: set[int] = set()
    for text in ranges:
        first, _, last = text.partition("-")
        numbers.update(range(int(first), int(last or first) + 1))
    return frozenset(numbers)


def load_corpus() -> Corpus:
    """The bundled corpus: the policy text and the statutes of the catalog."""
    try:
        data = tomllib.loads(
            (resources.files("corpus") / "data" / "catalog.toml").read_text("utf-8")
        )
        entries = [
            StatuteEntry(
                item["title"],
                tuple(item.get("names", ())),
                read_numbers(item["articles"]) if "articles" in item else None,
            )
            for item in data["statute"]
        ]
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(f"目录文件 catalog.toml 读不懂（{error}），请恢复原文件。") from error
    names = {name: entry.title for entry in entries for name in entry.names}
    return Corpus([load_policy(), *load_statutes(entries, data["official_page"])], names)
