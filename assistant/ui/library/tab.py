"""The tab 法规库: what the corpus holds, to leaf through and to search."""

from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Any

import gradio as gr

from assistant.pipeline import Assistant
from assistant.ui.library import texts
from assistant.ui.library.rendering import (
    MAX_WORDS,
    render_document,
    render_library,
    render_results,
    render_section,
)
from assistant.ui.theme import read_file
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

    def document(self, document_id: object) -> str:
        """A document's outline."""
        browsing, _ = self._browse()
        document = _document(browsing, document_id)
        return render_document(browsing, document) if document else _quiet(texts.GONE)

    def section(self, document_id: object, number: object) -> str:
        """The articles of a section of a document."""
        browsing, _ = self._browse()
        document = _document(browsing, document_id)
        found = sections(document) if document else ()
        if document is None or not isinstance(number, int) or not 0 <= number < len(found):
            return _quiet(texts.GONE)
        return render_section(browsing, document, found[number])

    def results(self, words: object, document_id: object) -> str:
        """What is found for the words, in one document or in all."""
        if not isinstance(words, str) or len(words) > MAX_WORDS:
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


def lay_out_library(assistant: Assistant) -> None:
    """Make the library inside the current ``gr.Tab``."""
    pages = Pages(assistant)

    # The browser calls these; what it sends may be anything.
    def fetch_document(what: Any) -> str:
        return pages.document(_field(what, "document"))

    def fetch_section(what: Any) -> str:
        return pages.section(_field(what, "document"), _field(what, "section"))

    def fetch_results(what: Any) -> str:
        return pages.results(_field(what, "words"), _field(what, "document"))

    shown = gr.HTML(
        pages.entry(),
        js_on_load=read_file("library/library.js"),
        apply_default_css=False,
        server_functions=[fetch_document, fetch_section, fetch_results],
        elem_id="library",
    )
    # When the page is loaded: documents may have been added since, and days pass.
    gr.on(fn=pages.entry, outputs=shown, show_progress="hidden", api_visibility="private")


def _field(what: object, name: str) -> object:
    return what.get(name) if isinstance(what, Mapping) else None


def _document(browsing: Browsing, document_id: object) -> Document | None:
    if not isinstance(document_id, str):
        return None
    return next((d for d in browsing.corpus.documents if d.id == document_id), None)


def _quiet(words: str) -> str:
    return f'<p class="quiet">{words}</p>'
