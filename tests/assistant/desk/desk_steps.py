"""The desk over a small corpus of one policy text and one rule; publishing happens here."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from assistant import wiring
from assistant.apart import switching
from assistant.apart.switching import do_switch
from assistant.desk import Bench, add_desk, make_bench
from assistant.pipeline import Assistant
from assistant.records import open_records
from assistant.staff import Role
from assistant.uploads import background
from assistant.uploads.publishing import do_job
from assistant.wiring import Workspace
from assistant.writing import reviewed_wording
from corpus.catalog import Corpus
from corpus.collections import Library, collection_of_added, read_own_matters
from index.embedders import SentenceEmbedder
from index.state import IndexFolder
from index.types import Progress
from tests.support import load_policy, options_for

RULE = """庚市夜市管理办法
（2022年3月4日庚市人民政府公布）
第一条 为了规范夜市，制定本办法。
第二条 夜市摊位应当在二十三时前收摊，不得使用高音喇叭招揽顾客。
第三条 违反本办法第二条规定的，由城市管理部门处二百元以上一千元以下罚款。
第四条 本办法自2022年5月1日起施行。
"""
KEY = "庚市夜市管理办法#2"
PASSWORD = "long-enough-1"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class PublishesHere:
    """Publishes in the thread that waits for it."""

    workspace: Workspace

    def __init__(self, module: str) -> None:
        self._do = do_switch if module == "assistant.apart.switch" else do_job

    def run(self, request: Mapping[str, Any], progress: Progress) -> Mapping[str, str]:
        return self._do(request, lambda: self.workspace, progress)

    def stop(self) -> None:
        """Nothing runs elsewhere."""


@pytest.fixture(name="workspace")
def desk_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedder: SentenceEmbedder
) -> Workspace:
    def small(workspace: Workspace, names: Sequence[str]) -> Corpus:
        policy = load_policy()
        held = [policy.collection]
        added = [
            replace(d, collection=collection_of_added(d.title, d.kind, d.issuer, d.part_of, held))
            for d in workspace.library.load(names)
        ]
        own = read_own_matters(tmp_path)
        wording = tuple(reviewed_wording(tmp_path, names))
        return Corpus(
            [policy, *added],
            lay_wording=wording,
            matters=own,
            added=[d.title for d in added],
        )

    monkeypatch.setattr(Workspace, "corpus_with", small)
    found = Workspace(
        IndexFolder(tmp_path / "index"), Library(tmp_path / "documents"), embedder, ("weifang",)
    )
    monkeypatch.setattr(background, "Child", PublishesHere)
    monkeypatch.setattr(switching, "Child", PublishesHere)
    monkeypatch.setattr(PublishesHere, "workspace", found, raising=False)
    return found


@dataclass
class Staff:
    """A person at the desk with a browser."""

    client: TestClient
    bench: Bench

    def sign_in(self, name: str = "王编辑", password: str = PASSWORD) -> Response:
        sent = {"name": name, "password": password, "to": "/desk"}
        return self.client.post("/desk/sign-in", data=sent)

    def get(self, path: str) -> str:
        return unescape(self.client.get(f"/desk{path}").text)

    def csrf(self) -> str:
        found = _CSRF.search(self.client.get("/desk").text)
        assert found
        return found[1]

    def post(self, path: str, data: Mapping[str, Any] | None = None, **more: Any) -> Response:
        sent = {"csrf": self.csrf(), **(data or {})}
        return self.client.post(f"/desk{path}", data=sent, **more)


@pytest.fixture(name="bench")
def desk_bench(workspace: Workspace, tmp_path: Path) -> Bench:
    wiring.build_index(workspace, lambda done, total: None)
    assistant = Assistant(wiring._newest(workspace, None))
    options = replace(options_for(assistant.corpus), data_dir=tmp_path, keep_questions_days=30)
    bench = make_bench(assistant, workspace, options, open_records(tmp_path))
    bench.people.add("王编辑", Role.EDITOR, PASSWORD)
    bench.people.add("赵管理", Role.ADMIN, PASSWORD)
    return bench


@pytest.fixture(name="staff")
def desk_staff(bench: Bench) -> Iterator[Staff]:
    app = FastAPI()
    add_desk(app, bench)
    with TestClient(app) as client:
        found = Staff(client, bench)
        found.sign_in()
        yield found


def wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Until it is so."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
