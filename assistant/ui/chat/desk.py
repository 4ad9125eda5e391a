"""A question from the page in, its turn as HTML out, each time it has grown."""

import json
import logging
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from assistant import intake
from assistant.dialog import suggest
from assistant.export import copy_text
from assistant.page_options import PageOptions
from assistant.pipeline import Assistant
from assistant.records import Keep
from assistant.serving import Queue, QueueFullError, rate_limit, wait_for
from assistant.types import Answer, Audience, Citation, Outcome, Query
from assistant.ui import texts
from assistant.ui.article import stretch_of
from assistant.ui.chat.exchanges import Kept, read_exchange
from assistant.ui.chat.rendering import (
    Beside,
    render_answer,
    render_pending,
    render_problem,
    render_turn,
    to_exchange,
)
from assistant.ui.chat.threads import follow
from corpus.errors import EcoPolicyError, OptionError, QuestionError, UserError
from corpus.standing import standing_today

_log = logging.getLogger(__name__)

#: Below this probability nothing in the corpus is near enough to be shown with a refusal.
_NEAR = 0.1
#: Earlier questions that are taken along.
_MOST_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page sends. ``number`` is the turn's, ``history`` the questions before it."""

    question: str
    audience: Audience
    day: str
    history: tuple[str, ...] = ()
    number: int = 1

    @classmethod
    def read(cls, question: str, audience: str, day: str, context: str) -> "Asked":
        """From the page's fields; what cannot be read becomes its default."""
        try:
            given = json.loads(context or "{}")
            history = tuple(str(q) for q in given.get("history", ()))[-_MOST_HISTORY:]
            number = int(given.get("number", 1))
        except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
            history, number = (), 1
        known = audience in tuple(Audience)
        return cls(question, Audience(audience) if known else Audience.PUBLIC, day, history, number)


@dataclass(frozen=True, slots=True)
class Reply:
    """The HTML of a turn; ``is_taken`` where the question became an answer, or is becoming one."""

    html: str
    is_taken: bool = True


