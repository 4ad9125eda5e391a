"""What a question is answered from: what it names, then what retrieval finds."""

from dataclasses import replace
from datetime import date

from assistant.finding.local import keep_places
from assistant.finding.preferences import preferences_of
from assistant.question import Aspect, Understanding, aspects_of
from corpus.catalog import Corpus
from corpus.language import Reference, cross_references, fold
from corpus.types import Status
from index.search import HybridRetriever
from index.types import Retrieval, ScoredPassage

#: How probable it is that a passage of a law to come is meant before it is shown.
_FITS_AHEAD = 0.3
#: A question that shares so many characters in a row with a passage asks about it.
_REPEATED = 9
#: A term that is looked up has at least so many characters (EOD).
_TERM = 3


def find(retriever: HybridRetriever, understanding: Understanding, k: int, day: date) -> Retrieval:
    """What the question names comes first, then what retrieval finds."""
    corpus = retriever.corpus
    keys = [key for r in understanding.references if (key := r.key)]
    keys += [r.key for key in keys for r in _pointed_to(corpus, key, day) if r.key]
    # Of a repealed article the one that governs the matter today is asked for as well.
    governing = [new for key in keys for new in corpus.governing(key, day)]
    if understanding.is_follow_up and Aspect.PENALTY in aspects_of(understanding.text):
        # 「违反了呢」 after an article asks for what punishes its breach.
        links = corpus.liability_links
        keys = [link.liability for key in keys for link in links.punishing(key)] + keys
    # Who goes on asking after a repealed article asks what holds now.
    keys = governing + keys if understanding.is_follow_up else keys + governing
    if understanding.theme:
        keys.append(understanding.theme)
    keys += _repeated(corpus, understanding)
    named = [p for key in dict.fromkeys(keys) if (p := retriever.passage_of(key, day))]
    prefer = preferences_of(understanding, corpus)
    found = retriever.retrieve(understanding.search_text, k, day, prefer)
    if understanding.looks_ahead:
        found = _look_ahead(found, retriever, understanding, k, day)
    found = keep_places(found, retriever, understanding, day)
    first = {passage.key for passage in named}
    hits = (
        *(ScoredPassage(p, 1 + 1 / rank) for rank, p in enumerate(named, 1)),
        *(hit for hit in found.hits if hit.passage.key not in first),
    )
    return replace(found, hits=hits[:k])


def repeats(question: str, text: str) -> bool:
    """Whether a question repeats a run of a text's own words: it asks about just that."""
    own = fold(text)
    runs = (question[i : i + _REPEATED] for i in range(len(question) - _REPEATED + 1))
    return any(run in own for run in runs)


def is_term_of(question: str, text: str) -> bool:
    """Whether a question is nothing but a term or a figure that stands in a text."""
    return len(question) >= _TERM and question in fold(text)


def _repeated(corpus: Corpus, understanding: Understanding) -> list[str]:
    """The paragraph of the policy text that the question repeats, where it is just one."""
    found = [
        article.key
        for document in corpus.policies
        for article in document.articles
        if repeats(understanding.text, article.text)
    ]
    return found if len(found) == 1 else []


def _look_ahead(
    found: Retrieval, retriever: HybridRetriever, understanding: Understanding, k: int, day: date
) -> Retrieval:
    """What a law that is still to come says comes first, where that fits best on its first day."""
    corpus = retriever.corpus
    coming = corpus.next_commencement(day)
    if coming is None:
        return found
    prefer = preferences_of(understanding, corpus)
    later = retriever.retrieve(understanding.search_text, k, coming, prefer)
    ahead = tuple(
        hit
        for hit in later.hits
        if hit.score >= _FITS_AHEAD
        and corpus.status(corpus.document(hit.passage.document_id), day) is Status.NOT_YET
    )
    return replace(found, hits=(*ahead, *found.hits)[:k]) if ahead else found


def _pointed_to(corpus: Corpus, key: str, day: date) -> list[Reference]:
    """The articles that a named article points to (「依照本法第……条」)."""
    found = corpus.article(key, day)
    if found is None:
        return []
    document, article = found
    return cross_references(article.text, document.title, corpus.names)
