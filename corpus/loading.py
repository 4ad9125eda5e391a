"""Putting a corpus together: the texts of collections, and the documents that users added."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from importlib.resources.abc import Traversable
from itertools import combinations
from pathlib import Path

from corpus.catalog import Corpus
from corpus.collection import BUNDLED, Collection, Kind
from corpus.collections import (
    LayWording,
    collection_of_added,
    find_collection,
    load_texts,
    read_collection,
    read_lay_wording,
    read_matters,
    read_own_matters,
    read_reviewed,
)
from corpus.errors import CollectionError
from corpus.key import short_title
from corpus.language import fold
from corpus.statutes import (
    Catalog,
    StatuteEntry,
    load_liability_links,
    load_statutes,
    load_successors,
    package_repeals,
    package_titles,
    read_catalog,
    read_known,
)
from corpus.taken import Taken
from corpus.types import Document

_NOTHING = Catalog((), "")


def load_corpus(
    added: Iterable[Document] = (),
    wording: Iterable[LayWording] = (),
    collections: Sequence[str] = BUNDLED,
    folder: Path | None = None,
    own: Path | None = None,
) -> Corpus:
    """The texts of the named ``collections`` and the documents that users added.

    ``wording`` is lay wording beside our own, that of the added documents; ``folder`` is where
    collections are looked for before the bundled ones; ``own`` may have ``matters/*.toml`` of a
    user's own. CollectionError where one is not as it must be, or two of them would give the same
    key to different texts. An added document that would stand where a bundled text does is left out
    (``Corpus.left_out``).
    """
    folders = [find_collection(name, folder) for name in dict.fromkeys(collections)]
    read = [(each, read_collection(each)) for each in folders]
    _check_prefixes(read)
    documents: list[Document] = []
    catalog = _NOTHING
    for each, collection in read:
        if collection.catalog:
            catalog = read_catalog(each / collection.catalog)
            repairs = each / "repairs.toml"
            documents += load_statutes(catalog.entries, catalog.official_page, repairs, collection)
        documents += load_texts(each, collection)
    _check_ids(documents)
    taken = Taken(documents)
    users, left_out = [], []
    for document in added:
        if taken.why(document):
            left_out.append(document.title)
        else:
            users.append(_as_added(document, [collection for _, collection in read]))
    own_keys = {article.key for document in users for article in document.articles}
    statutes = next((each for each, collection in read if collection.catalog), None)
    links = load_liability_links(statutes / "liability_links.jsonl") if statutes else None
    return Corpus(
        [*documents, *users],
        {name: entry.title for entry in catalog.entries for name in entry.names},
        excerpts=(e.title for e in catalog.entries if e.articles is not None),
        not_loaded=[known for each in folders for known in read_known(each / "known.toml")],
        successors=load_successors(statutes / "successors.jsonl") if statutes else None,
        # What was written for a text that is left out is not for the one in whose place it came.
        lay_wording=(*read_lay_wording(folders), *(w for w in wording if w.key in own_keys)),
        # What a text of both tells is told by the bureau's own.
        matters=[*(read_own_matters(own) if own else ()), *read_matters(folders)],
        reviewed=read_reviewed(folders),
        liability_links=links,
        added=(document.title for document in users),
        regions={entry.title: entry.region for entry in catalog.entries},
        left_out=left_out,
    )


def load_whole(corpus: Corpus, titles: Iterable[str]) -> Corpus:
    """The corpus with these statutes of the data package whole: such as it holds in excerpts or
    not at all, and those that repealed one of the titles."""
    wanted = set(titles)
    wanted |= {by for title, by in package_repeals().items() if title in wanted}
    missing = {
        t for t in wanted & package_titles() if t in corpus.excerpts or not corpus.versions(t)
    }
    if not missing:
        return corpus
    folder = find_collection("statutes", None)
    collection = read_collection(folder)
    page = read_catalog(folder / collection.catalog).official_page
    entries = [StatuteEntry(title) for title in sorted(missing)]
    whole = load_statutes(entries, page, folder / "repairs.toml", collection)
    return Corpus(
        [*(d for d in corpus.documents if d.title not in missing), *whole],
        corpus.names,
        excerpts=corpus.excerpts - missing,
        not_loaded=corpus.not_loaded.values(),
        successors=corpus.successors,
        added=corpus.added,
        left_out=corpus.left_out,
    )


def cited_names(corpus: Corpus) -> dict[str, str]:
    """Every name by which a draft may cite: those of the corpus and of the data package's statutes,
    and of what they repealed."""
    repealed = [title for title in package_repeals() if not corpus.versions(title)]
    # What was a title of its own is not a nickname of what took its place.
    return _names_of(package_titles()) | corpus.names | _names_of(repealed)


def _names_of(titles: Iterable[str]) -> dict[str, str]:
    return {fold(form): title for title in titles for form in (title, short_title(title))}


def _as_added(document: Document, held: Sequence[Collection]) -> Document:
    collection = collection_of_added(
        document.title, document.kind, document.issuer, document.part_of, held
    )
    return replace(document, collection=collection)


def _check_prefixes(read: Sequence[tuple[Traversable, Collection]]) -> None:
    policies = [(f, c) for f, c in read if c.kind is Kind.POLICY]
    for (one, first), (other, second) in combinations(policies, 2):
        if first.key_prefix == second.key_prefix:
            raise CollectionError(
                f"集合 {one.name} 和 {other.name} 的 key_prefix 都是“{first.key_prefix}”，"
                f"请改其中一个 collection.toml 的这一项。"
            )


def _check_ids(documents: Sequence[Document]) -> None:
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise CollectionError(
                f"有两份文件都叫《{document.title}》，日期也相同，"
                "请在 collection.toml 里改 text.title。"
            )
        seen.add(document.id)
