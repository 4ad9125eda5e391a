"""Reading a question set, and asking it of an assistant that says what it is told to."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.types import Answer, Query
from corpus.catalog import Corpus
from corpus.errors import OptionError
from eval.metrics import Question
from eval.runner import DEPTH, load_questions, run, texts_by_key
from tests.eval.made_results import DAY, make_question, make_result
from tests.records import make_answer, make_article, make_citation, make_document

LINE = {"id": "a", "question": "要不要？", "gold": ["某法#5"], "expect": "answer"}
CORPUS = Corpus([make_document(make_article(5))])


class Said:
    """An assistant that notes what it is asked; ``say`` makes its answers."""

    corpus = CORPUS

    def __init__(self, say: Callable[[Query], Answer] | None = None) -> None:
        self.searched: list[tuple[Query, int]] = []
        self.asked: list[Query] = []
        self._say = say or (lambda query: make_answer(id=query.id, question=query.question))

    def search(self, query: Query, k: int) -> list[Any]:
        self.searched.append((query, k))
        return [SimpleNamespace(passage=SimpleNamespace(key=f"某法#{n}")) for n in (7, 5)]

    def answer(self, query: Query) -> Answer:
        self.asked.append(query)
        return self._say(query)


def question(name: str = "a", **fields: Any) -> Question:
    return make_question(name, **({"gold": ("某法#5",)} | fields))


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


def test_questions_come_in_the_order_of_their_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "set.jsonl", LINE, {**LINE, "id": "b", "split": "dev"})
    assert load_questions(path) == [
        Question("a", "要不要？", ("某法#5",), "answer"),
        Question("b", "要不要？", ("某法#5",), "answer", split="dev"),
    ]


def test_empty_lines_are_no_questions(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f"\n  \n{json.dumps(LINE)}\n\n", "utf-8")
    assert [one.id for one in load_questions(path)] == ["a"]


def test_an_empty_file_holds_no_questions(tmp_path: Path) -> None:
    assert load_questions(write(tmp_path / "set.jsonl")) == []


@pytest.mark.parametrize(
    "line",
    [
        [],
        "a",
        7,
        None,
        {},
        {**LINE, "gold": None},
        {**LINE, "turns": 2},
        {**LINE, "must_include": [36]},
        {name: value for name, value in LINE.items() if name != "expect"},
    ],
)
def test_a_line_that_is_no_question(tmp_path: Path, line: object) -> None:
    path = write(tmp_path / "broken.jsonl", LINE, line)
    with pytest.raises(OptionError, match=r"broken\.jsonl"):
        load_questions(path)


@pytest.mark.parametrize("content", [b"{", b"{}}", b'{"id": "\xff"}'])
def test_a_file_that_is_no_json(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_bytes(content)
    with pytest.raises(OptionError, match=r"broken\.jsonl"):
        load_questions(path)


@pytest.mark.parametrize("name", ["missing.jsonl", ""])
def test_a_path_that_is_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(OptionError, match="题集"):
        load_questions(tmp_path / name)


def test_texts_are_those_of_every_version() -> None:
    old = make_document(make_article(1, "旧"), make_article(2, "二"))
    new = make_document(make_article(1, "新"), adopted=DAY)
    other = make_document(make_article(1, "别", title="别法"), title="别法")
    assert texts_by_key(Corpus([old, new, other])) == {
        "某法#1": ["旧", "新"],
        "某法#2": ["二"],
        "别法#1": ["别"],
    }


def test_a_question_is_asked_as_of_the_day() -> None:
    assistant = Said()
    (result,) = run(assistant, [question()], DAY)
    expected = Query("a 问什么？", DAY, id="a")
    assert assistant.asked == [expected]
    assert assistant.searched == [(expected, DEPTH)]
    assert result.keys == ("某法#7", "某法#5")
    assert result.answer["question"] == "a 问什么？"


def test_of_a_dialog_the_last_turn_is_asked_after_the_others() -> None:
    assistant = Said()
    run(assistant, [question(turns=("一", "二", "三"))], DAY)
    assert assistant.asked == [Query("三", DAY, history=("一", "二"), id="a")]


def test_an_answer_is_judged_by_the_texts_of_the_corpus() -> None:
    wrong = make_citation(quote="应当依法取得批准。")
    assistant = Said(lambda query: make_answer(citations=(make_citation(), wrong)))
    (result,) = run(assistant, [question()], DAY)
    assert result.judgement.failures == ("引文与原文不符：某法#5",)
    assert not result.is_right


def test_results_come_in_the_order_of_the_questions() -> None:
    results = run(Said(), (question(name) for name in "cab"), DAY)
    assert [result.question.id for result in results] == ["c", "a", "b"]
    assert all(result.is_right for result in results)


def test_an_error_is_noted_with_its_question_and_no_other() -> None:
    def say(query: Query) -> Answer:
        if query.id == "b":
            raise RuntimeError("broken")
        return make_answer()

    def ask() -> Iterator[Question]:
        yield from map(question, "ab")
        pytest.fail("the run went on")

    with pytest.raises(RuntimeError, match="broken") as error:
        run(Said(say), ask(), DAY)
    assert error.value.__notes__ == ["while asking question b"]


def test_an_error_of_the_search_is_noted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def search(self: Said, query: Query, k: int) -> list[Any]:
        raise KeyError("index")

    monkeypatch.setattr(Said, "search", search)
    with pytest.raises(KeyError) as error:
        run(Said(), [question("s")], DAY)
    assert error.value.__notes__ == ["while asking question s"]


@pytest.mark.parametrize(("failed", "is_right"), [((), True), (("错",), False)])
def test_a_result_is_right_where_nothing_failed(failed: tuple[str, ...], is_right: bool) -> None:
    assert make_result(failures=failed).is_right is is_right


@pytest.mark.parametrize(("outcome", "is_answered"), [("answered", True), ("declined", False)])
def test_a_refusal_is_no_answer(outcome: str, is_answered: bool) -> None:
    assert make_result(outcome=outcome).is_answered is is_answered
