"""Kills whoever builds or serves at random moments, starts again, and counts what is lost.

    python -m eval.bench.kill_restart --cycles 1000

Each cycle does one thing in a process of its own (add a document, remove one, build anew, damage a
file of the index and mend it, serve), kills it at a moment drawn from the time that the thing
takes, and then looks in another process: the index is whole or mends by itself, the documents are
those of before or of after, all are readable and found, and the policy's text is.
"""

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console

if TYPE_CHECKING:
    from assistant.wiring import Workspace

_DAY = date(2026, 11, 23)
_THINGS = ("add", "remove", "rebuild", "mend", "serve")
_MOST_DOCUMENTS = 3
_QUESTION = "污染防治重点任务有多少项"
_KEY = "policy:减污"
_PATIENCE_S = 300
#: Imported once: what is killed is the work on the folder, not Python's start.
_LOADED = [
    "assistant.documents",
    "assistant.answering",
    "assistant.wiring",
    "chromadb.api.rust",
    "index.encoder",
    "index.nano_e5",
    "sentence_transformers",
]


def open_small(root: Path) -> "Workspace":
    """A workspace over one policy text and what was added in this folder."""
    from assistant.wiring import Workspace
    from corpus.collections import Library
    from index.embedders import load_embedder
    from index.state import IndexFolder

    folder = IndexFolder(root / "index")
    return Workspace(folder, Library(root / "documents"), load_embedder(), ("weifang",))


