"""What the browser keeps of a conversation, read back: it is checked, for anyone can send it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.export import Exchange
from assistant.question import read_letter
from assistant.types import Answer, Audience, Citation, Nearest
from assistant.ui import texts
from assistant.ui.article import find_source
from corpus.catalog import Corpus
from corpus.errors import OptionError

#: More answers than this are no conversation.
_MOST = 100


class _Kept(BaseModel):
    """An exchange as JSON: the contract's answer with its audience."""

    model_config = ConfigDict(extra="ignore")
    audience: Audience


@dataclass(frozen=True, slots=True)
class Kept:
    """A stretch of a conversation as the browser keeps it, not checked yet.

    ``first`` is the number of its first turn; ``is_end`` where nothing comes after it; ``name`` is
    what the reader called it, empty where nothing.
    """

    exchanges: list[dict[str, object]] = field(default_factory=list)
    first: int = 1
    is_end: bool = True
    name: str = ""


class Verdict(BaseModel):
    """有用 or 没用, with a word."""

    exchange: dict[str, object]
    verdict: Literal["useful", "useless"]
    word: str = Field("", max_length=500)


_ANSWER = TypeAdapter(Answer)
_KEPT = TypeAdapter(Kept)


def read_kept(body: bytes) -> Kept:
    """What a request holds of a conversation; OptionError where it is none."""
    try:
        kept = _KEPT.validate_json(body)
    except ValidationError as error:
        raise OptionError(texts.UNREADABLE) from error
    if not 0 < len(kept.exchanges) <= _MOST or kept.first < 1:
        raise OptionError(texts.UNREADABLE)
    return kept


def read_exchanges(body: bytes, corpus: Corpus) -> list[Exchange]:
    """The exchanges of a request; OptionError where they are none or quote what is not there."""
    return [read_exchange(kept, corpus) for kept in read_kept(body).exchanges]


def asked_in(question: str) -> str:
    """The words of a question that ask, without the greeting and the story; all of one that asks
    nothing by itself."""
    return next(iter(read_letter(question).asks), question)


def read_exchange(kept: dict[str, object], corpus: Corpus) -> Exchange:
    """One exchange; OptionError where it is none or quotes what is not in the corpus."""
    try:
        answer = _ANSWER.validate_python(kept)
        audience = _Kept.model_validate(kept).audience
    except ValidationError as error:
        raise OptionError(texts.UNREADABLE) from error
    if not all(_stands(answer.citations, corpus, answer)):
        raise OptionError(texts.NOT_OURS)
    near = tuple(_standing(answer.nearest, corpus, answer.as_of))
    return Exchange(answer.question, replace(answer, nearest=near), audience)


def _standing(nearest: Iterable[Nearest], corpus: Corpus, day: date) -> Iterator[Nearest]:
    """Those passages that stand in their sources, by the names that these have."""
    for hit in nearest:
        source = find_source(corpus, hit.key, day, hit.text)
        if source and hit.text and source.quote == hit.text:
            yield Nearest(hit.key, source.document.title, source.locator, hit.text)


def read_verdict(body: bytes) -> Verdict:
    """What a reader says of an answer; OptionError where it cannot be read."""
    try:
        return Verdict.model_validate_json(body)
    except ValidationError as error:
        raise OptionError(texts.UNREADABLE) from error


def _stands(citations: Iterable[Citation], corpus: Corpus, answer: Answer) -> Iterable[bool]:
    """Whether each quote stands in its source, as it is now."""
    for citation in citations:
        source = find_source(corpus, citation.key, answer.as_of, citation.quote)
        yield source is not None and source.quote == citation.quote
