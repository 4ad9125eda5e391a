"""The tab 目标与措施: what the policy text sets out to do, read out of it by code."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import gradio as gr

from assistant.export import to_csv, to_xlsx
from assistant.pipeline import Assistant
from assistant.ui.board import texts
from assistant.ui.board.rendering import Plan, render_board
from assistant.ui.theme import read_file
from corpus.catalog import Corpus
from corpus.collections import find_measures
from corpus.types import Status


def plans_of(corpus: Corpus, day: date) -> list[Plan]:
    """The policy texts that hold or held by the day, the latest first, with their measures."""
    there = [d for d in corpus.policies if corpus.status(d, day) is not Status.NOT_YET]
    later = sorted(there, key=lambda d: corpus.status(d, day) is Status.EARLIER)
    return [(document, found) for document in later if (found := find_measures(document))]


def lay_out_board(assistant: Assistant) -> None:
    """Make the board inside the current ``gr.Tab``."""

    def board() -> str:
        corpus, day = assistant.corpus, date.today()
        return render_board(plans_of(corpus, day), corpus, day)

    shown = gr.HTML(
        board(),
        js_on_load=read_file("board/board.js"),
        apply_default_css=False,
        elem_id="board",
    )
    # When the page is loaded: texts may have been added since.
    gr.on(fn=board, outputs=shown, show_progress="hidden", api_visibility="private")
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
            measures = [m for _, found in plans_of(corpus, day) for m in found]
            (self._folder / f"{self._name()}.csv").write_bytes(to_csv(measures))
            (self._folder / f"{self._name()}.xlsx").write_bytes(to_xlsx(measures, corpus, day))
            self._made = (corpus, day)
        return self._folder
