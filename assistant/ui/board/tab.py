"""The tab 目标与措施: what the policy text sets out to do, read out of it by code."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import gradio as gr

from assistant.export import to_csv, to_xlsx
from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.ui import browse_texts as texts
from assistant.ui.board.rendering import render_board
from assistant.ui.theme import read_file
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.collections import Measure, find_measures
from corpus.types import Document


def policy_of(corpus: Corpus) -> tuple[Document | None, tuple[Measure, ...]]:
    """The policy text and its measures."""
    document = next((d for d in corpus.documents if d.kind is Kind.POLICY), None)
    return document, find_measures(document) if document else ()


def lay_out_board(assistant: Assistant, settings: Settings) -> None:
    """Make the board inside the current ``gr.Tab``."""
    gr.HTML(
        render_board(*policy_of(assistant.corpus)),
        js_on_load=read_file("board/board.js"),
        apply_default_css=False,
        elem_id="board",
    )
    files = _Files(lambda: assistant.corpus)
    with gr.Row(elem_id="board-downloads"):
        gr.DownloadButton(texts.XLSX, value=files.xlsx, size="md", elem_id="board-xlsx")
        gr.DownloadButton(texts.CSV, value=files.csv, size="md", elem_id="board-csv")


class _Files:
    """The downloads of the day, made once for a corpus and a day."""

    def __init__(self, corpus: Callable[[], Corpus]) -> None:
        self._corpus = corpus
        self._folder = Path(tempfile.mkdtemp(prefix="ecopolicy-board-"))
        self._made: tuple[Corpus, date] | None = None

    def xlsx(self) -> str:
        """The path of the workbook."""
        return str(self._make() / f"{self._name()}.xlsx")

    def csv(self) -> str:
        """The path of the CSV file."""
        return str(self._make() / f"{self._name()}.csv")

    def _name(self) -> str:
        return texts.FILE_NAME.format(day=date.today().isoformat())

    def _make(self) -> Path:
        corpus, day = self._corpus(), date.today()
        if self._made is None or self._made[0] is not corpus or self._made[1] != day:
            _, measures = policy_of(corpus)
            (self._folder / f"{self._name()}.csv").write_bytes(to_csv(measures))
            (self._folder / f"{self._name()}.xlsx").write_bytes(to_xlsx(measures, corpus, day))
            self._made = (corpus, day)
        return self._folder
