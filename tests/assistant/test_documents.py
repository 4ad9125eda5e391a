"""Users' documents: added, replaced, removed; and killed in between."""

import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant import wiring
from assistant.documents import Details, add_documents, remove_document
from assistant.pipeline import Assistant
from assistant.types import Query
from assistant.wiring import Workspace
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.collections.library import Library
from corpus.errors import IndexBrokenError, OptionError, UserError
from index.build import build
from index.embedders import SentenceEmbedder
from index.opening import open_index
from index.state import IndexFolder
from index.types import Vector
from tests.support import load_policy

TODAY = date(2026, 11, 23)
#: More than all passages that the tests add.
_ALL = 500
RULE = """乙市渔港管理条例
（2020年1月2日乙市人民代表大会常务委员会通过）
第一条 为了管理渔港，制定本条例。
第二条 渔船应当在港内指定的水域清洗甲板，不得把清洗水排入航道。
第三条 违反本条例第二条规定的，依照《中华人民共和国水污染防治法》处罚。
第四条 本条例自2020年3月1日起施行。
"""


class WordEmbedder:
    """A stand-in for the model where only the order of steps is tested: hashed characters."""

    name = "words"

    def encode_passages(self, texts: list[str]) -> Vector:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vector:
        vector = np.full(16, 1e-3, dtype=np.float32)
        for character in text:
            vector[ord(character) % 16] += 1
        return vector / np.linalg.norm(vector)

    def embed_query(self, text: str) -> list[float]:
        return [float(x) for x in self.encode_query(text)]


def small_corpus(workspace: Workspace, names: Sequence[str]) -> Corpus:
    """The policy text and the added documents: the statutes would only take time."""
    return Corpus([load_policy(), *workspace.library.load(names)])


def silent(done: int, total: int) -> None:
    pass


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Workspace, "corpus_with", small_corpus)


@pytest.fixture
def workspace(tmp_path: Path, small: None, embedder: SentenceEmbedder) -> Workspace:
    return Workspace(IndexFolder(tmp_path / "index"), Library(tmp_path / "documents"), embedder)


@pytest.fixture
def rule(tmp_path: Path) -> Path:
    path = tmp_path / "乙市渔港管理条例.txt"
    path.write_text(RULE, "utf-8")
    return path


def test_an_added_document_is_answered_from_at_once(workspace: Workspace, rule: Path) -> None:
    wiring.build_index(workspace, silent)
    running = Assistant(wiring._newest(workspace, None))
    said = add_documents(workspace, [rule], Details(), silent)
    assert "已添加《乙市渔港管理条例》" in said[0]
    assert "已废止的《中华人民共和国水污染防治法》" in said[1]
    answer = running.answer(Query("渔船在哪里清洗甲板", TODAY))
    assert answer.citations[0].key == "乙市渔港管理条例#2"
    assert answer.citations[0].effective_date == "2020-03-01"


def test_who_serves_goes_on_with_the_index_before_while_another_is_opened(
    workspace: Workspace, rule: Path
) -> None:
    wiring.build_index(workspace, silent)
    newest = wiring._newest(workspace, None, is_serving=True)
    before = newest()
    add_documents(workspace, [rule], Details(), silent)
    assert newest() is before
    deadline = time.monotonic() + 60
    while newest() is before:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    answer = Assistant(newest).answer(Query("渔船在哪里清洗甲板", TODAY))
    assert answer.citations[0].key == "乙市渔港管理条例#2"


def test_the_same_file_changes_nothing(workspace: Workspace, rule: Path) -> None:
    add_documents(workspace, [rule], Details(), silent)
    before = workspace.folder.state()
    said = add_documents(workspace, [rule], Details(), silent)
    assert "没有变化" in said[0]
    assert workspace.folder.state() == before


def test_a_new_version_replaces_the_old_one(workspace: Workspace, rule: Path) -> None:
    add_documents(workspace, [rule], Details(), silent)
    rule.write_text(RULE.replace("甲板", "船底"), "utf-8")
    said = add_documents(workspace, [rule], Details(), silent)
    assert "换成了新版本" in said[0]
    assert len(workspace.folder.state().documents) == 1
    # The document and the file that it was read from.
    assert len({path.stem for path in (rule.parent / "documents").iterdir()}) == 1


@pytest.mark.parametrize("by", ["title", "id"])
def test_removed_is_gone(workspace: Workspace, rule: Path, by: str) -> None:
    add_documents(workspace, [rule], Details(), silent)
    (name,) = workspace.folder.state().documents
    remove_document(workspace, "乙市渔港管理条例" if by == "title" else name, silent)
    assert workspace.folder.state().documents == ()
    with pytest.raises(OptionError, match="没有添加过"):
        remove_document(workspace, name, silent)


