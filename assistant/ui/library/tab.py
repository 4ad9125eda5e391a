"""The tab 法规库: what the corpus holds, to leaf through and to search."""

from datetime import date
from threading import Lock

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool

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
    """The library's pages as HTML, for the corpus in use and for today."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._lock = Lock()
        self._known: tuple[Browsing, CorpusReport] | None = None

    def entry(self) -> str:
        """The first page."""
        browsing, checked = self._browse()
        return render_library(browsing, sorted(browsing.corpus.added), checked)

    def document(self, document_id: str) -> str:
        """A document's outline."""
        browsing, _ = self._browse()
        document = _document(browsing, document_id)
        return render_document(browsing, document) if document else _quiet(texts.GONE)

    def section(self, document_id: str, number: int) -> str:
        """The articles of a section of a document."""
        browsing, _ = self._browse()
        document = _document(browsing, document_id)
        found = sections(document) if document else ()
        if document is None or not 0 <= number < len(found):
            return _quiet(texts.GONE)
        return render_section(browsing, document, found[number])

    def results(self, words: str, document_id: str) -> str:
        """What is found for the words, in one document or in all."""
        if len(words) > MAX_WORDS:
            return _quiet(texts.WORDS_TOO_LONG.format(limit=MAX_WORDS))
        browsing, _ = self._browse()
        found = browsing.search(words, _document(browsing, document_id))
        return render_results(found, words, browsing.day, browsing.corpus)

    def _browse(self) -> tuple[Browsing, CorpusReport]:
        corpus, day = self._assistant.corpus, date.today()
        with self._lock:
            if self._known is None or self._known[0].corpus is not corpus:
                self._known = (Browsing(corpus, day), check_corpus(corpus, day))
            elif self._known[0].day != day:
                self._known = (Browsing(corpus, day), self._known[1])
            return self._known


def add_library(router: APIRouter, assistant: Assistant, told: Telling) -> None:
    """The library's pages as pieces of HTML, by what is opened."""
    pages = Pages(assistant)

    async def entry(_: Request) -> Response:
        return HTMLResponse(await run_in_threadpool(pages.entry))

    async def document(request: Request) -> Response:
        given = request.query_params
        return HTMLResponse(await run_in_threadpool(pages.document, given.get("document", "")))

    async def section(request: Request) -> Response:
        given = request.query_params
        number = given.get("section", "")
        found = (given.get("document", ""), int(number) if number.isdecimal() else -1)
        return HTMLResponse(await run_in_threadpool(pages.section, *found))

    async def results(request: Request) -> Response:
        given = request.query_params
        found = (given.get("words", ""), given.get("document", ""))
        return HTMLResponse(await run_in_threadpool(pages.results, *found))

    for path, handle in (
        ("/library", entry),
        ("/library/document", document),
        ("/library/section", section),
        ("/library/results", results),
    ):
        router.add_api_route(path, told(handle), methods=["GET"])


def _document(browsing: Browsing, document_id: str) -> Document | None:
    return next((d for d in browsing.corpus.documents if d.id == document_id), None)


def _quiet(words: str) -> str:
    return f'<p class="quiet">{words}</p>'
