"""Putting what staff write into use: own matters and lay wording, kept and known to the index, or
neither. ``switch`` makes the index: a service has it made by a process of its own
(``assistant.apart``)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.matters import OwnMatters
from assistant.wiring import Workspace, switch_documents
from assistant.writing import Proposed, write_wording
from corpus.collections import Matter
from corpus.errors import MatterError, Problem
from index.types import Progress

#: Makes an index for these added documents and puts it into use; the caller holds the lock.
Switch = Callable[[Workspace, Sequence[str], Progress], None]


def publish(
    workspace: Workspace,
    matter: Matter,
    by: str,
    day: date,
    progress: Progress,
    switch: Switch = switch_documents,
) -> Matter:
    """Save a matter signed ``by`` a person, and answer from it at once; returns it as it is kept.

    MatterError where it can't be said; then, and where the index can't be made, all is as before.
    """
    with _changing(workspace, progress, switch) as own:
        return own.save(matter, by, workspace.corpus(), day)


def publish_all(
    workspace: Workspace,
    matters: Sequence[Matter],
    by: str,
    day: date,
    progress: Progress,
    switch: Switch = switch_documents,
) -> list[Matter]:
    """Save several matters, all or none, with one index for them; MatterError has the problems of
    all, ``where`` after the number of the matter (``2.name``)."""
    with _changing(workspace, progress, switch) as own:
        corpus = workspace.corpus()
        saved: list[Matter] = []
        problems: list[Problem] = []
        for number, matter in enumerate(matters):
            try:
                saved.append(own.save(matter, by, corpus, day))
            except MatterError as error:
                name = matter.name or f"第 {number + 1} 件"
                problems += [
                    replace(p, where=f"{number}.{p.where}", says=f"{name}：{p.says}")
                    for p in error.problems
                ]
        if problems:
            raise MatterError(problems)
        return saved


def withdraw(
    workspace: Workspace,
    name: str,
    by: str,
    progress: Progress,
    switch: Switch = switch_documents,
) -> Matter:
    """Take the matter with this id out of use; OptionError where there is none."""
    with _changing(workspace, progress, switch) as own:
        return own.remove(name, by)


def publish_wording(
    workspace: Workspace,
    path: Path,
    rows: Sequence[Proposed],
    switch: Switch = switch_documents,
) -> None:
    """Keep the lay wording of an added document, and search with what of it was reviewed."""
    with workspace.lock():
        before = path.read_text("utf-8") if path.exists() else None
        write_wording(path, rows)
        try:
            switch(workspace, workspace.folder.state().documents, _silent)
        except BaseException:
            if before is None:
                path.unlink()
            else:
                path.write_text(before, "utf-8")
            raise


def _silent(done: int, total: int) -> None:
    """It is a matter of seconds."""


@contextmanager
def _changing(workspace: Workspace, progress: Progress, switch: Switch) -> Iterator[OwnMatters]:
    """The matters to change; then the index is made anew. Whatever fails, the files are as they
    were."""
    own = OwnMatters(workspace.folder.root.parent)
    with workspace.lock():
        before = own.contents()
        try:
            yield own
            switch(workspace, workspace.folder.state().documents, progress)
        except BaseException:
            own.restore(before)
            raise
