"""Texts of several places, and of several years, beside each other: by data alone."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant import wiring
from assistant.documents import Details, add_documents
from assistant.export import Exchange, copy_text, to_docx, to_markdown
from assistant.pipeline import Assistant
from assistant.types import Answer, Audience, Outcome, Query
from assistant.ui import build_app
from assistant.ui.board.tab import plans_of
from assistant.wiring import Workspace
from corpus.collection import Kind
from corpus.collections import Library
from index.embedders import SentenceEmbedder
from index.state import IndexFolder
from tests.support import options_for

OURS = Path(__file__).parent.parent / "data" / "collections"
TODAY = date(2026, 11, 23)
NEXT_YEAR = date(2027, 6, 1)
ASKED = [
    json.loads(line)
    for line in (OURS / "yunze" / "questions.jsonl").read_text("utf-8").splitlines()
]
NAMING = [line for line in ASKED if "云泽" in line["question"]]


def silent(done: int, total: int) -> None:
    pass


def running(folder: Path, embedder: SentenceEmbedder, *names: str) -> tuple[Assistant, Workspace]:
    workspace = Workspace(
        IndexFolder(folder / "index"), Library(folder / "documents"), embedder, names, OURS
    )
    wiring.build_index(workspace, silent)
    return Assistant(wiring._newest(workspace, None)), workspace


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Assistant:
    """Two cities, no law."""
    return running(tmp_path_factory.mktemp("both"), embedder, "weifang", "yunze")[0]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Assistant:
    """The other city alone."""
    return running(tmp_path_factory.mktemp("other"), embedder, "yunze")[0]


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Assistant:
    """This year's and next year's text of one bureau."""
    return running(tmp_path_factory.mktemp("years"), embedder, "weifang", "weifang_2027")[0]


def ask(assistant: Assistant, question: str, day: date = TODAY) -> Answer:
    return assistant.answer(Query(question, day))


@pytest.mark.parametrize("asked", NAMING, ids=[line["question"][:16] for line in NAMING])
def test_a_question_that_names_the_place_gets_the_places_text(
    both: Assistant, asked: dict[str, list[str] | str]
):
    answer = ask(both, str(asked["question"]))
    assert answer.outcome is Outcome.ANSWERED
    assert {c.title for c in answer.citations} == {"云泽市生态环境局2026年工作要点"}
    assert all(word in answer.text for word in asked["must_include"])


def test_each_text_answers_under_its_own_name(both: Assistant):
    ours = ask(both, "潍坊污染防治重点任务有多少项？")
    theirs = ask(both, "云泽市重点任务有多少项？")
    assert "潍坊市生态环境局的部署（“减污”部分）" in ours.text
    assert "126项" in ours.text
    assert "云泽市生态环境局2026年工作要点" in theirs.text
    assert "17项" in theirs.text
    assert {c.key.split(":")[0] for c in ours.citations} == {"policy"}
    assert {c.key.split(":")[0] for c in theirs.citations} == {"yunze"}


def test_an_answer_says_for_which_place_it_is_where_none_was_named(both: Assistant):
    answer = ask(both, "污染防治重点任务有多少项？")
    assert answer.text.startswith("您没有写明是哪里，下面是潍坊市的。")
    assert "您没有写明" not in ask(both, "潍坊污染防治重点任务有多少项？").text


@pytest.mark.parametrize("question", ["济南今年的减污任务有多少项？", "成都市今年淘汰多少台锅炉？"])
def test_a_third_place_is_declined(both: Assistant, question: str):
    answer = ask(both, question)
    assert answer.outcome is Outcome.DECLINED
    assert question[:2] in answer.text
    assert "潍坊市生态环境局的部署和云泽市生态环境局2026年工作要点" in answer.text


def test_the_board_takes_both(both: Assistant):
    plans = plans_of(both.corpus, TODAY)
    assert [document.collection.place_name for document, _ in plans] == ["潍坊市", "云泽市"]
    assert len(plans[0][1]) == 49
    assert len(plans[1][1]) >= 20


def test_the_latest_text_comes_first(years: Assistant):
    now, later = (ask(years, "污染防治重点任务有多少项？", day) for day in (TODAY, NEXT_YEAR))
    assert "126项" in now.text
    assert "138项" in later.text
    assert later.citations[0].key == "policy-2027:减污"
    assert "126项" not in later.text


def test_the_earlier_text_is_marked_and_can_still_be_cited(years: Assistant):
    corpus = years.corpus
    earlier = corpus.documents[0]
    assert corpus.status(earlier, TODAY).value == "新闻报道"
    assert corpus.status(earlier, NEXT_YEAR).value == "已有新的部署"
    only_there = ask(years, "加快历史遗留废弃矿山修复治理是怎么说的？", NEXT_YEAR)
    assert [(c.key, c.status) for c in only_there.citations] == [("policy:扩绿", "已有新的部署")]
    assert "较早的部署" in only_there.text
    assert ask(years, "减污协同度要达到什么水平？", TODAY).citations[0].status == "新闻报道"


def served(assistant: Assistant) -> Iterator[str]:
    options = options_for(assistant.corpus)
    with TestClient(build_app(assistant, options)) as client:
        yield client.get("/").text
        yield client.get("/config").text


def test_nothing_speaks_of_the_city_that_is_not_loaded(other: Assistant):
    answer = ask(other, "今年要淘汰多少台燃煤锅炉？")
    refusal = ask(other, "红烧肉怎么炖才不腻？")
    exchanges = [Exchange("问", each, Audience.PUBLIC) for each in (answer, refusal)]
    assert "48台" in answer.text
    told = [
        *served(other),
        json.dumps(answer.to_json(), ensure_ascii=False),
        json.dumps(refusal.to_json(), ensure_ascii=False),
        copy_text(answer, Audience.PUBLIC),
        to_markdown(exchanges, other.corpus, TODAY),
        to_docx(exchanges, other.corpus, TODAY).decode("latin-1"),
    ]
    assert [text[:80] for text in told if "潍坊" in text] == []


def test_the_page_has_the_names_examples_and_hotlines_of_what_is_loaded(other: Assistant):
    options = options_for(other.corpus)
    assert options.title == "云泽生态环境政策问答"
    assert [line.number for line in options.hotlines] == ["0000-12345"]
    assert options.examples[Audience.PUBLIC] == ("今年要淘汰多少台燃煤锅炉？",)
    page = "".join(served(other))
    for word in ("云泽生态环境政策问答", "今年要淘汰多少台燃煤锅炉？"):
        assert word in page or json.dumps(word)[1:-1] in page


def test_the_examples_of_what_is_loaded_are_answered(other: Assistant):
    for questions in options_for(other.corpus).examples.values():
        for question in questions:
            assert ask(other, question).outcome is Outcome.ANSWERED, question


def test_a_policy_that_is_added_has_its_own_name_keys_and_rows(
    tmp_path: Path, embedder: SentenceEmbedder
):
    path = tmp_path / "济南市生态环境局2026年工作要点.txt"
    path.write_text(
        "济南市生态环境局2026年工作要点\n（2026年1月20日）\n"
        "一、治理大气\n完成挥发性有机物治理项目660个，淘汰燃煤锅炉21台。\n"
        "二、治理水\n完成入河排污口整治310处，新建污水管网88公里。\n",
        "utf-8",
    )
    assistant, workspace = running(tmp_path / "run", embedder, "weifang")
    add_documents(workspace, [path], Details(kind=Kind.POLICY), silent)
    answer = ask(assistant, "济南今年要完成多少个挥发性有机物治理项目？")
    assert answer.outcome is Outcome.ANSWERED
    assert "660个" in answer.text
    assert "《济南市生态环境局2026年工作要点》" in answer.text
    assert "潍坊" not in answer.text
    assert answer.citations[0].key.startswith("济南市生态环境局2026年工作要点@")
    added = assistant.corpus.documents[-1]
    assert added.issuer == "济南市生态环境局"
    assert added.adopted == date(2026, 1, 20)
    assert added.collection.place_name == "济南市"
    plans = {d.title: len(m) for d, m in plans_of(assistant.corpus, TODAY)}
    assert plans["济南市生态环境局2026年工作要点"] >= 4
    assert ask(assistant, "潍坊污染防治重点任务有多少项？").citations[0].key == "policy:减污"
