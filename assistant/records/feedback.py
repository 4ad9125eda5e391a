"""The queue of what readers say of answers: kept without what is personal, worked off by staff."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import starmap
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    MetaData,
    RowMapping,
    Select,
    Table,
    func,
    select,
)

from assistant.intake import MAX_QUESTION
from assistant.records.database import NUMBER, Database, texts
from assistant.records.shown import without_personal
from assistant.records.verdict import Feedback, State, Verdict
from assistant.redacting import redact
from assistant.types import Answer
from corpus.errors import OptionError
from corpus.language import strip_control

#: Characters that are kept of a reader's word, and of a note of staff.
MAX_WORD = 300
MAX_NOTE = 1000
#: Feedback that is kept; the oldest that is closed makes room for new.
MAX_ROWS = 20_000
#: Characters of an answer as JSON: three times the longest of 250; anyone can send more.
MAX_ANSWER = 30_000

#: The highest id that SQLite can hold; an address on the web may name a higher one.
_LAST = 2**63 - 1
_CLOSED = tuple(state.value for state in State if not state.is_open)
_TABLES = MetaData()
_FEEDBACK = Table(
    "feedback",
    _TABLES,
    Column("id", NUMBER, primary_key=True),
    *texts("state", "question", "understood", "outcome", "keys", "verdict", "word", "time"),
    *texts("as_of", "engine", "answer"),
    Index("feedback_of_state", "state", "id"),
    sqlite_autoincrement=True,
)
_MOVE = Table(
    "feedback_move",
    _TABLES,
    # The order in which they came; SQLite has it in every table.
    Column("rowid", NUMBER, primary_key=True),
    Column("feedback", NUMBER, nullable=False),
    *texts("before", "state", "by", "time", "note"),
    Index("move_of_feedback", "feedback"),
)


class FeedbackQueue:
    """The feedback in a database; several processes and threads may use it at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, answer: Answer, verdict: Verdict | str, word: str = "", now: datetime | None = None
    ) -> Feedback:
        """Keep a verdict and return what was kept; ValueError for a verdict that is none,
        OptionError where the queue is full of what nobody has dealt with."""
        verdict = Verdict(verdict)
        written = max(map(len, (answer.id, answer.question, answer.understood)))
        if written > 2 * MAX_QUESTION or len(_dump(answer.to_json())) > MAX_ANSWER:
            raise OptionError("这个回答太长，没有记下反馈，请刷新页面、重新提问后再反馈。")
        shown = without_personal(answer)
        feedback = Feedback(
            question=shown.question,
            understood=shown.understood,
            outcome=shown.outcome.value,
            keys=tuple(dict.fromkeys(citation.key for citation in shown.citations)),
            verdict=verdict,
            word=clean_word(word),
            time=_time(now),
            as_of=shown.as_of.isoformat(),
            engine=shown.engine,
            answer=shown.to_json(),
        )
        with opened(self._database) as connection:
            _make_room(connection)
            (kept,) = insert(connection, [feedback])
        return kept

    def move(
        self,
        feedback_id: int,
        state: State | str,
        by: str,
        note: str = "",
        now: datetime | None = None,
    ) -> Feedback:
        """Move a feedback to a state and keep who did it, when and why; OptionError where it is
        gone, cannot be moved there, or nobody is named."""
        if not by.strip():
            raise OptionError("改反馈的状态要写明是谁改的，请先登录。")
        with opened(self._database) as connection:
            before = _find(connection, feedback_id)
            if state not in before.state.following:
                ways = "、".join(before.state.following)
                raise OptionError(f"这条反馈现在是“{before.state}”，只能改为{ways}，请刷新再看。")
            kept_note = strip_control(note).strip()[:MAX_NOTE]
            moved = State(state).value
            move = {
                "feedback": before.id,
                "before": before.state.value,
                "state": moved,
                "by": by.strip(),
                "time": _time(now),
                "note": kept_note,
            }
            connection.execute(_MOVE.insert(), move)
            change = _FEEDBACK.update().where(_FEEDBACK.c.id == before.id).values(state=moved)
            connection.execute(change)
            return _find(connection, before.id)

    def find(self, feedback_id: int) -> Feedback:
        """The feedback of this id; OptionError where there is none (any more)."""
        with opened(self._database) as connection:
            return _find(connection, feedback_id)

    def rows(
        self, state: State | None = None, limit: int = 50, before: int | None = None
    ) -> list[Feedback]:
        """The newest ``limit``, newest first, of one state or of all; with ``before`` those that
        came before the feedback of that id."""
        wanted = _FEEDBACK.select().order_by(_FEEDBACK.c.id.desc()).limit(limit)
        if state is not None:
            wanted = wanted.where(_FEEDBACK.c.state == state)
        if before is not None:
            wanted = wanted.where(_FEEDBACK.c.id < min(before, _LAST))
        with opened(self._database) as connection:
            found = _fetch(connection, wanted)
        return list(starmap(_feedback, found))

    def counts(self) -> dict[State, int]:
        """How many there are in each state."""
        query = select(_FEEDBACK.c.state, func.count()).group_by(_FEEDBACK.c.state)
        with opened(self._database) as connection:
            found: dict[str, int] = dict(connection.execute(query).all())
        return {state: found.get(state.value, 0) for state in State}

    def load(self) -> list[Feedback]:
        """All of it, oldest first."""
        with opened(self._database) as connection:
            found = _fetch(connection, _FEEDBACK.select().order_by(_FEEDBACK.c.id))
        # Reading takes longer than fetching, and others wait to write meanwhile.
        return list(starmap(_feedback, found))

    def export(self) -> str:
        """All of it as JSON lines, oldest first, which ``Feedback.from_json`` reads."""
        return "".join(_dump(feedback.to_json()) + "\n" for feedback in self.load())