class Desk:
    """Where questions are taken: keeps to the limits and turns every trouble into a reply."""

    def __init__(
        self, assistant: Assistant, options: PageOptions, keep: Keep | None = None
    ) -> None:
        """``keep`` is told of every complete answer."""
        self._assistant = assistant
        self._keep = keep
        self._options = options
        self._rate = rate_limit("asked", options.requests_per_minute, options.shared_limits)
        self._queue = Queue(options.workers, options.queue_size)
        self._threads = ThreadPoolExecutor(options.workers, thread_name_prefix="answer")

    def warm_up(self) -> None:
        """Ask one question before anyone comes: the first takes the longest."""
        self._assistant.answer(Query(texts.WARM_UP, date.today()))

    async def reply(self, asked: Asked, client: str) -> AsyncIterator[Reply]:
        """The turn each time it has grown; the last is complete."""
        try:
            query = await self._check(asked, client)
            yield _turn(asked, render_pending())
            async for ahead in self._queue.wait():
                yield _turn(asked, render_pending(ahead))
            answers = follow(
                self._threads,
                lambda: self._answer(asked, query),
                self._options.answer_seconds,
                self._queue.release,
            )
            async for reply in answers:
                yield reply
        except QueueFullError:
            message = texts.QUEUE_FULL.format(count=self._queue.length)
            yield _problem(asked, message, texts.BUSY_LABEL)
        except TimeoutError:
            message = texts.TOO_SLOW.format(seconds=f"{self._options.answer_seconds:g}")
            yield _problem(asked, message, texts.OUR_PROBLEM_LABEL)
        except EcoPolicyError as error:
            is_theirs = isinstance(error, UserError)
            if not is_theirs:
                _log.error("a question could not be answered: %s", error)
            label = texts.USER_PROBLEM_LABEL if is_theirs else texts.OUR_PROBLEM_LABEL
            yield _problem(asked, str(error), label)
        except Exception:
            _log.exception("a question could not be answered")
            yield _problem(asked, texts.UNEXPECTED, texts.OUR_PROBLEM_LABEL)

    async def _check(self, asked: Asked, client: str) -> Query:
        """The query; UserError where a limit is passed or the day is none."""
        options = self._options
        count = len(asked.question.strip())
        if count > options.max_question:
            raise QuestionError(texts.TOO_LONG.format(count=count, most=options.max_question))
        if seconds := await wait_for(self._rate, client):
            most = options.requests_per_minute
            raise OptionError(texts.TOO_OFTEN.format(most=most, seconds=seconds))
        return Query(asked.question, read_day(asked.day), asked.audience, asked.history)

    def _answer(self, asked: Asked, query: Query) -> Iterator[Reply]:
        """In a thread: the growing answer, then the complete one."""
        answer = None
        for answer in self._assistant.stream(query):
            yield _turn(asked, self._render(answer, asked.number, asked.audience))
        if answer is None:
            yield _problem(asked, texts.NOTHING_FOUND, texts.DECLINED_LABEL)
            return
        if self._keep:
            self._keep(answer, asked.audience)
        reply = self._render(
            answer, asked.number, asked.audience, self._beside(answer, query.audience)
        )
        yield Reply(
            render_turn(asked.number, asked.question, reply, to_exchange(answer, asked.audience))
        )

    def _render(
        self, answer: Answer, number: int, audience: Audience, beside: Beside | None = None
    ) -> str:
        corpus = self._assistant.corpus
        today = standing_today(corpus, answer.as_of, date.today())

        def stretch(cited: Citation) -> str:
            return stretch_of(corpus, cited.key, answer.as_of, cited.quote)

        return render_answer(answer, number, audience, beside, today, stretch)

    def _beside(self, answer: Answer, audience: Audience, is_last: bool = True) -> Beside:
        is_near = answer.confidence is None or answer.confidence >= _NEAR
        is_declined = answer.outcome is Outcome.DECLINED
        return Beside(
            copy=copy_text(answer, audience),
            suggestions=suggest(answer, self._assistant.corpus) if is_last else (),
            nearest=answer.nearest if is_declined and is_near else (),
            hotlines=self._options.hotlines,
        )

    def restore(self, kept: Kept) -> str:
        """The turns of a kept conversation; only its last one offers what to ask next.

        What quotes a text that has changed is not shown as an answer: it can be asked again.
        """
        last = len(kept.exchanges) - 1 if kept.is_end else -1
        turns = (
            self._again(number, exchange, is_last=place == last)
            for place, exchange in enumerate(kept.exchanges)
            for number in (kept.first + place,)
        )
        return "".join(turns)

    def _again(self, number: int, exchange: dict[str, object], is_last: bool) -> str:
        try:
            found = read_exchange(exchange, self._assistant.corpus)
        except OptionError as error:
            question = str(exchange.get("question", ""))[: intake.MAX_QUESTION]
            problem = render_problem(str(error), texts.CHANGED_LABEL, ask_again=question)
            return render_turn(number, question, problem)
        answer, audience = found.answer, found.audience
        reply = self._render(answer, number, audience, self._beside(answer, audience, is_last))
        return render_turn(number, found.question, reply, to_exchange(answer, audience))


def read_day(text: str) -> date:
    """``YYYY-MM-DD`` → date; OptionError, in the page's words, where it cannot be asked for."""
    try:
        return intake.read_day(text)
    except OptionError as error:
        raise OptionError(texts.BAD_DAY.format(day=text[:20])) from error


def _turn(asked: Asked, reply: str) -> Reply:
    return Reply(render_turn(asked.number, asked.question, reply))


def _problem(asked: Asked, message: str, label: str) -> Reply:
    reply = render_problem(message, label)
    return Reply(render_turn(asked.number, asked.question, reply), is_taken=False)
