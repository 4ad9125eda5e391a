"""Uploads beside a small corpus; the publishing job runs in this process unless a test says so."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.records import SqliteDatabase
from assistant.uploads import State, Upload, Uploads, background
from assistant.uploads.publishing import do_job
from assistant.wiring import Workspace
from corpus.catalog import Corpus
from corpus.collections import Library, collection_of_added
from corpus.errors import OptionError
from corpus.types import Document
from index.state import IndexFolder
from index.types import Progress, Vector
from tests.support import load_policy

RULE = """己县养蜂管理办法
（2021年4月8日己县人民政府公布）
第一章 总则
第一条 为了规范养蜂，制定本办法。
第二章 蜂场
第二条 蜂场应当离学校一千米以上。
第三条 转场的蜂农应当提前三日告知所在村民委员会。
第三章 附则
第四条 本办法自2021年6月1日起施行。
"""
MOST_SECONDS = 90


class HashEmbedder:
    """A stand-in for the model where only the order of steps is tested."""

    name = "hashes"

    def encode_passages(self, texts: list[str]) -> Vector:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vector:
        vector = np.full(8, 1e-3, dtype=np.float32)
        for character in text:
            vector[ord(character) % 8] += 1
        return vector / np.linalg.norm(vector)


class InThisProcess:
    """Publishes here, in the thread that waits for it."""

    workspace: Workspace

    def __init__(self, module: str) -> None:
        self.is_stopped = False

    def run(self, request: Mapping[str, Any], progress: Progress) -> Mapping[str, str]:
        if self.is_stopped:
            raise OptionError("the service is closing")
        return do_job(request, lambda: self.workspace, progress)

    def stop(self) -> None:
        self.is_stopped = True


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now().astimezone() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """One policy text, and what is added."""

    def small(workspace: Workspace, names: Sequence[str]) -> Corpus:
        added = list(workspace.library.load(names))
        return Corpus([load_policy(), *map(as_added, added)], added=[d.title for d in added])

    monkeypatch.setattr(Workspace, "corpus_with", small)
    found = Workspace(
        IndexFolder(tmp_path / "index"),
        Library(tmp_path / "documents"),
        HashEmbedder(),  # type: ignore[arg-type]
        ("weifang",),
    )
    monkeypatch.setattr(background, "Child", InThisProcess)
    monkeypatch.setattr(InThisProcess, "workspace", found, raising=False)
    return found


def as_added(document: Document) -> Document:
    from dataclasses import replace

    collection = collection_of_added(document.title, document.kind, document.issuer)
    return replace(document, collection=collection)


class Audited:
    """What was told to the audit log."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str]] = []

    def __call__(self, by: str, action: str, what: str, details: Mapping[str, Any]) -> None:
        self.rows.append((by, action, what))


@pytest.fixture
def audited() -> Audited:
    return Audited()


Opens = Callable[[], Uploads]


@pytest.fixture
def opens(workspace: Workspace, tmp_path: Path, audited: Audited, clock: Clock) -> Iterator[Opens]:
    """Begins the service anew, as after a stop."""
    begun: list[Uploads] = []

    def begin() -> Uploads:
        database = SqliteDatabase(tmp_path / "records.sqlite3")
        begun.append(Uploads(workspace, database, tmp_path / "uploads", audited, now=clock))
        return begun[-1]

    yield begin
    for uploads in begun:
        uploads.close()


@pytest.fixture
def uploads(opens: Opens) -> Uploads:
    return opens()


def wait_for(uploads: Uploads, name: str, *states: State) -> Upload:
    """The upload as soon as it is in one of these states."""
    deadline = time.monotonic() + MOST_SECONDS
    while (found := uploads.get(name)).state not in states:
        assert time.monotonic() < deadline, found
        time.sleep(0.02)
    return found
