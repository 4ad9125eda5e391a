"""The quiet line beside an answer that was not made as usual."""

import pytest

from assistant.writing.notes import NOTHING_STANDS, REPEATS, tell

PROBLEM = "人工智能的回答中途断了"


@pytest.mark.parametrize("has_repeated", [False, True])
def test_what_was_written_without_a_problem_needs_no_note(has_repeated: bool) -> None:
    assert tell("", has_written=True, has_repeated=has_repeated) == ""


@pytest.mark.parametrize("has_repeated", [False, True])
def test_a_problem_behind_the_first_sentence_ends_the_writing(has_repeated: bool) -> None:
    told = tell(PROBLEM, has_written=True, has_repeated=has_repeated)
    assert told == f"{PROBLEM}，后面没有再写。"


@pytest.mark.parametrize("has_repeated", [False, True])
def test_a_problem_before_it_leaves_the_quotes(has_repeated: bool) -> None:
    told = tell(PROBLEM, has_written=False, has_repeated=has_repeated)
    assert told == f"{PROBLEM}，这里是直接摘自原文的回答。"


def test_what_only_repeats_is_told_apart_from_what_does_not_stand() -> None:
    assert tell("", has_written=False, has_repeated=True) == REPEATS
    assert tell("", has_written=False, has_repeated=False) == NOTHING_STANDS
    assert "重复" in REPEATS
    assert "没有通过核验" in NOTHING_STANDS
