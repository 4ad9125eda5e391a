"""What is loaded: the documents of the corpus, found by key, by name and by day."""

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import resources

from corpus.collections import LayWording, load_lay_wording, load_policy
from corpus.errors import CorpusError
from corpus.language import Speller, count_pairs, fold, load_thesaurus
from corpus.splitting import split
from corpus.statutes import (
    LiabilityLinks,
    StatuteEntry,
    Successor,
    load_liability_links,
    load_statutes,
    load_successors,
)
from corpus.types import Article, Document, Kind, Passage, Status
from corpus.validity import Repeal, find_repeals, status_on


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that the catalog knows by name although it is not bundled."""

    title: str
    names: tuple[str, ...]
    issuer: str
    url: str


_PREFIX = "中华人民共和国"
_FIGURE = re.compile(r"[0-9]{2,}[\u4e00-\u9fff]")


class Corpus:
    """An immutable set of documents.

    ``names`` maps further names of a title (short, colloquial), folded, to the title; ``excerpts``
    are the titles of which only some articles are kept; ``not_loaded`` is what the catalog knows
    besides; ``added`` are the titles that users added.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        names: Mapping[str, str] | None = None,
        excerpts: Iterable[str] = (),
        not_loaded: Iterable[KnownDocument] = (),
        successors: Mapping[str, Successor] | None = None,
        lay_wording: Iterable[LayWording] = (),
        liability_links: LiabilityLinks | None = None,
        added: Iterable[str] = (),
    ) -> None:
        self.documents = tuple(documents)
        self.excerpts = frozenset(excerpts)
        self.added = frozenset(added)
        self.successors = successors or {}
        self.liability_links = liability_links or LiabilityLinks()
        self._by_id = {document.id: document for document in self.documents}
        self._versions: dict[str, list[Document]] = defaultdict(list)
        self._articles: dict[str, list[tuple[Document, Article]]] = defaultdict(list)
        for document in self.documents:
            self._versions[document.title].append(document)
            for article in document.articles:
                self._articles[article.key].append((document, article))
        self.lay_wording = tuple(w for w in lay_wording if w.key in self._articles)
        self._lay_texts: dict[str, list[str]] = defaultdict(list)
        for wording in self.lay_wording:
            self._lay_texts[wording.key] += wording.texts
        self._gists = {w.key: w.gist for w in self.lay_wording if w.gist and not w.part}
        self.repeals = find_repeals(self.documents)
        self.names = {title: title for title in self._versions}
        self.names |= {title.removeprefix(_PREFIX): title for title in self._versions}
        self.names |= names or {}
        self.not_loaded = {k.title: k for k in not_loaded if k.title not in self._versions}
        for known in self.not_loaded.values():
            self.names |= dict.fromkeys((known.title, *known.names), known.title)
        self.names = {fold(name): title for name, title in self.names.items()}

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

    def next_commencement(self, day: date) -> date | None:
        """The next day on which a loaded text takes effect, if any is still to."""
        ahead = [d.in_force_from for d in self.documents if d.in_force_from]
        return min((start for start in ahead if start > day), default=None)

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

    def gist(self, key: str) -> str:
        """What the article says in plain words, ours; empty where we have not written it."""
        return self._gists.get(key, "")

    def lay_texts(self, key: str) -> tuple[str, ...]:
        """All lay wording of an article and its parts."""
        return tuple(self._lay_texts.get(key, ()))

    def has_article(self, key: str) -> bool:
        """Whether any version of any document has an article with this key."""
        return key in self._articles

    def governing(self, key: str, day: date) -> tuple[str, ...]:
        """Keys of what governs today what the repealed article ``key`` did, the main one first."""
        found = self.article(key, day)
        if not found or self.status(found[0], day) is not Status.REPEALED:
            return ()
        successor = self.successors.get(key)
        return successor.new if successor else ()

    def passages(self) -> list[Passage]:
        """Every passage of every document, in the catalog's order."""
        return [passage for document in self.documents for passage in split(document)]

    @cached_property
    def speller(self) -> Speller:
        """Puts homophones of titles, headings and the thesaurus's words right."""
        articles = [article for document in self.documents for article in document.articles]
        headings = {name.split(" ")[-1] for article in articles for name in article.path}
        terms = {*self.names, *headings, *load_thesaurus().words}
        asked = (text for wording in self.lay_wording for text in wording.texts)
        return Speller(terms, count_pairs((*(article.text for article in articles), *asked)))

    @cached_property
    def local_words(self) -> tuple[frozenset[str], frozenset[str]]:
        """What only the policy text has, no statute: pairs of characters, and figures (126项)."""
        ours = [fold(a.text) for d in self.documents if d.kind is Kind.POLICY for a in d.articles]
        others = [a.text for d in self.documents if d.kind is not Kind.POLICY for a in d.articles]
        others += [t for w in self.lay_wording if "#" in w.key for t in w.texts]
        pairs = frozenset(count_pairs(ours)) - frozenset(count_pairs(map(fold, others)))
        return pairs, frozenset(f for text in ours for f in _FIGURE.findall(text))

    def fingerprint(self) -> str:
        """A hash over passages and lay wording: it changes when a text or the splitting does."""
        digest = hashlib.sha256()
        for passage in self.passages():
            digest.update(passage.id.encode())
        for wording in self.lay_wording:
            digest.update("|".join((wording.target, *wording.texts)).encode())
        return digest.hexdigest()


def read_numbers(ranges: Iterable[str]) -> frozenset[int]:
    """``["9", "288-296"]`` → the numbers."""
    numbers: set[int] = set()
    for text in ranges:
        first, _, last = text.partition("-")
        numbers.update(range(int(first), int(last or first) + 1))
    return frozenset(numbers)


def load_corpus(added: Iterable[Document] = (), wording: Iterable[LayWording] = ()) -> Corpus:
    """The policy text, the statutes of the catalog and the documents that users added.

    ``wording`` is lay wording beside our own, that of the added documents.
    """
    try:
        data = tomllib.loads(
            (resources.files("corpus.collections") / "statutes" / "catalog.toml").read_text("utf-8")
        )
        entries = [
            StatuteEntry(
                item["title"],
                tuple(item.get("names", ())),
                read_numbers(item["articles"]) if "articles" in item else None,
            )
            for item in data["statute"]
        ]
        known = [
            KnownDocument(k["title"], tuple(k.get("names", ())), k["issuer"], k["url"])
            for k in data["known"]
        ]
    except (OSError, KeyError, ValueError) as error:
        raise CorpusError(f"目录文件 catalog.toml 读不懂（{error}），请恢复原文件。") from error
    names = {name: entry.title for entry in entries for name in entry.names}
    added = tuple(added)
    return Corpus(
        [load_policy(), *load_statutes(entries, data["official_page"]), *added],
        names,
        excerpts=(entry.title for entry in entries if entry.articles is not None),
        not_loaded=known,
        successors=load_successors(),
        lay_wording=(*load_lay_wording(), *wording),
        liability_links=load_liability_links(),
        added=(document.title for document in added),
    )