def test_one_bad_file_and_nothing_has_changed(workspace: Workspace, rule: Path) -> None:
    wiring.build_index(workspace, silent)
    before = workspace.folder.state()
    empty = rule.with_name("空.txt")
    empty.write_text("", "utf-8")
    with pytest.raises(UserError):
        add_documents(workspace, [rule, empty], Details(), silent)
    assert workspace.folder.state() == before


def test_a_bundled_title_is_not_replaced(workspace: Workspace, rule: Path) -> None:
    with pytest.raises(OptionError, match="--title"):
        add_documents(workspace, [rule], Details(title="中华人民共和国水法"), silent)


def test_details_given_by_the_user(workspace: Workspace, rule: Path) -> None:
    details = Details("丙规定", Kind.STATUTE, "丙局", date(2021, 1, 1), date(2021, 2, 1))
    add_documents(workspace, [rule], details, silent)
    (document,) = workspace.library.load(workspace.folder.state().documents)
    assert (document.title, document.issuer) == ("丙规定", "丙局")
    assert document.effective == date(2021, 2, 1)


def test_a_broken_state_is_told(workspace: Workspace) -> None:
    wiring.build_index(workspace, silent)
    for copy in workspace.folder.root.glob("state*.json"):
        copy.write_text("{", "utf-8")
    with pytest.raises(IndexBrokenError, match="状态文件"):
        workspace.folder.state()


def _add_in_child(folder: str, path: str) -> None:
    Workspace.corpus_with = small_corpus  # type: ignore[method-assign]
    Workspace.bundled = lambda self: small_corpus(self, ())  # type: ignore[method-assign]
    where = Path(folder)
    child = Workspace(
        IndexFolder(where / "index"),
        Library(where / "documents"),
        WordEmbedder(),  # type: ignore[arg-type]
    )
    if int(Path(path).stem[-1]) % 5 == 0:
        wiring.build_index(child, silent, rebuild=True)
    else:
        add_documents(child, [Path(path)], Details(), silent)


@pytest.mark.slow
def test_killed_at_any_moment_the_index_stays_whole(tmp_path: Path, small: None) -> None:
    """Fifty additions and rebuilds are killed at random moments: the index is always usable."""
    embedder = WordEmbedder()
    work = Workspace(
        IndexFolder(tmp_path / "index"),
        Library(tmp_path / "documents"),
        embedder,  # type: ignore[arg-type]
    )
    wiring.build_index(work, silent)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["assistant.documents"])
    _duration(context.Process(target=_add_in_child, args=_job(tmp_path, 0)))  # starts the server
    whole = _duration(context.Process(target=_add_in_child, args=_job(tmp_path, 51)))
    moments = random.Random(7)
    finished = 0
    for number in range(1, 51):
        process = context.Process(target=_add_in_child, args=_job(tmp_path, number))
        process.start()
        process.join(moments.uniform(0, 1.2 * whole))
        if process.is_alive() and process.pid:
            with suppress(ProcessLookupError):  # it may just have finished
                os.kill(process.pid, signal.SIGKILL)
        process.join()
        is_finished = process.exitcode == 0
        finished += is_finished
        # Beside other tests a process takes longer than the one that was timed: about one in six
        # finishes, however fast the machine is.
        whole *= 1 / 1.3 if is_finished else 1.05
        corpus = work.corpus()
        retriever = open_index(work.folder, corpus, embedder)  # type: ignore[arg-type]
        for document in corpus.documents[1:]:
            subject = document.articles[1].text
            # They are as like as can be: every one is found, whichever comes first.
            hits = retriever.retrieve(subject, _ALL, TODAY).hits
            assert document.title in {hit.passage.title for hit in hits}
    assert 0 < finished < 50
    build(work.folder, work.corpus(), embedder, silent)  # type: ignore[arg-type]
    assert len([p for p in work.folder.root.iterdir() if p.is_dir()]) == 2


def _job(folder: Path, number: int) -> tuple[str, str]:
    path = folder / f"规定{number}.txt"
    text = RULE.replace("乙市渔港", f"第{number}号渔港").replace("甲板", f"甲板和{number}号缆绳")
    path.write_text(text, "utf-8")
    return str(folder), str(path)


def _duration(process: multiprocessing.context.ForkServerProcess) -> float:
    started = time.monotonic()
    process.start()
    process.join()
    assert process.exitcode == 0
    return time.monotonic() - started


def test_the_library_refuses_a_damaged_file(tmp_path: Path) -> None:
    library = Library(tmp_path)
    name = library.save(load_policy())
    assert library.load([name]) == [load_policy()]
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps({"title": "x"}), "utf-8")
    with pytest.raises(Exception, match="corpus remove"):
        library.load([name])
