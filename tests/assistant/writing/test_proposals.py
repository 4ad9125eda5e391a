"""A model's reply is read as it comes, whatever form it has."""

import json
from collections.abc import Iterator

import pytest

from assistant.writing.proposals import MAX_SENTENCES, Proposal, read_proposals

JSON = json.dumps(
    {
        "sentences": [
            {"text": "罚款二十万元以上。", "passages": [1, 2]},
            {"text": "可以“责令停业”。另外还要改正。", "passages": [3]},
        ]
    },
    ensure_ascii=False,
)
READ = [
    Proposal("罚款二十万元以上。", (1, 2)),
    Proposal("可以“责令停业”。", (3,)),
    Proposal("另外还要改正。", (3,)),
]


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize("wrap", ["{}", "```json\n{}\n```", "<think>罚一百万。</think>\n{}"])
def test_json_is_read_in_pieces_of_any_size(size: int, wrap: str) -> None:
    reply = wrap.replace("{}", JSON)
    pieces = [reply[i : i + size] for i in range(0, len(reply), size)]
    assert list(read_proposals(pieces)) == READ


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("罚款二十万元。[1][2]还要改正[3]。", [("罚款二十万元。", (1, 2)), ("还要改正。", (3,))]),
        ("1. **要办许可证**。【2】\n- 罚款。", [("要办许可证。", (2,)), ("罚款。", ())]),
        (
            "回答：法律写道「应当改正。不改的，罚款」[1]。",
            [("法律写道「应当改正。不改的，罚款」", (1,))],
        ),
        ("没有句号的一句[4]", [("没有句号的一句。", (4,))]),
        ("要先批准。依据原文[2]。", [("要先批准。", ())]),
    ],
)
def test_plain_text_is_read_with_its_marks(
    reply: str, expected: list[tuple[str, tuple[int, ...]]], size: int
) -> None:
    pieces = [reply[i : i + size] for i in range(0, len(reply), size)]
    read = [(p.text, p.marks) for p in read_proposals(pieces)]
    assert read[: len(expected)] == expected


def test_a_sentence_comes_before_the_reply_is_over() -> None:
    seen: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("罚款二十万元。[1]", "还", "要改正。[2]"):
            seen.append(piece)
            yield piece

    first = next(read_proposals(pieces()))
    assert first == Proposal("罚款二十万元。", (1,))
    assert len(seen) == 2


def test_a_reply_that_goes_on_is_cut_off() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield "还有一句话在这里。"

    assert len(list(read_proposals(endless()))) == MAX_SENTENCES


@pytest.mark.parametrize(
    "reply", ["", "{", '{"sentences": [[[', "{}", "```", "<think>想", '{"text": 3}', "\u200b"]
)
def test_nonsense_holds_no_sentence(reply: str) -> None:
    assert list(read_proposals([reply])) == []
