"""Engines side by side: the same questions, drawn evenly, in one table."""

from collections import Counter

import pytest

from assistant.llm.engine import connect
from assistant.llm.scripted import scripted_server
from assistant.llm.scripted_replies import Behaviour
from assistant.pipeline import Assistant
from assistant.writing.writer import Uses
from eval.compare.bare import Bare
from eval.compare.engines import draw, evaluate, pair, render
from eval.runner import load_questions

#: One of every kind.
COUNT = 11


def test_questions_are_drawn_evenly_and_always_the_same() -> None:
    drawn = draw(2 * COUNT, load_questions())
    assert drawn == draw(2 * COUNT, load_questions())
    assert set(Counter(q.category for q in drawn).values()) == {2}
    assert {q.split for q in drawn} <= {"dev", "test"}


def test_two_questions_make_one_that_needs_both() -> None:
    for question in pair(4, load_questions()):
        assert question.all_required
        assert "另外，" in question.question


@pytest.mark.parametrize("behaviour", [Behaviour.ARTICLES, Behaviour.OBEYS])
def test_no_engine_that_writes_beside_is_worse_than_the_extractive_one(
    assistant: Assistant, behaviour: Behaviour
) -> None:
    questions = draw(COUNT, load_questions())
    plain = evaluate("extractive", assistant, None, questions, Uses())
    with scripted_server() as server:
        engine = connect(behaviour.value, server.base_url, server.key, timeout_s=20)
        scripted = evaluate(behaviour.value, assistant, engine, questions, Uses(), is_beside=True)
    for kind, figures in scripted.kinds.items():
        assert figures.passed >= plain.kinds[kind].passed
    figures = scripted.figures
    assert (figures.loose_numbers, figures.loose_quotes) == (0, 0)
    assert (figures.phantom_keys, figures.false_quotes) == (0, 0)
    assert figures.citation_precision == plain.figures.citation_precision
    assert scripted.tokens_in > 0
    table = render([plain, scripted])
    assert f"| {behaviour.value} | {COUNT} |" in table


@pytest.mark.parametrize("behaviour", [Behaviour.ARTICLES, Behaviour.OBEYS])
def test_whatever_a_model_writes_nothing_is_invented(
    assistant: Assistant, behaviour: Behaviour
) -> None:
    questions = draw(COUNT, load_questions())
    with scripted_server() as server:
        engine = connect(behaviour.value, server.base_url, server.key, timeout_s=20)
        scripted = evaluate(behaviour.value, assistant, engine, questions, Uses())
    figures = scripted.figures
    assert (figures.loose_numbers, figures.loose_quotes) == (0, 0)
    assert (figures.phantom_keys, figures.false_quotes) == (0, 0)
    assert scripted.tokens_in > 0


def test_ratios_are_ours_over_the_bare_server_s() -> None:
    bare = Bare("q", 1300.0, 1500.0, 1000.0, 1500.0)
    assert bare.token_ratio == 1.3
    assert bare.first_ratio == 1.0
    assert Bare("q", None, 1.0, None, None).token_ratio is None