@contextmanager
def opened(database: Database) -> Iterator[Connection]:
    """A transaction in which the tables of the queue are there."""
    with database.transaction() as connection:
        _TABLES.create_all(connection)
        yield connection


def insert(connection: Connection, feedback: Iterable[Feedback]) -> list[Feedback]:
    """Put feedback into the queue as new; what is returned has its id there."""
    added = _FEEDBACK.insert().returning(_FEEDBACK.c.id)
    kept = []
    for one in feedback:
        row = {
            "state": State.NEW.value,
            "question": one.question,
            "understood": one.understood,
            "outcome": one.outcome,
            "keys": _dump(one.keys),
            "verdict": one.verdict.value,
            "word": one.word,
            "time": one.time,
            "as_of": one.as_of,
            "engine": one.engine,
            "answer": _dump(one.answer),
        }
        kept.append(replace(one, id=connection.execute(added, row).scalar_one()))
    return kept


def clean_word(word: str) -> str:
    """A reader's word as it is kept: one line of bounded length with nothing personal."""
    # Cut last: of a number that is cut first, a part could stay unseen.
    return redact(" ".join(strip_control(word).split()))[:MAX_WORD]


def _make_room(connection: Connection) -> None:
    """Remove the oldest closed feedback where there is no room for one more; OptionError where all
    is open."""
    count = connection.execute(select(func.count()).select_from(_FEEDBACK)).scalar_one()
    surplus = count + 1 - MAX_ROWS
    if surplus <= 0:
        return
    closed = select(_FEEDBACK.c.id).where(_FEEDBACK.c.state.in_(_CLOSED))
    closed = closed.order_by(_FEEDBACK.c.id).limit(surplus)
    if len(connection.execute(closed).all()) < surplus:
        raise OptionError("待处理的反馈已经存满，这一条没有记下，请联系管理员先处理一些。")
    connection.execute(_MOVE.delete().where(_MOVE.c.feedback.in_(closed)))
    connection.execute(_FEEDBACK.delete().where(_FEEDBACK.c.id.in_(closed)))


def _find(connection: Connection, feedback_id: int) -> Feedback:
    wanted = min(feedback_id, _LAST)
    found = _fetch(connection, _FEEDBACK.select().where(_FEEDBACK.c.id == wanted))
    if not found:
        raise OptionError(f"没有第 {wanted} 条反馈，可能已经清理，请刷新再看。")
    return _feedback(*found[0])


def _fetch(
    connection: Connection, query: Select[Any]
) -> list[tuple[RowMapping, Sequence[RowMapping]]]:
    """Rows of the queue, each with its moves."""
    rows = connection.execute(query).mappings().all()
    ids = query.with_only_columns(_FEEDBACK.c.id)
    of_these = _MOVE.select().where(_MOVE.c.feedback.in_(ids)).order_by(_MOVE.c.rowid)
    moves = defaultdict(list)
    for move in connection.execute(of_these).mappings():
        moves[move["feedback"]].append(move)
    return [(row, moves[row["id"]]) for row in rows]


def _feedback(row: RowMapping, moves: Sequence[RowMapping]) -> Feedback:
    decoded = {name: json.loads(row[name]) for name in ("keys", "answer")}
    return Feedback.from_json(dict(row) | decoded | {"moves": moves})


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _time(now: datetime | None) -> str:
    return (now or datetime.now().astimezone()).isoformat(timespec="seconds")
