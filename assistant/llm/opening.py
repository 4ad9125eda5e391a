"""A reply up to its first words, tried again and elsewhere by LangChain's own means.

What may pass (too many requests, a connection lost before the first word) is tried again with
``with_retry``; where a model gives no reply the next one is asked with ``with_fallbacks``. After
the first words nothing is tried again: they may have been shown.
"""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from assistant.llm.errors import BROKEN, NO_REPLY, translate
from assistant.llm.request import Request
from corpus.errors import EngineError, EngineFormatError

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from assistant.llm.engine import Engine

_log = logging.getLogger(__name__)

_ATTEMPTS = 3
_PAUSE_S = 0.5
#: While another model could be asked, this part of the time that is left is to wait for words.
_SHARE = 0.5
#: By what the last piece of a reply is told.
_ENDS = ("finish_reason", "stop_reason", "done_reason")


@dataclass(frozen=True, slots=True)
class Opened:
    """A reply of which the first words are there; the others come as they are written."""

    pieces: Iterator[str] = field(repr=False)


def opening(engine: "Engine") -> "Runnable[Request, Opened]":
    """A Runnable that opens a reply; EngineError where no model gives one."""
    from langchain_core.runnables import RunnableLambda

    def begin(request: Request) -> Opened:
        return _begin(engine, request)

    tried = RunnableLambda(begin, name=engine.name).with_retry(
        retry_if_exception_type=_may_pass,
        exponential_jitter_params={"max": _PAUSE_S, "jitter": _PAUSE_S},
        stop_after_attempt=_ATTEMPTS,
    )
    if not engine.others:
        return tried
    others = [opening(other) for other in engine.others]
    return tried.with_fallbacks(others, exceptions_to_handle=(EngineError,))


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, EngineError) and error.may_pass


def _begin(engine: "Engine", request: Request) -> Opened:
    """One request up to its first words; once more, for plain text from then on, where the server
    takes no schema."""
    try:
        return _open(engine, request)
    except EngineFormatError:
        if not engine.is_structured:
            raise
    _log.warning("the model's server takes no JSON schema; plain text from now on")
    engine.is_structured = False
    return _open(engine, request)


def _open(engine: "Engine", request: Request) -> Opened:
    request.meter.calls += 1
    pieces = _pieces(engine, request)
    try:
        first = next(pieces, None)
    except EngineError as error:
        raise _after_its_wait(error, request) from None
    if first is None:
        raise EngineError(NO_REPLY)
    request.meter.name = engine.name
    return Opened(chain((first,), pieces))


def _after_its_wait(error: EngineError, request: Request) -> EngineError:
    """The error, when the server may be asked again; at once, and as one that does not pass, where
    there is no time for that."""
    if error.may_pass and max(_PAUSE_S, error.after_s) >= request.deadline.left:
        return type(error)(str(error))
    if error.may_pass:
        time.sleep(error.after_s)
    return error


def _pieces(engine: "Engine", request: Request) -> Iterator[str]:
    """The words of one reply; EngineError with our own words for whatever goes wrong."""
    prompt = request.prompt
    messages = [("system", prompt.system), ("human", prompt.user)]
    is_finished = not engine.speaks_openai
    failed = None
    try:
        for chunk in engine.model.stream(messages, **_options(engine, request)):
            if chunk.usage_metadata:
                request.meter.add(dict(chunk.usage_metadata))
            if text := chunk.text:
                yield str(text)
            is_finished = is_finished or any(e in chunk.response_metadata for e in _ENDS)
    except Exception as error:
        failed = translate(error)
    if failed:
        # Not in the except clause: what the server said must not hang on to it.
        raise failed
    if not is_finished:
        # A connection that is cut between two events looks like the end of a reply.
        raise EngineError(BROKEN, may_pass=True)


def _options(engine: "Engine", request: Request) -> dict[str, Any]:
    """What goes with the messages. In extra_body, since ChatOpenAI renames max_tokens to what
    few servers know, and parses a reply in a response_format itself, which fails on one that
    was cut off."""
    prompt = request.prompt
    if not engine.speaks_openai:
        return {"max_tokens": prompt.max_tokens}
    extra: dict[str, Any] = {"max_tokens": prompt.max_tokens}
    if prompt.schema and engine.is_structured:
        form = {"name": "reply", "strict": True, "schema": prompt.schema}
        extra["response_format"] = {"type": "json_schema", "json_schema": form}
    left = request.deadline.left
    return {"extra_body": extra, "timeout": left * _SHARE if engine.others else left}
