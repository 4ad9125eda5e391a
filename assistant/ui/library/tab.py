"""The tab 法规库: what the corpus holds, to leaf through and to search."""

from datetime import date
from threading import Lock

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

from assistant.intake import read_day
from assistant.pipeline import Assistant
from assistant.ui.library import texts
from assistant.ui.library.rendering import (
    MAX_WORDS,
    render_document,
    render_library,
    render_results,
    render_section,
)
from assistant.ui.telling import Telling
from corpus.browsing import Browsing, sections
from corpus.check import CorpusReport, check_corpus
from corpus.types import Document


class Pages:
    """The library's pages as HTML, for the corpus in use and for a day."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = Lock()
        self._known: tuple[Browsing, CorpusReport] | None = None

    def entry(self, day: date) -> str:
        """The first page."""
        browsing, checked = self._browse(day)
        return render_library(browsing, sorted(browsing.corpus.added), checked)

    def document(self, day: date, document_id: str) -> str:
        """A document's outline."""
        browsing, _ = self._browse(day)
        document = _document(browsing, document_id)
        return render_document(browsing, document) if document else _quiet(texts.GONE)

    def section(self, day: date, document_id: str, number: int) -> str:
        """The articles of a section of a document."""
        browsing, _ = self._browse(day)
        document = _document(browsing, document_id)
        found = sections(document) if document else ()
        if document is None or not 0 <= number < len(found):
            return _quiet(texts.GONE)
        return render_section(browsing, document, found[number])

    def results(self, day: date, words: str, document_id: str) -> str:
        """What is found for the words, in one document or in all."""
        if len(words) > MAX_WORDS:
            return _quiet(texts.WORDS_TOO_LONG.format(limit=MAX_WORDS))
        browsing, _ = self._browse(day)
        found = browsing.search(words, _document(browsing, document_id))
        return render_results(found, words, browsing.day, browsing.corpus)

    def _browse(self, day: date) -> tuple[Browsing, CorpusReport]:
        corpus = self._assistant.corpus
        with self._lock:
            if self._known is None or self._known[0].corpus is not corpus:
                self._known = (Browsing(corpus, day), check_corpus(corpus, day))
            elif self._known[0].day != day:
                self._known = (Browsing(corpus, day), self._known[1])
            return self._known


def add_library(router: APIRouter, assistant: Assistant, told: Telling) -> None:
    """The library's pages as pieces of HTML, by what is opened."""
    pages = Pages(assistant)

    async def entry(request: Request) -> Response:
        return HTMLResponse(await run_in_threadpool(pages.entry, _day(request)))

    async def document(request: Request) -> Response:
        given = request.query_params
        found = (_day(request), given.get("document", ""))
        return HTMLResponse(await run_in_threadpool(pages.document, *found))

    async def section(request: Request) -> Response:
        given = request.query_params
        number = given.get("section", "")
        wanted = int(number) if number.isdecimal() else -1
        found = (_day(request), given.get("document", ""), wanted)
        return HTMLResponse(await run_in_threadpool(pages.section, *found))

    async def results(request: Request) -> Response:
        given = request.query_params
        found = (_day(request), given.get("words", ""), given.get("document", ""))
        return HTMLResponse(await run_in_threadpool(pages.results, *found))

    for path, handle in (
        ("/library", entry),
        ("/library/document", document),
        ("/library/section", section),
        ("/library/results", results),
    ):
        router.add_api_route(path, told(handle), methods=["GET"])


def _day(request: Request) -> date:
    """The day that is set on the page, today where none is."""
    given = request.query_params.get("day", "")
    return read_day(given) if given else date.today()


def _document(browsing: Browsing, document_id: str) -> Document | None:
    return next((d for d in browsing.corpus.documents if d.id == document_id), None)


def _quiet(words: str) -> str:
    return f'<p class="quiet">{words}</p>'
