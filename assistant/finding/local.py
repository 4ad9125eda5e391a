"""Texts of places: only those that are asked about, the latest and the most special first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.finding.preferences import kinds_lacking
from assistant.question import Aspect, Understanding
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.key import Key
from corpus.statutes import is_rule
from corpus.types import Status
from index.search import HybridRetriever
from index.types import Retrieval, ScoredPassage

#: What is left of the chance of a text that its issuer has followed by another.
_EARLIER = 0.2
#: What was added stands before a bundled text with at least this chance, where it speaks of what is
#: asked as well or hardly worse; chosen on the dev split of regulations that nobody prepared.
_CHANCE = 0.05
_HARDLY_WORSE = 0.05
#: Whether something is allowed, and what it costs, is told by the law before an added document that
#: is none, where an article reads so much like the question. On questions that a poisoned
#: collection of questions and answers copies, the right article has 0.60 to 0.71; on those that
#: only an office's guide answers, the nearest article mostly has less than 0.58.
_OF_LAW = 0.58
_LEGAL = frozenset({Aspect.PERMISSION, Aspect.PENALTY, Aspect.CONFIRM, Aspect.FORCE})


def leave_out(
    hits: Sequence[ScoredPassage], is_left_out: Callable[[ScoredPassage], bool]
) -> tuple[ScoredPassage, ...]:
    """The hits without those that can't be meant, whose chance goes to the others."""
    kept = tuple(hit for hit in hits if not is_left_out(hit))
    given, left = (sum(min(hit.score, 1.0) for hit in some) for some in (hits, kept))
    if len(kept) == len(hits) or not left:
        return kept
    # What is named stands above any chance.
    shares = (hit.score if hit.score > 1 else min(1.0, hit.score * given / left) for hit in kept)
    return tuple(replace(hit, score=share) for hit, share in zip(kept, shares, strict=True))


def keep_places(
    found: Retrieval, retriever: HybridRetriever, understanding: Understanding, day: date
) -> Retrieval:
    """What was found without other places' texts, and with the texts of places put in order."""
    hits = _of_places(found.hits, retriever, understanding)
    hits = _of_regions(hits, retriever, understanding)
    hits = _newest_first(hits, retriever, understanding, day)
    hits = _special_first(hits, retriever, understanding)
    return replace(found, hits=_law_first(hits, retriever, understanding))


def gives_way(hit: ScoredPassage, understanding: Understanding, corpus: Corpus) -> bool:
    """Whether the law goes before the passage: it is of an added text that is no rule, and what is
    asked is told by rules."""
    passage = hit.passage
    is_document = passage.kind is not Kind.STATUTE or not is_rule(passage.title)
    return passage.title in corpus.added and is_document and bool(_LEGAL & understanding.aspects)


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


def _of_regions(
    hits: tuple[ScoredPassage, ...], retriever: HybridRetriever, understanding: Understanding
) -> tuple[ScoredPassage, ...]:
    """No statute of a region that is not named; what it was given goes to the others."""
    corpus = retriever.corpus
    named = {reference.title for reference in understanding.references}

    def is_elsewhere(hit: ScoredPassage) -> bool:
        title = hit.passage.title
        return title not in named and corpus.is_elsewhere(title, understanding.search_text)

    return leave_out(hits, is_elsewhere)


def _special_first(
    hits: tuple[ScoredPassage, ...], retriever: HybridRetriever, understanding: Understanding
) -> tuple[ScoredPassage, ...]:
    """Before the national rule stands what was added for the place, where it says as much of what
    is asked: a term where a term is asked for and the rule has one."""
    corpus = retriever.corpus
    if not any(hit.passage.title in corpus.added for hit in hits):
        return hits
    lacking = kinds_lacking(understanding, corpus, hits[0].passage)
    special = next(
        (
            hit
            for hit in hits
            if hit.passage.title in corpus.added
            and kinds_lacking(understanding, corpus, hit.passage) <= lacking
        ),
        None,
    )
    if special is None or special is hits[0] or special.score < _CHANCE:
        return hits
    own, other = (
        retriever.likeness(understanding.search_text, hit.passage) for hit in (special, hits[0])
    )
    if own < other - _HARDLY_WORSE:
        return hits
    first = ScoredPassage(special.passage, hits[0].score)
    return (first, *(hit for hit in hits if hit is not special))


def _law_first(
    hits: tuple[ScoredPassage, ...], retriever: HybridRetriever, understanding: Understanding
) -> tuple[ScoredPassage, ...]:
    """Before an added text that is no rule stands what a rule says of what is asked."""
    corpus = retriever.corpus
    if not hits or not gives_way(hits[0], understanding, corpus):
        return hits
    text = understanding.search_text
    law = next(
        (
            hit
            for hit in hits
            if hit.passage.kind is Kind.STATUTE
            and not gives_way(hit, understanding, corpus)
            and retriever.likeness(text, hit.passage) >= _OF_LAW
        ),
        None,
    )
    if law is None:
        return hits
    first = ScoredPassage(law.passage, hits[0].score)
    return (first, *(hit for hit in hits if hit is not law))


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
        near = retriever.near(understanding.search_text, later, day)
        part = Key.parse(hit.passage.key).part
        same = [p for p in near if Key.parse(p.key).part == part] or near
        ordered += [ScoredPassage(p, hit.score) for p in same[:1]]
        ordered.append(ScoredPassage(hit.passage, _EARLIER * hit.score))
    once = {hit.passage.key: hit for hit in reversed(ordered)}
    return tuple(hit for hit in ordered if once[hit.passage.key] is hit)
