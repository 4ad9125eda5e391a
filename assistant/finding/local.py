"""Texts of places: only those that are asked about, the latest first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.question import Understanding
from corpus.key import Key
from corpus.types import Status
from index.search import HybridRetriever
from index.types import Retrieval, ScoredPassage

#: What is left of the chance of a text that its issuer has followed by another.
_EARLIER = 0.2


def keep_places(
    found: Retrieval, retriever: HybridRetriever, understanding: Understanding, day: date
) -> Retrieval:
    """What was found without other places' texts, and with the texts of places put in order."""
    hits = _of_places(found.hits, retriever, understanding)
    return replace(found, hits=_newest_first(hits, retriever, understanding, day))


def _of_places(
    hits: Sequence[ScoredPassage], retriever: HybridRetriever, understanding: Understanding
) -> tuple[ScoredPassage, ...]:
    """Where a place is named whose policy text we have, no text of another such place."""
    if not understanding.places:
        return tuple(hits)
    own = {place.name for place in retriever.corpus.places.own}
    others = own - set(understanding.places)

    def is_kept(hit: ScoredPassage) -> bool:
        document = retriever.corpus.document(hit.passage.document_id)
        return document.collection.place_name not in others

    return tuple(filter(is_kept, hits))


def _newest_first(
    hits: tuple[ScoredPassage, ...],
    retriever: HybridRetriever,
    understanding: Understanding,
    day: date,
) -> tuple[ScoredPassage, ...]:
    """Before a passage of an earlier text stands what its issuer's latest says of the matter."""
    corpus = retriever.corpus
    ordered: list[ScoredPassage] = []
    for hit in hits:
        document = corpus.document(hit.passage.document_id)
        if corpus.status(document, day) is not Status.EARLIER:
            ordered.append(hit)
            continue
        later = [
            d.id
            for d in corpus.policies
            if d.collection.issuer == document.collection.issuer
            and corpus.status(d, day) not in (Status.EARLIER, Status.NOT_YET)
        ]
        near = [p for p, _ in retriever.near(understanding.search_text, later, day)]
        part = Key.parse(hit.passage.key).part
        same = [p for p in near if Key.parse(p.key).part == part] or near
        ordered += [ScoredPassage(p, hit.score) for p in same[:1]]
        ordered.append(ScoredPassage(hit.passage, _EARLIER * hit.score))
    once = {hit.passage.key: hit for hit in reversed(ordered)}
    return tuple(hit for hit in ordered if once[hit.passage.key] is hit)
