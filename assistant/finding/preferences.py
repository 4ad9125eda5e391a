"""Which passages a question is likelier to mean."""

from collections.abc import Callable
from functools import cache

from assistant.question import Aspect, Understanding
from corpus.catalog import Corpus
from corpus.language import amounts, load_cues, units_asked
from corpus.types import Passage
from index.types import Preference


def preferences_of(understanding: Understanding, corpus: Corpus) -> tuple[Preference, ...]:
    """What is named, liability articles for penalties, the city's texts for the city.

    What each counts is fitted with the rankings' weights (``index.search.fusion``).
    """
    ours = corpus.local_documents
    is_penalty = Aspect.PENALTY in understanding.aspects
    found = [
        Preference("liability" if is_penalty else "liability_unasked", _is_liability),
        Preference(_locality(understanding), lambda passage: passage.document_id in ours),
    ]
    found += [
        Preference(name, picks)
        for name, aspects, picks in _ASKED
        if aspects & understanding.aspects
    ]
    found.append(_unworded_lacking(understanding, corpus))
    units = units_asked(understanding.text)
    if units:
        found.append(Preference("same_unit", lambda passage: bool(units & _units(passage.text))))
    titles = {r.title for r in understanding.references if r.title and r.article is None}
    if titles:
        found.append(Preference("named_title", lambda passage: passage.title in titles))
    return tuple(found)


def kinds_lacking(understanding: Understanding, corpus: Corpus, passage: Passage) -> frozenset[str]:
    """Of the kinds of things that are asked for (a term, a penalty, an office …) those that the
    passage's article does not have."""
    _, article = corpus.find(passage.document_id, passage.key)
    asked = (sign for aspects, sign in _KINDS if aspects & understanding.aspects)
    return frozenset(sign for sign in asked if not _sign(sign, article.text))


def _unworded_lacking(understanding: Understanding, corpus: Corpus) -> Preference:
    """How much of what is asked for a text without lay wording lacks: of the others the lay wording
    tells it."""

    def count(passage: Passage) -> int:
        is_worded = passage.title in corpus.worded
        return 0 if is_worded else len(kinds_lacking(understanding, corpus, passage))

    return Preference("unworded_lacking", count)


def _locality(understanding: Understanding) -> str:
    """What a penalty costs, no text of the city says, whatever words it shares with one."""
    if understanding.is_local and Aspect.PENALTY not in understanding.aspects:
        return "local"
    is_perhaps = understanding.is_local or understanding.speaks_of_a_city
    return "local_perhaps" if is_perhaps else "local_unasked"


def _is_liability(passage: Passage) -> bool:
    return sets_consequence(passage.text)


@cache
def sets_consequence(text: str) -> bool:
    """Whether a text sets a penalty or another consequence."""
    return _sign("liability", text)


@cache
def _sign(name: str, text: str) -> bool:
    return load_cues("assistant.finding", "signs.toml")[name].found_in(text)


@cache
def _units(text: str) -> frozenset[str]:
    return frozenset(amount.unit for amount in amounts(text) if amount.unit)


#: What a passage has that answers a question of a kind.
_ASKED: tuple[tuple[str, frozenset[Aspect], Callable[[Passage], bool]], ...] = (
    ("term", frozenset({Aspect.TERM}), lambda p: _sign("term", p.text)),
    ("modal", frozenset({Aspect.PERMISSION}), lambda p: _sign("modal", p.text)),
)
#: Kinds of what is asked, and the sign by which an article tells it.
_KINDS: tuple[tuple[frozenset[Aspect], str], ...] = (
    (frozenset({Aspect.TERM}), "term"),
    (frozenset({Aspect.PENALTY}), "liability"),
    (frozenset({Aspect.PERMISSION}), "modal"),
    (frozenset({Aspect.WHO}), "authority"),
    (frozenset({Aspect.QUANTITY, Aspect.DATE}), "figure"),
)
