"""What is loaded: the documents of the corpus, found by key, by name and by day."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from corpus.claims import Claims
from corpus.collection import Collection, Kind, Validity
from corpus.collections import LayWording, Matter, NamedPart, Places, named_parts, text_id
from corpus.key import short_title
from corpus.language import (
    Speller,
    authorities,
    fold,
    squeeze,
)
from corpus.pairs import find_local_words, make_speller
from corpus.splitting import find_part, passages_of
from corpus.statutes import KnownDocument, LiabilityLinks, Successor
from corpus.types import Article, Document, Passage, Status
from corpus.validity import Repeal, begins, find_replacements, status_on


class Corpus:
    """An immutable set of documents.

    ``names`` maps further names of a title (short, colloquial), folded, to the title; ``excerpts``
    are the titles of which only some articles are kept; ``not_loaded`` is what the catalog knows
    besides; ``added`` are the titles that users added, ``left_out`` those of added documents that
    are not loaded because they would stand where a bundled text does.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        names: Mapping[str, str] | None = None,
        excerpts: Iterable[str] = (),
        not_loaded: Iterable[KnownDocument] = (),
        successors: Mapping[str, Successor] | None = None,
        lay_wording: Iterable[LayWording] = (),
        matters: Iterable[Matter] = (),
        reviewed: Mapping[str, str] | None = None,
        liability_links: LiabilityLinks | None = None,
        added: Iterable[str] = (),
        regions: Mapping[str, Sequence[str]] | None = None,
        left_out: Iterable[str] = (),
    ) -> None:
        self.documents = tuple(documents)
        self.excerpts = frozenset(excerpts)
        self.added = frozenset(added)
        self.left_out = tuple(left_out)
        self._regions = regions or {}
        self.successors = successors or {}
        self.liability_links = liability_links or LiabilityLinks()
        self._by_id = {document.id: document for document in self.documents}
        self._versions: dict[str, list[Document]] = defaultdict(list)
        self._articles: dict[str, list[tuple[Document, Article]]] = defaultdict(list)
        for document in self.documents:
            self._versions[document.title].append(document)
            for article in document.articles:
                self._articles[article.key].append((document, article))
        self._of_document = {
            (document.id, article.key): article
            for document in self.documents
            for article in document.articles
        }
        self.lay_wording = tuple(w for w in lay_wording if w.key in self._articles)
        self.matters = tuple(matters)
        self.reviewed = reviewed or {}
        self._lay_texts: dict[str, list[str]] = defaultdict(list)
        for wording in self.lay_wording:
            self._lay_texts[wording.key] += wording.texts
        self._gists = {w.key: w.gist for w in self.lay_wording if w.gist and not w.part}
        self.not_loaded = {k.title: k for k in not_loaded if k.title not in self._versions}
        self.claims = Claims(self.documents, self.added, self.not_loaded.values())
        self.repeals = self.claims.repeals()
        own = (d for d in self.documents if d.title in self.added)
        self.replacements = find_replacements(own, self.claims.may_replace)
        self.names = {title: title for title in self._versions}
        self.names |= {short_title(title): title for title in self._versions}
        self.names |= names or {}
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
        is_dated = document.collection.validity is Validity.DATES
        versions = self._versions[document.title] if is_dated else self._of_issuer(document)
        repeal = self.repeals.get(document.title)
        return status_on(document, day, versions, repeal, self.replacements.get(document.title))

    def is_elsewhere(self, title: str, text: str) -> bool:
        """Whether a statute holds in one region alone and the text doesn't name it."""
        region = self._regions.get(title, ())
        return bool(region) and not any(word in text for word in region)

    def _of_issuer(self, document: Document) -> list[Document]:
        """All policy texts of the document's issuer."""
        issuer = document.collection.issuer
        return [d for d in self.policies if d is document or d.collection.issuer == issuer != ""]

    @cached_property
    def policies(self) -> tuple[Document, ...]:
        """The policy texts, in the order in which they were loaded."""
        return tuple(d for d in self.documents if d.kind is Kind.POLICY)

    @cached_property
    def collections(self) -> tuple[Collection, ...]:
        """The collections that the documents are of, each once, in the order of the documents."""
        found: list[Collection] = []
        for document in self.documents:
            if document.collection not in found:
                found.append(document.collection)
        return tuple(found)

    @cached_property
    def places(self) -> Places:
        """Reads places out of questions; ours are those whose policy texts are loaded."""
        # Of one place, what the first text knows of it counts: an added one knows its name alone.
        own = {d.collection.place_name: d.collection.place for d in reversed(self.policies)}
        held = {d.collection.place_name for d in self.documents}
        return Places((place for place in own.values() if place), held - {""})

    @cached_property
    def named_parts(self) -> tuple[NamedPart, ...]:
        """The parts of policy texts that people call by name, in the order of the texts."""
        return tuple(part for document in self.policies for part in named_parts(document))

    @cached_property
    def local_documents(self) -> frozenset[str]:
        """The ids of the documents that are for one of our places, or one that it is a part of."""
        ours = {name for place in self.places.own for name in (place.name, *place.within)}
        return frozenset(
            d.id for d in self.documents if d.kind is Kind.POLICY or d.collection.place_name in ours
        )

    @cached_property
    def holdings(self) -> str:
        """What is held, in words: 某市生态环境局的部署和全国性的法律."""
        names = list(dict.fromkeys(d.collection.attribution or d.title for d in self.policies))
        if any(d.kind is Kind.STATUTE and not d.collection.place for d in self.documents):
            names.append("全国性的法律")
        return "、".join(names[:-1]) + ("和" if len(names) > 1 else "") + (names or [""])[-1]

    @cached_property
    def authorities(self) -> frozenset[str]:
        """Every authority that acts in a statute, as it is named there more than once."""
        found = Counter(
            squeeze(name)
            for document in self.documents
            if document.kind is Kind.STATUTE
            for article in document.articles
            for name in authorities(article.text)
        )
        return frozenset(name for name, count in found.items() if count > 1)

    @cached_property
    def default_statute(self) -> str:
        """The title that a bare article number means; empty where there is none."""
        return next((c.default_statute for c in self.collections if c.default_statute), "")

    @cached_property
    def earlier_acts(self) -> str:
        """The key of the article on which law applies to an earlier act; empty for none."""
        return next((c.earlier_acts for c in self.collections if c.earlier_acts), "")

    def next_commencement(self, day: date) -> date | None:
        """The next day on which a loaded text takes effect, if any is still to."""
        ahead = [d.in_force_from for d in self.documents if d.in_force_from]
        return min((start for start in ahead if start > day), default=None)

    def repeal(self, title: str) -> Repeal | None:
        """The repeal of a title, whatever the day."""
        return self.repeals.get(title)

    def version_on(self, title: str, day: date) -> Document | None:
        """The version to show for ``day``: the latest one begun by then, else the first to come."""
        versions = sorted(self.versions(title), key=begins)
        begun = [v for v in versions if begins(v) <= day]
        return begun[-1] if begun else next(iter(versions), None)

    def article(self, key: str, day: date) -> tuple[Document, Article] | None:
        """The article with this key in the version to show for ``day``."""
        found = self._articles.get(key, [])
        if not found:
            return None
        shown = self.version_on(found[0][0].title, day)
        return next((pair for pair in found if pair[0] is shown), None)

    def part_of(self, target: str, day: date) -> tuple[Document, Article, tuple[int, int]] | None:
        """``key`` or ``key|part`` (as in ``Span.part``) → the article and ``[start:end]`` in it."""
        key, _, named = target.partition("|")
        found = self.article(key, day)
        if found is None or not named:
            return (*found, (0, len(found[1].text))) if found else None
        paragraph, _, item = named.partition(".")
        place = find_part(
            found[1], found[0].collection, int(paragraph), int(item) if item else None
        )
        return (*found, place) if place else None

    def is_as_reviewed(self, target: str, day: date) -> bool:
        """Whether ``target`` has the text for which a statement was written; True where that is
        not kept (of a user's own)."""
        found = self.part_of(target, day)
        if found is None:
            return False
        _, article, (start, end) = found
        held = self.reviewed.get(target)
        return held is None or held == text_id(article.text[start:end])

    def find(self, document_id: str, key: str) -> tuple[Document, Article]:
        """The article with this key of just that document; KeyError where it is not there."""
        return self._by_id[document_id], self._of_document[document_id, key]

    def gist(self, key: str) -> str:
        """What the article says in plain words, ours; empty where we have not written it."""
        return self._gists.get(key, "")

    def lay_texts(self, key: str) -> tuple[str, ...]:
        """All lay wording of an article and its parts."""
        return tuple(self._lay_texts.get(key, ()))

    def governing(self, key: str, day: date) -> tuple[str, ...]:
        """Keys of what governs today what the repealed article ``key`` did, the main one first."""
        found = self.article(key, day)
        if not found or self.status(found[0], day) is not Status.REPEALED:
            return ()
        successor = self.successors.get(key)
        return successor.new if successor else ()

    def known(self, name: str) -> KnownDocument | None:
        """The text outside the corpus of this name; what stands in brackets behind is its number
        or says which part is meant."""
        return self.not_loaded.get(self._title_of(name))

    def lacking(self, names: Iterable[str]) -> tuple[str, ...]:
        """Of these texts, named as for ``known``, those that the corpus does not hold."""
        return tuple(name for name in names if self._title_of(name) not in self._versions)

    def _title_of(self, name: str) -> str:
        forms = (name, name.rpartition("（")[0], name.partition("（")[0])
        return next(filter(None, (self.names.get(fold(form), "") for form in forms)), "")

    @cached_property
    def matters_by_id(self) -> dict[str, Matter]:
        """The matters by their ids."""
        return {matter.id: matter for matter in self.matters}

    def matters_of(self, key: str) -> tuple[str, ...]:
        """The ids of the matters of which a statement points to the article ``key``."""
        return self._matters_of.get(key, ())

    @cached_property
    def _matters_of(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for matter in self.matters:
            for ask in matter.ask:
                for target in (t for s in ask.statement for t in s.by):
                    found[target.partition("|")[0]][matter.id] = None
        return {key: tuple(names) for key, names in found.items()}

    def predecessors(self, key: str) -> tuple[str, ...]:
        """Keys of the repealed articles that said what the article ``key`` says now."""
        return self._predecessors.get(key, ())

    @cached_property
    def _predecessors(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for old, successor in self.successors.items():
            for new in successor.new[:1]:
                found[new].append(old)
        return {new: tuple(olds) for new, olds in found.items()}

    @cached_property
    def worded(self) -> frozenset[str]:
        """The titles whose articles were described in lay words; never those that were added."""
        keys = {wording.key for wording in self.lay_wording}
        titles = {d.title for d in self.documents for a in d.articles if a.key in keys}
        return frozenset(titles) - self.added

    def passages(self) -> Sequence[Passage]:
        """Every passage of every document, in the catalog's order."""
        return self._passages

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        return tuple(passage for document in self.documents for passage in passages_of(document))

    @cached_property
    def speller(self) -> Speller:
        """Puts homophones of titles, headings and the thesaurus's words right."""
        return make_speller(self.documents, self.lay_wording, self.added, self.names)

    @cached_property
    def local_words(self) -> tuple[frozenset[str], frozenset[str]]:
        """What only the policy texts have, no statute: pairs of characters, and figures (126项)."""
        return find_local_words(self.documents, self.lay_wording, self.added)

    def fingerprint(self) -> str:
        """A hash over passages and what was written for them: it changes when any of them does."""
        digest = hashlib.sha256()
        for passage in self.passages():
            digest.update(passage.id.encode())
        for wording in self.lay_wording:
            digest.update("|".join((wording.target, *wording.texts)).encode())
        for told in (*self.matters, *self.not_loaded.values()):
            digest.update(repr(told).encode())
        return digest.hexdigest()
