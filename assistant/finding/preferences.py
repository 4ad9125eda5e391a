"""Which passages a question is likelier to mean."""

import re
from collections.abc import Callable
from functools import cache

from assistant.gate import amounts, units_asked
from assistant.question import Aspect, Understanding
from corpus.catalog import Corpus
from corpus.types import Passage
from index.types import Preference

_TERM = re.compile(r"[0-9一二三四五六七八九十百]+个?(?:工作日|日|天|月|年|小时)")
_MODAL = re.compile(r"不得|禁止|严禁|批准|许可|方可|同意|可以|有权")
_LIABILITY = re.compile(r"罚款|拘留|没收|吊销|有期徒刑|责令停业|滞纳金|加收|予以处罚|给予处分")


def preferences(understanding: Understanding, corpus: Corpus) -> tuple[Preference, ...]:
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
    units = units_asked(understanding.text)
    if units:
        found.append(Preference("same_unit", lambda passage: bool(units & _units(passage.text))))
    titles = {r.title for r in understanding.references if r.title and r.article is None}
    if titles:
        found.append(Preference("named_title", lambda passage: passage.title in titles))
    return tuple(found)


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
    return bool(_LIABILITY.search(text))


@cache
def _has(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.search(text))


@cache
def _units(text: str) -> frozenset[str]:
    return frozenset(amount.unit for amount in amounts(text) if amount.unit)


#: What a passage has that answers a question of a kind.
_ASKED: tuple[tuple[str, frozenset[Aspect], Callable[[Passage], bool]], ...] = (
    ("term", frozenset({Aspect.TERM}), lambda p: _has(_TERM, p.text)),
    ("modal", frozenset({Aspect.PERMISSION}), lambda p: _has(_MODAL, p.text)),
)
