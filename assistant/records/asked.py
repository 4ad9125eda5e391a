"""What readers asked and what became of it, kept for some days with nothing personal in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Column, Double, Index, MetaData, RowMapping, Table, func, select

from assistant.records.database import NUMBER, Database, texts
from assistant.redacting import redact
from assistant.types import HEDGE, Answer, Audience, Outcome

_TABLES = MetaData()
_ASKED = Table(
    "asked",
    _TABLES,
    Column("id", NUMBER, primary_key=True),
    *texts("day", "question", "outcome", "keys", "needs", "matter", "audience", "engine"),
    Column("hour", NUMBER, nullable=False),
    Column("doubted", NUMBER, nullable=False),
    Column("confidence", Double),
    Index("asked_on_day", "day", "id"),
)
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
                _TABLES.create_all(connection)
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
        row = {
            "day": now.date().isoformat(),
            "hour": now.hour,
            "question": question,
            "outcome": answer.outcome.value,
            "doubted": int(_is_doubted(answer)),
            "confidence": answer.confidence,
            "keys": json.dumps(list(keys), ensure_ascii=False),
            "needs": json.dumps(list(needs), ensure_ascii=False),
            "matter": answer.matter,
            "audience": audience.value,
            "engine": answer.engine,
        }
        with self._database.transaction() as connection:
            connection.execute(_ASKED.insert(), row)
        if now - self._looked >= _BETWEEN:
            self._forget(now)

    def rows(self, since: date, outcome: Outcome | None = None, limit: int = _MOST) -> list[Asked]:
        """What was asked on ``since`` or later, the newest first; none where it is off."""
        if not self.is_on:
            return []
        wanted = _ASKED.select().where(_ASKED.c.day >= since.isoformat())
        if outcome:
            wanted = wanted.where(_ASKED.c.outcome == outcome.value)
        wanted = wanted.order_by(_ASKED.c.id.desc()).limit(limit)
        with self._database.transaction() as connection:
            found = connection.execute(wanted).mappings().all()
        return [_read(row) for row in found]

    def count_by_day(self, since: date) -> dict[date, Mapping[str, int]]:
        """How many questions had which ``Fate``, by day; a day without questions is not there."""
        if not self.is_on:
            return {}
        kinds = (_ASKED.c.day, _ASKED.c.outcome, _ASKED.c.doubted)
        wanted = select(*kinds, func.count()).where(_ASKED.c.day >= since.isoformat())
        with self._database.transaction() as connection:
            found = connection.execute(wanted.group_by(*kinds).order_by(_ASKED.c.day)).all()
        counts: dict[date, dict[str, int]] = {}
        for day, outcome, is_doubted, times in found:
            of_day = counts.setdefault(date.fromisoformat(day), dict.fromkeys(Fate, 0))
            of_day[_fate(Outcome(outcome), bool(is_doubted))] += times
        return dict(counts)

    def clear(self) -> None:
        """Forget all, for good; also where the log is off."""
        with self._database.transaction() as connection:
            _TABLES.create_all(connection)
            self._database.overwrite_deleted(connection)
            connection.execute(_ASKED.delete())

    def _forget(self, now: datetime) -> None:
        """Delete what is older than the days to keep; its bytes are overwritten."""
        self._looked = now
        oldest = now.date() - timedelta(days=self._days)
        with self._database.transaction() as connection:
            self._database.overwrite_deleted(connection)
            connection.execute(_ASKED.delete().where(_ASKED.c.day < oldest.isoformat()))


def _is_doubted(answer: Answer) -> bool:
    """Whether an answer gives, in one of its parts, only what is nearest."""
    is_answered = answer.outcome is Outcome.ANSWERED
    return is_answered and any(s.text.startswith(HEDGE) for s in answer.sentences)


def _fate(outcome: Outcome, is_doubted: bool) -> Fate:
    if outcome is Outcome.DECLINED:
        return Fate.DECLINED
    return Fate.DOUBTED if is_doubted else Fate.ANSWERED


def _read(row: RowMapping) -> Asked:
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
