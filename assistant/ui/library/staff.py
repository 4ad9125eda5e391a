"""Adding and removing documents in the library: for staff, behind a password."""

import logging
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr
from pydantic import SecretStr

from assistant.documents import Details, add_documents, remove_document
from assistant.ui.library import texts
from assistant.ui.library.staff_gate import StaffGate
from assistant.wiring import Workspace
from corpus.errors import EcoPolicyError

_log = logging.getLogger(__name__)
_TYPES = [".docx", ".pdf", ".html", ".htm", ".md", ".txt"]


def added_titles(workspace: Workspace | None) -> list[str]:
    """The titles of the documents that users added."""
    if workspace is None:
        return []
    return [d.title for d in workspace.library.load(workspace.folder.state().documents)]


class Desk:
    """Changes the library for those whom the gate admits, and says what became of it."""

    def __init__(self, workspace: Workspace, gate: StaffGate) -> None:
        self._workspace = workspace
        self._gate = gate

    def add(self, password: str, paths: list[str], title: str) -> list[str]:
        """Add files; a sentence for each."""
        if refused := self._refuse(password):
            return [refused]
        if not paths:
            return [texts.NO_FILES]
        details = Details(title=title.strip() or None)
        return self._told(
            lambda: add_documents(self._workspace, [Path(p) for p in paths], details, _silent)
        )

    def remove(self, password: str, title: str | None) -> list[str]:
        """Remove the document with this title."""
        if refused := self._refuse(password):
            return [refused]
        if not title:
            return [texts.NO_CHOICE]
        return self._told(lambda: [remove_document(self._workspace, title, _silent)])

    def _refuse(self, password: str) -> str:
        if self._gate.admits(password):
            return ""
        minutes = self._gate.locked_minutes
        return texts.LOCKED.format(minutes=minutes) if minutes else texts.NOT_STAFF

    def _told(self, change: Callable[[], list[str]]) -> list[str]:
        try:
            return change()
        except EcoPolicyError as error:
            return [str(error)]
        except Exception:
            _log.exception("the library could not be changed")
            return [texts.UNEXPECTED]


def lay_out_staff(
    workspace: Workspace, password: SecretStr, shown: gr.HTML, entry: Callable[[], str]
) -> None:
    """The form under the library; ``shown`` is the library, ``entry`` makes it anew."""
    desk = Desk(workspace, StaffGate(password))
    with gr.Accordion(texts.MANAGE, open=False, elem_id="staff") as form:
        word = gr.Textbox(label=texts.STAFF_LABEL, type="password", max_lines=1)
        files = gr.File(label=texts.FILES, file_count="multiple", file_types=_TYPES, height=120)
        title = gr.Textbox(label=texts.TITLE, max_lines=1)
        add = gr.Button(texts.ADD, size="md")
        choice = gr.Dropdown(
            choices=added_titles(workspace), value=None, label=texts.ADDED, interactive=True
        )
        remove = gr.Button(texts.REMOVE, size="md")
        said = gr.HTML("", apply_default_css=False, elem_id="staff-said")

    def refresh() -> Any:
        return gr.Dropdown(choices=added_titles(workspace), value=None)

    def done(sentences: list[str]) -> tuple[Any, ...]:
        return entry(), refresh(), _say(sentences)

    def on_add(given: str, paths: list[str] | None, name: str) -> Iterator[tuple[Any, ...]]:
        yield gr.skip(), gr.skip(), _say([texts.WORKING])
        yield done(desk.add(given or "", paths or [], name or ""))

    def on_remove(given: str, name: str | None) -> Iterator[tuple[Any, ...]]:
        yield gr.skip(), gr.skip(), _say([texts.WORKING])
        yield done(desk.remove(given or "", name))

    quietly: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    outputs = [shown, choice, said]
    form.expand(refresh, None, choice, **quietly)
    add.click(on_add, [word, files, title], outputs, concurrency_id="staff", **quietly)
    remove.click(on_remove, [word, choice], outputs, concurrency_id="staff", **quietly)


def _say(sentences: list[str]) -> str:
    lines = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return f'<div role="status">{lines}</div>'


def _silent(done: int, total: int) -> None:
    """Progress is not shown: the index is changed in seconds."""
