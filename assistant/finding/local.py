"""Texts of places: only those that are asked about, the latest first, also those not prepared."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.question import Aspect, Understanding
from corpus.key import Key
from corpus.types import Document, Status
from index.search import HybridRetriever
from index.types import Retrieval, ScoredPassage

#: A policy text without lay wording is found by how near its own words are to the question, beside
#: those of the passage found first. The differences of cosine similarity from which on it comes
#: first were chosen on 24 questions about such a text and 50 about others, for a question that
#: names the place and for one that doesn't.
_NEARER_NAMED = -0.02
_NEARER = 0.01
#: Without the place's name, it has to be this near itself.
_NEAR = 0.905
#: How probable it then counts as.
_CHANCE = 0.9
#: What is left of the chance of a text that its issuer has followed by another.
_EARLIER = 0.2


def keep_places(
    found: Retrieval, retriever: HybridRetriever, understanding: Understanding, day: date
) -> Retrieval:
    """What was found without other places' texts, and with the texts of places put in order."""
    hits = _of_places(found.hits, retriever, understanding)
    hits = _newest_first(hits, retriever, understanding, day)
    return replace(found, hits=_unprepared_first(hits, retriever, understanding, day))


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


def _unprepared_first(
    hits: tuple[ScoredPassage, ...],
    retriever: HybridRetriever,
    understanding: Understanding,
    day: date,
) -> tuple[ScoredPassage, ...]:
    """A policy text without lay wording comes first where its own words are nearer."""
    held = _unprepared(retriever, understanding, day)
    if not held or understanding.references or Aspect.PENALTY in understanding.aspects:
        return hits
    near = retriever.near(understanding.search_text, [document.id for document in held], day)
    if not near:
        return hits
    passage, similarity = near[0]
    of_first = retriever.likeness(understanding.search_text, hits[0].passage) if hits else 0.0
    is_nearer = similarity - of_first >= (_NEARER_NAMED if understanding.places else _NEARER)
    if not is_nearer or not (understanding.places or similarity >= _NEAR):
        return hits
    rest = (hit for hit in hits if hit.passage.key != passage.key)
    return (ScoredPassage(passage, _CHANCE), *rest)


def _unprepared(
    retriever: HybridRetriever, understanding: Understanding, day: date
) -> list[Document]:
    """The policy texts without lay wording that may be meant."""
    corpus, places = retriever.corpus, understanding.places
    return [
        document
        for document in corpus.policies
        if not retriever.has_lay_wording(document.title)
        and corpus.status(document, day) not in (Status.EARLIER, Status.NOT_YET)
        and (not places or document.collection.place_name in places)
    ]
