"""Made-up results and figures for the tests of the evaluation, with only what matters set."""

from dataclasses import replace
from datetime import date
from typing import Any

from eval.metrics import Judgement, Question
from eval.report.summary import ALL, Figures, Summary
from eval.runner import Result

DAY = date(2026, 11, 23)
FIGURES = Figures(
    count=10,
    misleading=None,
    passed=0.5,
    passed_low=0.25,
    passed_high=0.75,
    hit_1=None,
    hit_3=None,
    hit_5=None,
    citation_precision=None,
    citation_recall=None,
    citations=0,
    false_quotes=0,
    loose_quotes=0,
    loose_numbers=0,
    phantom_keys=0,
    length_median=None,
    length_p95=None,
    length_within=None,
    latency_p50=None,
    latency_p95=None,
    decline_precision=None,
    decline_recall=None,
    aurc=None,
)
JUDGEMENT = Judgement(
    failures=(),
    misleading=False,
    precision=None,
    recall=None,
    citations=0,
    false_quotes=0,
    loose_quotes=0,
    loose_numbers=0,
    phantom_keys=0,
    length=100,
    milliseconds=None,
    confidence=None,
)


def make_figures(**fields: Any) -> Figures:
    return replace(FIGURES, **fields)


def make_question(name: str = "1", **fields: Any) -> Question:
    """A question about 法#1, of the kind law in the test split where nothing else is said."""
    facts = {"gold": ("法#1",), "expect": "answer", "category": "law", "split": "test"}
    return Question(id=name, question=f"{name} 问什么？", **(facts | fields))


def make_result(
    question: Question | None = None,
    outcome: str = "answered",
    keys: tuple[str, ...] = (),
    answer: dict[str, Any] | None = None,
    **judged: Any,
) -> Result:
    """A right answer where nothing else is said; ``judged`` are fields of the judgement."""
    question = question or make_question()
    said = {"answer": "应当申报。", "outcome": outcome, "citations": [], "engine": "extractive"}
    return Result(question, keys, said | (answer or {}), replace(JUDGEMENT, **judged))


def make_summary(groups: Any = None, **fields: Any) -> Summary:
    """The figures of one run; by itself only those over everything."""
    facts = {
        "day": DAY,
        "engine": "extractive",
        "corpus": "c0ffee",
        "dataset": "da7a",
        "groups": {ALL: {ALL: FIGURES}} if groups is None else groups,
        "passed": frozenset(),
        "failed": frozenset(),
    }
    return Summary(**(facts | fields))
