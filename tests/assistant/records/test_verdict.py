"""A feedback as a line: every field is there, or it is none."""

from typing import Any

import pytest

from assistant.records import Feedback, State, Verdict

FIELDS: dict[str, Any] = {
    "question": "要不要许可证？",
    "understood": "",
    "outcome": "answered",
    "keys": ["某法#5"],
    "verdict": "useful",
    "word": "",
    "time": "2026-11-24T09:30:15+00:00",
    "as_of": "2026-11-23",
    "engine": "extractive",
}
MOVE = {"before": "新", "state": "在办", "by": "王一", "time": "2026-11-24T10:00:00+08:00"}


def test_a_line_that_knows_no_queue_is_new() -> None:
    found = Feedback.from_json(FIELDS)
    assert (found.verdict, found.keys) == (Verdict.USEFUL, ("某法#5",))
    assert (found.state, found.id, found.answer, found.moves) == (State.NEW, 0, None, ())


def test_a_line_is_read_as_it_was_written() -> None:
    moves = [MOVE | {"note": ""}]
    fields = FIELDS | {"answer": {"answer": "是"}, "id": 3, "state": "在办", "moves": moves}
    assert Feedback.from_json(Feedback.from_json(fields).to_json()) == Feedback.from_json(fields)


@pytest.mark.parametrize("name", list(FIELDS))
def test_a_field_that_is_missing_is_an_error(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        Feedback.from_json({key: value for key, value in FIELDS.items() if key != name})


@pytest.mark.parametrize("verdict", ["", "maybe", None, 1])
def test_a_verdict_that_is_none_is_an_error(verdict: object) -> None:
    with pytest.raises(ValueError, match="Verdict"):
        Feedback.from_json(FIELDS | {"verdict": verdict})


@pytest.mark.parametrize(
    "wrong",
    [{"state": "完了"}, {"id": "x"}, {"answer": "是"}, {"moves": [MOVE]}, {"moves": [3]},
     {"keys": None}],
)  # fmt: skip
def test_a_field_that_is_wrong_is_an_error(wrong: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Feedback.from_json(FIELDS | wrong)
