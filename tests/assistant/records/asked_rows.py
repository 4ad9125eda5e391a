"""Rows of the log for the tests."""

from datetime import date
from typing import Any

from assistant.records import Asked
from assistant.types import Audience, Outcome

DAY = date(2026, 11, 24)


def make_row(number: int, question: str, **fields: Any) -> Asked:
    """A declined question of the public where nothing else is said."""
    facts: dict[str, Any] = {
        "day": DAY,
        "hour": 9,
        "outcome": Outcome.DECLINED,
        "is_doubted": False,
        "confidence": 0.2,
        "keys": (),
        "needs": (),
        "matter": "",
        "audience": Audience.PUBLIC,
        "engine": "extractive",
    }
    return Asked(id=number, question=question, **(facts | fields))
