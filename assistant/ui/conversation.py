"""The dialog on the page: a question in, the turns as they grow out."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.pipeline import Assistant
from assistant.types import Answer, Audience, Query
from assistant.ui import texts
from assistant.ui.rendering import (
    render_answer,
    render_conversation,
    render_pending,
    render_problem,
    render_turn,
)
from assistant.ui.sources import article_of, pointers_in
from corpus.catalog import Corpus
from corpus.errors import EcoPolicyError, OptionError, UserError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its reply as HTML. Only questions that were taken are remembered."""

    question: str
    html: str
    is_remembered: bool = False


def show(turns: tuple[Turn, ...]) -> str:
    """The HTML of the dialog."""
    return render_conversation(turn.html for turn in turns)


def read_day(text: str) -> date:
    """``YYYY-MM-DD`` → date; OptionError where it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise OptionError(texts.BAD_DAY.format(day=text[:20])) from error


def converse(
    assistant: Assistant, turns: tuple[Turn, ...], question: str, audience: Audience, day: str
) -> Iterator[tuple[Turn, ...]]:
    """The turns with the new one at the end, each time it has grown.

    What goes wrong is told in the dialog; what nobody foresaw goes to the log as well.
    """
    number = len(turns) + 1

    def with_reply(reply: str, is_remembered: bool = False) -> tuple[Turn, ...]:
        return (*turns, Turn(question, render_turn(number, question, reply), is_remembered))

    yield with_reply(render_pending())
    try:
        history = tuple(turn.question for turn in turns if turn.is_remembered)
        query = Query(question, read_day(day), audience, history)
        answer = None
        for answer in assistant.stream(query):
            yield with_reply(_reply(answer, number, audience, assistant.corpus), True)
        if answer is None:
            yield with_reply(render_problem(texts.NOTHING_FOUND, texts.DECLINED_LABEL), True)
    except EcoPolicyError as error:
        is_theirs = isinstance(error, UserError)
        if not is_theirs:
            _log.error("a question could not be answered: %s", error)
        label = texts.USER_PROBLEM_LABEL if is_theirs else texts.OUR_PROBLEM_LABEL
        yield with_reply(render_problem(str(error), label))
    except Exception:
        _log.exception("a question could not be answered")
        yield with_reply(render_problem(texts.UNEXPECTED, texts.OUR_PROBLEM_LABEL))


def _reply(answer: Answer, number: int, audience: Audience, corpus: Corpus) -> str:
    articles = {c.n: article_of(c, corpus, answer.as_of) for c in answer.citations}
    pointers = {
        c.n: pointers_in(c, article, corpus)
        for c in answer.citations
        if (article := articles[c.n]) is not None
    }
    return render_answer(answer, number, audience, articles, pointers)
