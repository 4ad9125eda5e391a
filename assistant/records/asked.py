"""What readers asked and what became of it, kept for some days with nothing personal in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from assistant.records.database import Database
from assistant.redacting import redact
from assistant.types import HEDGE, Answer, Audience, Outcome

_TABLE = """CREATE TABLE IF NOT EXISTS asked (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, hour INTEGER NOT NULL, question TEXT NOT NULL,
    outcome TEXT NOT NULL, doubted INTEGER NOT NULL, confidence REAL, keys TEXT NOT NULL,
    needs TEXT NOT NULL, matter TEXT NOT NULL, audience TEXT NOT NULL, engine TEXT NOT NULL)"""
_INDEX = "CREATE INDEX IF NOT EXISTS asked_on_day ON asked (day, id)"
_INSERT = """INSERT INTO asked (day, hour, question, outcome, doubted, confidence, keys, needs,
    matter, audience, engine) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_ROWS = """SELECT * FROM asked WHERE day >= ? AND (? IS NULL OR outcome = ?)
    ORDER BY id DESC LIMIT ?"""
_COUNT = """SELECT day, outcome, doubted, count(*) AS times FROM asked WHERE day >= ?
    GROUP BY day, outcome, doubted ORDER BY day"""
#: What is too old is looked for so often.
_BETWEEN = timedelta(hours=1)
#: So many rows are given where nobody says how many.
_MOST = 2000


class Fate(StrEnum):
    """What became of a question, as it is shown."""

    ANSWERED = "作答"
    DOUBTED = "存疑"
    DECLINED = "拒答"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without what is personal, and what became of it.

    ``hour`` is that of the day, 0 to 23; ``keys`` are what was cited, ``needs`` the texts outside
    the corpus that were named as deciding it, ``matter`` the id of the matter that surely was meant
    (empty where none was); ``is_doubted`` tells that the answer gave only what is nearest.
    """

    id: int
    day: date
    hour: int
    question: str
    outcome: Outcome
    is_doubted: bool
    confidence: float | None
    keys: tuple[str, ...]
    needs: tuple[str, ...]
    matter: str
    audience: Audience
    engine: str

    @property
    def fate(self) -> Fate:
        """What became of it."""
        return _fate(self.outcome, self.is_doubted)


class AskedLog:
    """The questions in a database; several processes and threads may use it at once.

    Nothing is kept of who asked. RecordsError from all methods where the file cannot be used.
    """

    def __init__(self, database: Database, days: int, now: datetime | None = None) -> None:
        """Rows are kept for ``days``; 0 switches the log off: the file isn't touched then.
        ValueError below that."""
        if days < 0:
            raise ValueError(f"days to keep: {days}")
        self._database = database
        self._days = days
        self._looked = now or datetime.now().astimezone()
        if self.is_on:
            with database.transaction() as connection:
                connection.execute(_TABLE)
                connection.execute(_INDEX)
            self._forget(self._looked)

    @property
    def is_on(self) -> bool:
        """Whether questions are kept."""
        return self._days > 0

    def add(self, answer: Answer, audience: Audience, now: datetime | None = None) -> None:
        """Keep what was asked, of a follow-up what it was taken for; nothing where it is off."""
        if not self.is_on:
            return
        now = now or datetime.now().astimezone()
        question = redact(answer.understood or answer.question)
        keys = dict.fromkeys(citation.key for citation in answer.citations)
        # The name of a text may be the reader's own words.
        needs = dict.fromkeys(map(redact, answer.needs))
        row = (
            now.date().isoformat(),
            now.hour,
            question,
            answer.outcome.value,
            int(_is_doubted(answer)),
            answer.confidence,
            json.dumps(list(keys), ensure_ascii=False),
            json.dumps(list(needs), ensure_ascii=False),
            answer.matter,
            audience.value,
            answer.engine,
        )
        with self._database.transaction() as connection:
            connection.execute(_INSERT, row)
        if now - self._looked >= _BETWEEN:
            self._forget(now)

    def rows(self, since: date, outcome: Outcome | None = None, limit: int = _MOST) -> list[Asked]:
        """What was asked on ``since`` or later, the newest first; none where it is off."""
        if not self.is_on:
            return []
        wanted = outcome.value if outcome else None
        with self._database.transaction() as connection:
            found = connection.execute(_ROWS, (since.isoformat(), wanted, wanted, limit)).fetchall()
        return [_read(row) for row in found]

    def count_by_day(self, since: date) -> dict[date, Mapping[str, int]]:
        """How many questions had which ``Fate``, by day; a day without questions is not there."""
        if not self.is_on:
            return {}
        with self._database.transaction() as connection:
            found = connection.execute(_COUNT, (since.isoformat(),)).fetchall()
        counts: dict[date, dict[str, int]] = {}
        for row in found:
            of_day = counts.setdefault(date.fromisoformat(row["day"]), dict.fromkeys(Fate, 0))
            of_day[_fate(Outcome(row["outcome"]), bool(row["doubted"]))] += row["times"]
        return dict(counts)

    def clear(self) -> None:
        """Forget all, for good; also where the log is off."""
        with self._database.transaction() as connection:
            connection.execute(_TABLE)
            self._database.overwrite_deleted(connection)
            connection.execute("DELETE FROM asked")

    def _forget(self, now: datetime) -> None:
        """Delete what is older than the days to keep; its bytes are overwritten."""
        self._looked = now
        oldest = now.date() - timedelta(days=self._days)
        with self._database.transaction() as connection:
            self._database.overwrite_deleted(connection)
            connection.execute("DELETE FROM asked WHERE day < ?", (oldest.isoformat(),))


def _is_doubted(answer: Answer) -> bool:
    """Whether an answer gives, in one of its parts, only what is nearest."""
    is_answered = answer.outcome is Outcome.ANSWERED
    return is_answered and any(s.text.startswith(HEDGE) for s in answer.sentences)


def _fate(outcome: Outcome, is_doubted: bool) -> Fate:
    if outcome is Outcome.DECLINED:
        return Fate.DECLINED
    return Fate.DOUBTED if is_doubted else Fate.ANSWERED


def _read(row: Any) -> Asked:
    return Asked(
        id=row["id"],
        day=date.fromisoformat(row["day"]),
        hour=row["hour"],
        question=row["question"],
        outcome=Outcome(row["outcome"]),
        is_doubted=bool(row["doubted"]),
        confidence=row["confidence"],
        keys=tuple(json.loads(row["keys"])),
        needs=tuple(json.loads(row["needs"])),
        matter=row["matter"],
        audience=Audience(row["audience"]),
        engine=row["engine"],
    )