def damage(workspace: "Workspace", drawn: random.Random) -> None:
    """Cut, empty, delete or change a file of the index in use, or one of its two states."""
    root = workspace.folder.root
    name = workspace.folder.state().index
    files = [p for p in sorted((root / name).rglob("*")) if p.is_file()]
    path = drawn.choice([*files, root / "state.json", root / "state.backup.json"])
    data = bytearray(path.read_bytes())
    way = drawn.choice(("cut", "empty", "delete", "change"))
    if way == "delete":
        path.unlink()
        return
    if way == "change" and data:
        data[drawn.randrange(len(data))] ^= 1 << drawn.randrange(8)
    path.write_bytes({"cut": bytes(data[: len(data) // 2]), "empty": b""}.get(way, bytes(data)))


def do(thing: str, root: Path, number: int, seed: int) -> None:
    """One thing, from its start to its end; what the machine refuses is the reader's to see."""
    from assistant.documents import Details, add_documents, remove_document
    from assistant.wiring import build_index

    workspace = open_small(root)
    if thing == "add":
        path = root / f"given-{number}.txt"
        path.write_text(
            f"养蜂管理办法第{number}号\n第一条 编号{number}的蜂场应当离学校{number}米以上。"
        )
        details = Details(title=f"养蜂管理办法（{number}）")
        add_documents(workspace, [path], details, _silent)
    elif thing == "remove":
        remove_document(workspace, workspace.folder.state().documents[0], _silent)
    elif thing == "rebuild":
        build_index(workspace, _silent, rebuild=True)
    elif thing == "mend":
        damage(workspace, random.Random(seed))  # noqa: S311 - which file is no secret
        build_index(workspace, _silent)
    else:
        _serve(workspace)


def _serve(workspace: "Workspace") -> None:
    from assistant.settings import Settings
    from assistant.types import Query
    from assistant.wiring import build_assistant

    assistant = build_assistant(Settings(), _silent, workspace, is_serving=True)
    for _ in range(20):
        assistant.answer(Query(_QUESTION, _DAY))


def look(root: Path, reply: Connection) -> None:
    """What is there after a restart: the documents in use, what is wrong, and what was mended."""
    from assistant.wiring import build_index
    from index.opening import find_damage, open_index

    wrong: list[str] = []
    workspace = open_small(root)
    was_built = build_index(workspace, _silent)
    documents = workspace.folder.state().documents
    if left := find_damage(workspace.folder):
        wrong.append(f"still damaged: {left}")
    corpus = workspace.corpus()
    retriever = open_index(workspace.folder, corpus, workspace.embedder)
    if _KEY not in {hit.passage.key for hit in retriever.retrieve(_QUESTION, 3, _DAY).hits}:
        wrong.append("the policy is not found")
    for document in workspace.library.load(documents):
        number = document.title.partition("（")[2].rstrip("）")
        hits = retriever.retrieve(f"编号{number}的蜂场离学校多远", 3, _DAY).hits
        if document.title not in {hit.passage.title for hit in hits}:
            wrong.append(f"{document.title} is not found")
    halves = [p.name for p in workspace.folder.root.glob("*") if not _is_known(p, workspace)]
    reply.send((documents, wrong, was_built, halves))


def _is_known(path: Path, workspace: "Workspace") -> bool:
    return not path.is_dir() or (path / "checksums.json").exists()


def _silent(done: int, total: int) -> None:
    """Nobody watches."""


def _quiet(work: Any, *given: Any) -> None:
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - as long as the process
    work(*given)


class Loop:
    """The cycles over one folder."""

    def __init__(self, root: Path, seed: int) -> None:
        self._root = root
        self._drawn = random.Random(seed)  # noqa: S311 - when to kill is no secret
        self._processes = multiprocessing.get_context("forkserver")
        self._processes.set_forkserver_preload(_LOADED)
        self._documents: tuple[str, ...] = ()
        #: How long a thing took, of those that came to their end: the first of each does.
        self._took: defaultdict[str, list[float]] = defaultdict(list)
        self.counts: Counter[str] = Counter()
        self.losses: list[str] = []

    def cycle(self, number: int) -> None:
        """Do a thing, kill it, and look."""
        thing = self._drawn.choice(self._possible())
        seed = self._drawn.randrange(1 << 30)
        process = self._processes.Process(target=_quiet, args=(do, thing, self._root, number, seed))
        started = time.monotonic()
        process.start()
        took = self._took[thing][-3:]
        process.join(self._drawn.uniform(0.0, 1.1 * max(took)) if took else _PATIENCE_S)
        if process.is_alive():
            os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
            self.counts[f"{thing} killed"] += 1
        else:
            self._took[thing].append(time.monotonic() - started)
            self.counts[f"{thing} done"] += 1
            if process.exitcode:
                self.losses.append(f"{number} {thing}: ended with {process.exitcode}")
        self.look(number, thing)

    def _possible(self) -> Sequence[str]:
        if not self._documents:
            return [thing for thing in _THINGS if thing != "remove"]
        return _THINGS if len(self._documents) < _MOST_DOCUMENTS else _THINGS[1:]

    def look(self, number: int, thing: str) -> None:
        """Start again, and note what is lost; the first time makes the index."""
        ours, theirs = self._processes.Pipe()
        process = self._processes.Process(target=_quiet, args=(look, self._root, theirs))
        process.start()
        theirs.close()
        try:
            is_there = ours.poll(_PATIENCE_S)
            documents, wrong, was_built, halves = (
                ours.recv() if is_there else ((), ["hangs"], 0, ())
            )
        except EOFError:
            process.join()
            self.losses.append(f"{number} {thing}: the restart ended with {process.exitcode}")
            return
        process.join()
        self.counts["mended at the restart"] += bool(was_built)
        self.losses += [f"{number} {thing}: {said}" for said in wrong]
        before, after = set(self._documents), set(documents)
        allowed = {"add": 1, "remove": -1}.get(thing, 0)
        if before != after and len(after) - len(before) != allowed:
            self.losses.append(f"{number} {thing}: documents {before} became {after}")
        if before - after and thing != "remove":
            self.losses.append(f"{number} {thing}: lost {before - after}")
        self.counts["half-made folders left"] += bool(halves)
        self._documents = tuple(documents)


def main() -> None:
    """Print what was done, and what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    console = Console()
    root = Path(tempfile.mkdtemp(prefix="kill-restart-"))
    loop = Loop(root, chosen.seed)
    started = time.monotonic()
    try:
        loop.look(0, "start")
        for number in range(1, chosen.cycles + 1):
            known = len(loop.losses) if number > 1 else 0
            loop.cycle(number)
            for said in loop.losses[known:]:
                console.print(said)
            if number % 20 == 0:
                minutes = (time.monotonic() - started) / 60
                console.print(f"{number} cycles, {minutes:.0f} min, {len(loop.losses)} losses")
    finally:
        shutil.rmtree(root, ignore_errors=True)
    for name, count in sorted(loop.counts.items()):
        console.print(f"{name}: {count}")
    console.print(f"losses: {len(loop.losses)}")
    sys.exit(bool(loop.losses))


if __name__ == "__main__":
    main()
