"""What a strong model wrote, true and with one fault, beside what a second reading said of it.

The sentences are recorded (``eval/data/written.jsonl``, ``faults.jsonl``), each with the slices of
the corpus that its unit has; the faults and the readings were written by others than the gate.
"""

import json
from datetime import date
from importlib import resources
from typing import Any

import pytest

from assistant.gate import is_carried, without_verdict
from assistant.types import Evidence
from assistant.writing.placing import in_numerals_of
from corpus.catalog import Corpus
from eval.runner import load_questions

DAY = date(2026, 11, 29)


def rows(name: str) -> list[dict[str, Any]]:
    text = (resources.files("eval") / "data" / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def passes(row: dict[str, Any], text: str, corpus: Corpus, is_strict: bool = False) -> bool:
    pieces = []
    for key, start, end in row["by"]:
        found = corpus.article(key, DAY)
        assert found is not None
        pieces.append(Evidence(found[0].id, key, start, end))
    quotes = "\n".join(corpus.find(p.document_id, p.key)[1].text[p.start : p.end] for p in pieces)
    told = in_numerals_of(text, quotes)
    question = ASKED.get(row.get("id", ""), "")
    return any(
        is_carried(form, tuple(pieces), corpus, DAY, question, is_strict)
        for form in (told, without_verdict(told))
    )


FAULTS = rows("faults.jsonl")
ASKED = {question.id: question.question for question in load_questions()}


def test_there_are_as_many_as_are_needed() -> None:
    assert len(FAULTS) == 150
    assert len(rows("written.jsonl")) >= 350
    assert len({row["kind"] for row in FAULTS}) >= 12
    assert all(row["true"] != row["false"] for row in FAULTS)


def test_true_sentences_stand_in_whatever_words(corpus: Corpus) -> None:
    written = rows("written.jsonl")
    kept = sum(passes(row, row["text"], corpus) for row in written)
    assert kept >= 0.9 * len(written)
    twins = sum(row["true_stands"] and passes(row, row["true"], corpus) for row in FAULTS)
    assert twins >= 0.9 * len(FAULTS)


def test_faults_do_not_where_they_are_read_a_second_time(corpus: Corpus) -> None:
    shown = [
        row["false"] for row in FAULTS if row["false_stands"] and passes(row, row["false"], corpus)
    ]
    assert len(shown) <= 3, shown


def test_the_program_alone_lets_few_through_where_it_is_strict(corpus: Corpus) -> None:
    # The aim is 15; it reads words, not sense.
    shown = sum(passes(row, row["false"], corpus, is_strict=True) for row in FAULTS)
    assert shown <= 19


@pytest.mark.parametrize("kind", ["authority_changed", "may_shall", "universal_claim"])
def test_what_a_program_can_see_it_sees(corpus: Corpus, kind: str) -> None:
    some = [row for row in FAULTS if row["kind"] == kind]
    shown = sum(passes(row, row["false"], corpus) for row in some)
    assert shown <= 0.5 * len(some)
