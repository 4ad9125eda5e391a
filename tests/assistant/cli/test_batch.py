"""A question a line in, an answer a line out, and nothing half done."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.cli.batch import BatchLine, read_batch, write_batch
from assistant.types import Audience, Query
from corpus.errors import BatchLineError, EngineError, OptionError, QuestionError
from tests.records import DAY


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "in.jsonl"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def read(source: Path, text: str) -> list[BatchLine]:
    source.write_text(text, "utf-8")
    return list(read_batch(source))


def query_of(fields: dict[str, Any]) -> Query:
    return BatchLine("a", fields).query(Audience.ENTERPRISE, DAY)


def rows_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_line_is_read_with_its_fields(source: Path) -> None:
    lines = read(source, '{"id": "a", "question": "甲"}\n{"id": "b", "turns": ["乙", "丙"]}')
    assert lines == [
        BatchLine("a", {"id": "a", "question": "甲"}),
        BatchLine("b", {"id": "b", "turns": ["乙", "丙"]}),
    ]


def test_a_line_without_an_id_is_called_by_its_number(source: Path) -> None:
    lines = read(source, '{"question": "甲"}\n\n  \n{"question": "乙"}\n不是\n')
    assert [line.id for line in lines] == ["line-1", "line-4", "line-5"]


@pytest.mark.parametrize(("given", "id_"), [("7", "7"), ('"甲 1"', "甲 1"), ('""', "")])
def test_an_id_is_text(source: Path, given: str, id_: str) -> None:
    (line,) = read(source, f'{{"id": {given}, "question": "甲"}}')
    assert line.id == id_


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_files_of_any_system_are_read(source: Path, ending: str) -> None:
    text = ending.join(['{"question": "甲"}', '{"question": "乙"}', ""])
    source.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert [line.fields for line in read_batch(source)] == [{"question": "甲"}, {"question": "乙"}]


@pytest.mark.parametrize("line", ["不是", "{", '{"question": }', "{'question': '甲'}"])
def test_what_is_no_json_is_a_problem_of_its_line(source: Path, line: str) -> None:
    first, second = read(source, f'{{"question": "甲"}}\n{line}')
    assert (first.problem, second.problem) == ("", "第 2 行不是 JSON，请改正。")


@pytest.mark.parametrize("line", ["[]", "5", '"甲"', "null", "true"])
def test_what_is_no_object_is_a_problem_of_its_line(source: Path, line: str) -> None:
    (found,) = read(source, line)
    assert (found.id, found.problem) == ("line-1", "第 1 行不是 JSON 对象，请改正。")


def test_a_file_of_another_encoding_is_refused_at_once(source: Path) -> None:
    source.write_bytes('{"question": "怎么罚"}'.encode("gbk"))
    with pytest.raises(OptionError, match="不是 UTF-8 编码"):
        read_batch(source)


def test_a_file_that_cannot_be_read_is_refused_at_once(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.jsonl", tmp_path):
        with pytest.raises(OptionError, match="读不了文件") as error:
            read_batch(path)
        assert str(path) in str(error.value)


def test_a_question_is_asked_as_the_command_says() -> None:
    assert query_of({"question": "怎么罚？"}) == Query("怎么罚？", DAY, Audience.ENTERPRISE, id="a")


def test_the_last_turn_is_the_question_and_the_others_its_history() -> None:
    query = query_of({"turns": ["甲", "乙", "丙"]})
    assert (query.question, query.history) == ("丙", ("甲", "乙"))


def test_a_line_may_say_for_whom_and_for_which_day() -> None:
    query = query_of({"question": "甲", "audience": "staff", "as_of": "2026-01-02"})
    assert (query.audience, query.as_of) == (Audience.STAFF, date(2026, 1, 2))


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"question": None}, {"question": 5}, {"question": ["甲"]}, {"turns": "甲"},
        {"turns": ["甲", 5]}, {"turns": [None]}, {"turns": {"a": "甲"}}, {"turns": []},
    ],
)  # fmt: skip
def test_a_line_without_a_question_is_told(fields: dict[str, Any]) -> None:
    with pytest.raises(BatchLineError, match="没有 question"):
        query_of(fields)


@pytest.mark.parametrize("audience", ["", "king", "Public", 1, None, ["staff"]])
def test_an_unknown_audience_is_told(audience: object) -> None:
    with pytest.raises(BatchLineError, match="public、enterprise 或 staff"):
        query_of({"question": "甲", "audience": audience})


@pytest.mark.parametrize(
    "day", ["", "昨天", "2026-02-30", "2026/01/02", "0026-11-30", 20260102, None]
)
def test_what_is_no_day_is_told(day: object) -> None:
    with pytest.raises(BatchLineError, match="YYYY-MM-DD"):
        query_of({"question": "甲", "as_of": day})


def test_a_problem_of_the_line_is_told_when_it_is_asked() -> None:
    with pytest.raises(BatchLineError, match="第 9 行不是 JSON"):
        BatchLine("line-9", {}, "第 9 行不是 JSON，请改正。").query(Audience.PUBLIC, DAY)


def lines(*names: str) -> Iterator[BatchLine]:
    return (BatchLine(name, {"question": name}) for name in names)


def echo(line: BatchLine) -> dict[str, Any]:
    return {"id": line.id, "answer": f"{line.id}。"}


def failing(name: str, error: Exception) -> Callable[[BatchLine], dict[str, Any]]:
    def answer(line: BatchLine) -> dict[str, Any]:
        if line.id == name:
            raise error
        return echo(line)

    return answer


def test_every_line_has_its_answer_in_its_place(out: Path) -> None:
    write_batch(out, lines("甲", "乙"), echo)
    assert out.read_text("utf-8") == (
        '{"id": "甲", "answer": "甲。"}\n{"id": "乙", "answer": "乙。"}\n'
    )


@pytest.mark.parametrize("kind", [BatchLineError, QuestionError, OptionError])
def test_a_bad_line_stops_no_other(out: Path, kind: type[Exception]) -> None:
    write_batch(out, lines("甲", "乙", "丙"), failing("乙", kind("问题是空的。")))
    assert rows_of(out) == [
        {"id": "甲", "answer": "甲。"},
        {"id": "乙", "error": "问题是空的。"},
        {"id": "丙", "answer": "丙。"},
    ]


@pytest.mark.parametrize("error", [EngineError("断了"), RuntimeError("x"), OSError("full")])
def test_what_is_no_fault_of_the_line_leaves_the_old_file(
    out: Path, tmp_path: Path, error: Exception
) -> None:
    out.write_text("旧的", "utf-8")
    with pytest.raises(type(error)):
        write_batch(out, lines("甲", "乙"), failing("乙", error))
    assert out.read_text("utf-8") == "旧的"
    assert list(tmp_path.iterdir()) == [out]


def test_who_interrupts_finds_nothing_half_written(out: Path, tmp_path: Path) -> None:
    def interrupt(line: BatchLine) -> dict[str, Any]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_batch(out, lines("甲"), interrupt)
    assert list(tmp_path.iterdir()) == []


def test_the_file_has_its_name_only_when_it_is_complete(out: Path) -> None:
    seen: list[bool] = []

    def look(line: BatchLine) -> dict[str, Any]:
        seen.append(out.exists())
        return echo(line)

    write_batch(out, lines("甲", "乙", "丙"), look)
    assert seen == [False, False, False]
    assert len(rows_of(out)) == 3


def test_an_older_result_is_replaced_as_a_whole(out: Path, tmp_path: Path) -> None:
    write_batch(out, lines("甲", "乙", "丙"), echo)
    write_batch(out, lines("丁"), echo)
    assert [row["id"] for row in rows_of(out)] == ["丁"]
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_that_is_not_there_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    asked: list[str] = []
    with pytest.raises(OptionError, match="写不了文件"):
        write_batch(
            tmp_path / "no" / "out.jsonl", lines("甲"), lambda line: asked.append(line.id) or {}
        )
    assert asked == []


def test_a_line_separator_in_a_question_is_no_new_line(source: Path) -> None:
    source.write_text('{"id": "1", "question": "要不要\u2028许可证"}\n', "utf-8")
    assert [line.problem for line in read_batch(source)] == [""]
