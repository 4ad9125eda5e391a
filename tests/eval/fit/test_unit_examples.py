"""Which articles teach how parts are chosen, and how often the best part is a right one."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from assistant.extracting import SHORT_ARTICLE
from corpus.catalog import Corpus
from eval.fit.units import Choice, _holds, choices, hits
from eval.metrics import Question
from tests.eval.made_results import DAY, make_question
from tests.records import make_article, make_document

FILLING = "其他单位和个人应当遵守本法的规定并且依法承担相应的责任。" * 6
LONG = f"应当申报。罚款三万元。{FILLING}"


def choice(best: int, right: int, count: int = 3) -> Choice:
    """A choice whose first feature is highest at ``best``; ``right`` is the right unit."""
    places = np.arange(count)
    features = np.stack([places == best, places == (best + 1) % count], axis=1).astype(float)
    return Choice("dev", features, places == right)


def asked(*wanted: str, **fields: Any) -> Question:
    groups = (wanted,) if wanted else ()
    return make_question(**({"gold": ("某法#1",), "must_include": groups} | fields))


@pytest.fixture
def learn(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The choices of one question whose hits are 某法#1, with the text given, and 某法#2."""

    def from_text(question: Question, text: str = LONG) -> list[Choice]:
        document = make_document(make_article(1, text), make_article(2, LONG))
        hits = [
            SimpleNamespace(passage=SimpleNamespace(key=article.key, document_id=document.id))
            for article in document.articles
        ]
        resolved = SimpleNamespace(understanding=None, found=SimpleNamespace(hits=hits), fits=None)
        queries = []

        def resolve(query: Any, retriever: Any, depth: int) -> Any:
            queries.append(query)
            return resolved

        monkeypatch.setattr("eval.fit.units.resolve", resolve)
        monkeypatch.setattr("eval.fit.units.look_for", lambda *facts: facts)
        monkeypatch.setattr("eval.fit.units.describe", lambda units, *facts: np.eye(len(units)))
        retriever = SimpleNamespace(corpus=Corpus([document]), weigh=None)
        found = choices(retriever, [question], DAY)
        from_text.queries = queries
        return found

    return from_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("罚款36元", True), ("罚款三十六元", True), ("罚款136元", False), ("登记", True), ("", False)],
)
def test_a_unit_holds_any_of_the_wanted_strings(text: str, expected: bool) -> None:
    question = make_question(must_include=(("36元", "三十六元"), ("登记",)))
    assert _holds(text, question) is expected


def test_where_nothing_is_wanted_no_unit_holds_it() -> None:
    assert not _holds("应当申报。", make_question())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], 0),
        ([choice(0, 0)], 1.0),
        ([choice(0, 1)], 0.0),
        ([choice(2, 2), choice(1, 1), choice(1, 0), choice(0, 2)], 0.5),
    ],
)
def test_the_share_of_choices_whose_best_unit_is_right(rows: list[Choice], expected: float) -> None:
    assert hits(rows, np.array([1.0, 0.5])) == expected


def test_other_weights_choose_other_units() -> None:
    rows = [choice(0, 1)]
    assert hits(rows, np.array([0.5, 1.0])) == 1.0


def test_an_article_is_a_choice_among_its_sentences(learn: Any) -> None:
    (found,) = learn(asked("三万元", split="dev"))
    assert found.split == "dev"
    assert found.is_right.tolist()[:3] == [False, True, False]
    assert len(found.features) == len(found.is_right) == 8


def test_only_gold_articles_are_choices(learn: Any) -> None:
    assert len(learn(asked("三万元", gold=("某法#1", "某法#2")))) == 2
    assert learn(asked("三万元", gold=("某法#3",))) == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (asked("三万元", expect="decline"), LONG),
        (asked("五万元"), LONG),
        (asked("。"), LONG),
        (asked(), LONG),
        (asked("三万元"), LONG[:SHORT_ARTICLE]),
    ],
)
def test_what_leaves_nothing_to_choose_is_left_out(
    learn: Any, question: Question, text: str
) -> None:
    assert learn(question, text) == []


def test_of_a_dialog_the_last_turn_is_asked_after_the_others(learn: Any) -> None:
    learn(asked("三万元", turns=("一", "二", "三")))
    (query,) = learn.queries
    assert (query.question, query.history, query.as_of) == ("三", ("一", "二"), DAY)
