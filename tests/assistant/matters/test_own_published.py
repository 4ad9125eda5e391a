"""A matter that staff write: live at once, said only while it stands, put back where that fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant import publishing, wiring
from assistant.llm import connect
from assistant.matters import OwnMatters, needs_review
from assistant.pipeline import Assistant
from assistant.publishing import publish, publish_all, withdraw
from assistant.types import Answer, Outcome, Query, Signature
from assistant.wiring import Workspace
from assistant.writing import AnswerWriter
from corpus.collection import Kind
from corpus.collections import Ask, AskKind, Matter, Statement
from corpus.collections.library import Library
from corpus.errors import IndexBrokenError, MatterError, OptionError
from corpus.types import Article, Document
from index.embedders import SentenceEmbedder
from index.state import IndexFolder

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 23)
TITLE = "丙市湖区船舶管理办法"
ARTICLES = (
    "为了保护湖区水质，制定本办法。",
    "游船靠岸后应当把厕所污水交岸上的接收点，不得排入湖中。",
    "违反本办法第二条规定的，由湖区管理机构处二千元以上五千元以下罚款。",
    "本办法自2024年7月1日起施行。",
)
KEY = f"{TITLE}#2"
TOLD = "游船上厕所的污水要在靠岸后交给岸上的接收点，不得排到湖里。"
ASKED = "开船带客人游湖，船上卫生间的脏水放哪里"


def rule(**changes: object) -> Document:
    """The added document; ``articles`` change their text."""
    texts = changes.pop("articles", ARTICLES)
    articles = tuple(
        Article(f"{TITLE}#{n}", f"第{'一二三四'[n - 1]}条", (), text)
        for n, text in enumerate(texts, 1)  # type: ignore[arg-type, var-annotated]
    )
    begun = date(2024, 7, 1)
    made = Document(TITLE, Kind.STATUTE, "丙市", date(2024, 5, 6), begun, "", articles)
    return replace(made, **changes)  # type: ignore[arg-type]


def put(workspace: Workspace, *documents: Document) -> None:
    """Have just these added documents in use."""
    names = [workspace.library.save(document) for document in documents]
    wiring.switch_documents(workspace, names, silent)


def silent(done: int, total: int) -> None:
    pass


def written(**changes: object) -> Matter:
    matter = Matter(
        id="",
        name="游船厕所污水",
        who=("enterprise",),
        tellings=("游船的厕所水怎么处理", "船上的粪污能不能倒湖里", "旅游船生活污水往哪排"),
        ask=(
            Ask(
                AskKind.DUTY,
                ("船上厕所的污水怎么办", "游船卫生间的水往哪里放"),
                (Statement(TOLD, (KEY,)),),
            ),
        ),
    )
    return replace(matter, **changes)  # type: ignore[arg-type]


@pytest.fixture
def workspace(tmp_path: Path, embedder: SentenceEmbedder) -> Workspace:
    folder, library = IndexFolder(tmp_path / "index"), Library(tmp_path / "documents")
    made = Workspace(folder, library, embedder, collections=("weifang",))
    put(made, rule())
    return made


@pytest.fixture
def ask(workspace: Workspace) -> Callable[..., Answer]:
    running = Assistant(wiring._newest(workspace, None))

    def answer(question: str, day: date = TODAY) -> Answer:
        return running.answer(Query(question, day))

    return answer


def signed(answer: Answer) -> list[str]:
    return [s.text for s in answer.sentences if s.own]


def test_it_answers_at_once_in_other_words(workspace: Workspace, ask: Callable[..., Answer]):
    assert signed(ask(ASKED)) == []
    publish(workspace, written(), "周敏", TODAY, silent)
    answer = ask(ASKED)
    assert TOLD in [s.text.rpartition("：")[2] for s in answer.sentences if s.own]
    (first, *_) = [s for s in answer.sentences if s.own]
    assert first.own == Signature("周敏", TODAY)
    assert answer.citations[first.citations[0] - 1].quote.startswith("游船靠岸后应当")
    assert "（本局整理：周敏，2026年11月23日）" in answer.text
    withdraw(workspace, OwnMatters(workspace.folder.root.parent).all()[0].id, "周敏", silent)
    assert signed(ask(ASKED)) == []


def test_what_is_left_to_others_is_named(workspace: Workspace, ask: Callable[..., Answer]):
    asks = (*written().ask, Ask(AskKind.TERM, ("多久交一次污水",), needs=("湖区管理手册",)))
    publish(workspace, written(ask=asks), "周敏", TODAY, silent)
    answer = ask("多久交一次污水？")
    assert answer.outcome is Outcome.DECLINED
    assert "湖区管理手册" in answer.text
    assert signed(ask("船上厕所的污水怎么办？")) == [TOLD]


def test_it_is_said_only_in_its_time(workspace: Workspace, ask: Callable[..., Answer]):
    times = {"valid_from": date(2026, 11, 20), "valid_to": date(2026, 12, 31)}
    publish(workspace, written(**times), "周敏", TODAY, silent)
    days = [date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 31), date(2027, 1, 1)]
    assert [bool(signed(ask(ASKED, day))) for day in days] == [False, True, True, False]


CHANGED = (*ARTICLES[:1], ARTICLES[1].replace("接收点", "收集站"), *ARTICLES[2:])
BESIDE = (*ARTICLES[:2], ARTICLES[2].replace("五千", "六千"), ARTICLES[3])


@pytest.mark.parametrize(
    ("after", "is_said", "says"),
    [
        (rule(articles=CHANGED), False, "原文变了"),
        (rule(articles=BESIDE), True, ""),
        (rule(adopted=date(2025, 3, 4)), False, "换了新版本"),
        (rule(effective=date(2028, 1, 1)), False, "尚未施行"),
    ],
    ids=["the article", "another article", "a new version", "not yet in force"],
)
def test_what_a_new_version_changed_is_said_no_more(
    workspace: Workspace, ask: Callable[..., Answer], after: Document, is_said: bool, says: str
):
    kept = publish(workspace, written(), "周敏", TODAY, silent)
    put(workspace, after)
    problems = needs_review(kept, workspace.corpus(), TODAY)
    assert bool(problems) != is_said
    assert all(p.where == "ask.0.statement.0.by.0" and says in p.says for p in problems)
    assert bool(signed(ask(ASKED))) == is_said


def test_a_removed_document_takes_it_along_until_it_is_back(
    workspace: Workspace, ask: Callable[..., Answer]
):
    kept = publish(workspace, written(), "周敏", TODAY, silent)
    put(workspace)
    (problem,) = needs_review(kept, workspace.corpus(), TODAY)
    assert "语料里没有" in problem.says
    assert signed(ask(ASKED)) == []
    put(workspace, rule())
    assert signed(ask(ASKED)) != []


def test_saved_again_after_a_look_it_is_said_again(
    workspace: Workspace, ask: Callable[..., Answer]
):
    kept = publish(workspace, written(), "周敏", TODAY, silent)
    put(workspace, rule(articles=CHANGED))
    assert signed(ask(ASKED)) == []
    again = publish(workspace, kept, "林涛", TODAY, silent)
    assert needs_review(again, workspace.corpus(), TODAY) == []
    assert signed(ask(ASKED)) != []


def test_no_model_puts_it_in_other_words(workspace: Workspace):
    publish(workspace, written(), "周敏", TODAY, silent)
    nobody = connect("model", "http://127.0.0.1:9/v1", "key", timeout_s=1)
    writing = Assistant(wiring._newest(workspace, None), AnswerWriter(nobody))
    answer = writing.answer(Query(ASKED, TODAY))
    assert (answer.engine, answer.note) == ("extractive", "")
    assert signed(answer) != []


def test_what_fails_leaves_all_as_it_was(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    kept = publish(workspace, written(), "周敏", TODAY, silent)
    own = OwnMatters(workspace.folder.root.parent)
    before, state = own.contents(), workspace.folder.state()

    def fails(*args: object) -> None:
        raise IndexBrokenError("坏了。")

    monkeypatch.setattr(publishing, "switch_documents", fails)
    changed = replace(kept, tellings=("别的讲法",))
    with pytest.raises(IndexBrokenError):
        publish(workspace, changed, "周敏", TODAY, silent)
    with pytest.raises(IndexBrokenError):
        publish(workspace, written(name="另一件", tellings=("罚多少",)), "周敏", TODAY, silent)
    with pytest.raises(IndexBrokenError):
        withdraw(workspace, kept.id, "周敏", silent)
    assert (own.contents(), workspace.folder.state()) == (before, state)


def test_several_are_taken_together_or_not_at_all(workspace: Workspace):
    bad = written(name="罚款", tellings=("罚多少",), valid_from=TODAY, valid_to=date(2026, 1, 1))
    with pytest.raises(MatterError) as told:
        publish_all(workspace, [written(), bad, written()], "周敏", TODAY, silent)
    assert [p.where for p in told.value.problems][:1] == ["1.valid_to"]
    assert {p.where.partition(".")[0] for p in told.value.problems} == {"1", "2"}
    own = OwnMatters(workspace.folder.root.parent)
    assert own.all() == []
    other = written(name="罚款", tellings=("罚多少",))
    publish_all(workspace, [written(), other], "周敏", TODAY, silent)
    assert {m.name for m in own.all()} == {"游船厕所污水", "罚款"}
    assert {m.name for m in workspace.corpus().matters if m.is_own} == {"游船厕所污水", "罚款"}


def test_what_is_not_there_cannot_be_withdrawn(workspace: Workspace):
    with pytest.raises(OptionError, match="没有编号"):
        withdraw(workspace, "../index/state", "周敏", silent)
