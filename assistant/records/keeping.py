"""Keeping what was asked without holding up who asked it."""

import logging
from collections.abc import Callable

from assistant.records.asked import AskedLog
from assistant.types import Answer, Audience
from corpus.errors import RecordsError

#: Told of every answer that a reader was given.
Keep = Callable[[Answer, Audience], None]

_log = logging.getLogger("ecopolicy.records")


def keep_in(log: AskedLog) -> Keep:
    """Puts answers into a log; where that can't be done the reader has his answer all the same,
    and the operator is told."""

    def keep(answer: Answer, audience: Audience) -> None:
        try:
            log.add(answer, audience)
        except RecordsError as error:
            _log.error("a question was not kept: %s", error)

    return keep
