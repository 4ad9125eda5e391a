"""Which passages a question is likelier to mean."""

import re

from assistant.understanding import Aspect, Understanding
from corpus.types import Kind, Passage
from index.types import Preference

_LOCAL_TITLE = re.compile(r"潍坊|山东省")
_LIABILITY = re.compile(r"罚款|拘留|没收|吊销|有期徒刑|责令停业|滞纳金|加收|予以处罚|给予处分")


def preference(understanding: Understanding) -> Preference | None:
    """What is named first, liability articles for penalties, the city's texts for the city."""
    titles = {r.title for r in understanding.references if r.title and r.article is None}
    if titles:
        return Preference(lambda passage: passage.title in titles, 2.0)
    if Aspect.PENALTY in understanding.aspects:
        return Preference(_is_liability, 0.6)
    return Preference(_is_local, 1.5) if understanding.is_local else None


def _is_local(passage: Passage) -> bool:
    """The city's policy text, or a rule of the city or the province that a user added."""
    return passage.kind is Kind.POLICY or bool(_LOCAL_TITLE.search(passage.title))


def _is_liability(passage: Passage) -> bool:
    return bool(_LIABILITY.search(passage.text))
