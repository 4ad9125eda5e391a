"""Waiting for the first words is measured over a real server at a pace."""

import time

from assistant.llm import Behaviour, Deadline, Meter, Pace, Prompt, Request, connect
from assistant.llm.scripted import scripted_server
from eval.compare.first_words import Waited, table


def test_a_server_keeps_its_pace() -> None:
    def reply(request: Request) -> str:
        return request.user * 10

    with scripted_server(reply, Pace(0.2, 100.0)) as server:
        engine = connect(Behaviour.FAITHFUL.value, server.base_url, server.key)
        started = time.monotonic()
        pieces = engine.stream(Prompt("规则", "好。", 50), Deadline(20), Meter())
        first = next(pieces)
        assert time.monotonic() - started >= 0.2
        assert first + "".join(pieces) == "好。" * 10
        # Twenty characters, a hundred a second.
        assert time.monotonic() - started >= 0.39


def test_the_table_tells_the_kinds_apart() -> None:
    rows = [
        Waited("a", is_planned=False, words_s=1.0, sentence_s=2.0, all_s=3.0, bare_s=1.0),
        Waited("b", is_planned=True, words_s=0.5, sentence_s=6.0, all_s=9.0, bare_s=2.0),
    ]
    lines = table(rows).splitlines()
    assert lines[2] == "| one call | 1 | 1.00 | 1.00 | 2.00 | 3.00 | 1.00 | 2.00 |"
    assert lines[3] == "| planned | 1 | 2.00 | 0.50 | 6.00 | 9.00 | 0.25 | 3.00 |"
    assert lines[4].startswith("| together | 2 | 1.50 | 0.75 | 4.00 | 6.00 |")
