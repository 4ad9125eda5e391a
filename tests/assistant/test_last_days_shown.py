"""A user's document that has ended: what is answered, checked and listed of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.checking import Verdict, check_text
from assistant.documents import Details, add_documents
from assistant.extracting.validity_notes import note_status
from assistant.wiring import Workspace
from corpus.catalog import Corpus
from corpus.errors import OptionError
from corpus.types import Document, Status
from tests.records import make_article, make_document

BEFORE, LAST, AFTER = date(2023, 5, 1), date(2024, 6, 30), date(2024, 7, 1)
TITLE = "辛市停车办法"
TEXT = "停车应当依照《辛市停车办法》第一条办理。"


def made(**fields: object) -> Document:
    article = make_article(1, "车辆应当停在划线的车位里。", title=TITLE)
    return make_document(article, title=TITLE, **fields)


def held(*documents: Document) -> Corpus:
    return Corpus(documents, added=[document.title for document in documents])


def test_a_citation_of_what_has_expired_is_wrong() -> None:
    corpus = held(made(expires=LAST))
    assert check_text(TEXT, corpus, LAST).findings[0].verdict is Verdict.STANDS
    (finding,) = check_text(TEXT, corpus, AFTER).findings
    assert finding.verdict is Verdict.EXPIRED
    assert finding.says == "《辛市停车办法》的有效期到2024年6月30日为止，已经失效，请核对现行规定。"
    assert finding.keys == (f"{TITLE}#1",)


def test_a_citation_of_what_was_replaced_names_what_holds() -> None:
    new = make_document(title="辛市车位办法", replaces=TITLE, effective=AFTER)
    corpus = held(made(), new)
    assert check_text(TEXT, corpus, LAST).findings[0].verdict is Verdict.STANDS
    (finding,) = check_text(TEXT, corpus, AFTER).findings
    assert finding.verdict is Verdict.EXPIRED
    assert "《辛市车位办法》" in finding.says


def test_a_reader_who_names_it_is_told() -> None:
    document = made(expires=LAST)
    assert note_status(document, LAST, held(document)) == []
    (note,) = note_status(document, AFTER, held(document))
    assert note.text == "《辛市停车办法》的有效期到2024年6月30日为止，已经失效。"
    new = make_document(title="辛市车位办法", replaces=TITLE, effective=AFTER)
    (note,) = note_status(made(), AFTER, held(made(), new))
    assert note.text == "《辛市停车办法》已由《辛市车位办法》取代。"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Only what is added, and no index."""
    from corpus.collections import Library
    from index.state import IndexFolder, State, switch

    folder = IndexFolder(tmp_path / "index")

    def switched(workspace: Workspace, names: Sequence[str], progress: object) -> None:
        switch(workspace.folder, State("x", tuple(names)))

    monkeypatch.setattr("assistant.documents.switch_documents", switched)
    return Workspace(folder, Library(tmp_path / "documents"), None, ("weifang",))  # type: ignore[arg-type]


def added(workspace: Workspace, name: str, **details: object) -> Document:
    path = workspace.library.folder.parent / f"{name}.txt"
    path.write_text(f"{name}\n\n这份文件只有一段话，说的是{name}。\n", "utf-8")
    add_documents(workspace, [path], Details(**details), lambda done, total: None)  # type: ignore[arg-type]
    return workspace.library.load(workspace.folder.state().documents)[-1]


def test_what_the_user_says_is_kept(workspace: Workspace) -> None:
    assert added(workspace, "旧通知", expires=LAST).expires == LAST
    assert added(workspace, "新通知", replaces="《旧通知》").replaces == "旧通知"


@pytest.mark.parametrize(
    ("replaces", "says"), [("没有的通知", "没有添加过"), ("某通知", "不能替代它自己")]
)
def test_what_cannot_be_replaced_is_refused(workspace: Workspace, replaces: str, says: str) -> None:
    with pytest.raises(OptionError, match=says):
        added(workspace, "某通知", replaces=replaces)
    assert workspace.folder.state().documents == ()


def test_every_status_has_a_badge_and_a_shelf() -> None:
    from assistant.ui.html import badge
    from assistant.ui.library.rendering import _SHELF_OF

    assert "repealed" in badge(Status.EXPIRED.value)
    assert _SHELF_OF[Status.EXPIRED] == "ended"
