"""What goes wrong in a route of the page is told in one Chinese sentence."""

import logging
from collections.abc import Awaitable, Callable

from fastapi import Request
from fastapi.responses import PlainTextResponse, Response

from assistant.page_options import PageOptions
from assistant.serving import address_of, rate_limit, wait_for
from assistant.ui import texts
from corpus.errors import EcoPolicyError

Handler = Callable[[Request], Awaitable[Response]]
#: So much may be opened, checked and taken away for each question.
_PER_QUESTION = 4


class Telling:
    """Wraps a handler: an error becomes its sentence, and a client that asks for more than
    :data:`_PER_QUESTION` times as much as it may ask questions waits."""

    def __init__(self, options: PageOptions) -> None:
        self._header = options.client_header
        most = options.requests_per_minute * _PER_QUESTION
        self._rate = rate_limit("opened", most, options.shared_limits)

    def __call__(self, handle: Handler) -> Handler:
        """The handler, kept to the limit."""

        async def handler(request: Request) -> Response:
            client = address_of(request, self._header)
            if seconds := await wait_for(self._rate, client):
                says = texts.OPENED_TOO_OFTEN.format(most=self._rate.per_minute, seconds=seconds)
                return PlainTextResponse(says, 429, {"Retry-After": str(seconds)})
            try:
                return await handle(request)
            except EcoPolicyError as error:
                return PlainTextResponse(str(error), 422)
            except Exception:
                logging.getLogger("ecopolicy.page").exception("a request failed")
                return PlainTextResponse(texts.UNEXPECTED, 500)

        return handler
