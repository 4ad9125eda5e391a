"""The queue of what readers say of answers: kept without what is personal, worked off by staff."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import starmap
from typing import Any

from assistant.intake import MAX_QUESTION
from assistant.records.database import Connection, Database
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
_TABLES = (
    """CREATE TABLE IF NOT EXISTS feedback (
        id INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, question TEXT NOT NULL,
        understood TEXT NOT NULL, outcome TEXT NOT NULL, keys TEXT NOT NULL,
        verdict TEXT NOT NULL, word TEXT NOT NULL, time TEXT NOT NULL, as_of TEXT NOT NULL,
        engine TEXT NOT NULL, answer TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS feedback_of_state ON feedback (state, id)",
    """CREATE TABLE IF NOT EXISTS feedback_move (
        feedback INTEGER NOT NULL, before TEXT NOT NULL, state TEXT NOT NULL, by TEXT NOT NULL,
        time TEXT NOT NULL, note TEXT NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS move_of_feedback ON feedback_move (feedback)",
)
_INSERT = """INSERT INTO feedback (state, question, understood, outcome, keys, verdict, word, time,
    as_of, engine, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"""
_MOVE = """INSERT INTO feedback_move (feedback, before, state, by, time, note)
    VALUES (?, ?, ?, ?, ?, ?)"""
_PAGE = """SELECT * FROM feedback WHERE (? IS NULL OR state = ?) AND id < ?
    ORDER BY id DESC LIMIT ?"""


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
            values = (before.id, before.state.value, moved, by.strip(), _time(now), kept_note)
            connection.execute(_MOVE, values)
            connection.execute("UPDATE feedback SET state = ? WHERE id = ?", (moved, before.id))
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
        wanted = (state, state, _LAST if before is None else min(before, _LAST), limit)
        with opened(self._database) as connection:
            found = _fetch(connection, _PAGE, wanted)
        return list(starmap(_feedback, found))

    def counts(self) -> dict[State, int]:
        """How many there are in each state."""
        query = "SELECT state, COUNT(*) FROM feedback GROUP BY state"
        with opened(self._database) as connection:
            found = dict(map(tuple, connection.execute(query)))
        return {state: found.get(state.value, 0) for state in State}

    def load(self) -> list[Feedback]:
        """All of it, oldest first."""
        with opened(self._database) as connection:
            found = _fetch(connection, "SELECT * FROM feedback ORDER BY id")
        # Reading takes longer than fetching, and others wait to write meanwhile.
        return list(starmap(_feedback, found))

    def export(self) -> str:
        """All of it as JSON lines, oldest first, which ``Feedback.from_json`` reads."""
        return "".join(_dump(feedback.to_json()) + "\n" for feedback in self.load())


@contextmanager
def opened(database: Database) -> Iterator[Connection]:
    """A transaction in which the tables of the queue are there."""
    with database.transaction() as connection:
        for table in _TABLES:
            connection.execute(table)
        yield connection


def insert(connection: Connection, feedback: Iterable[Feedback]) -> list[Feedback]:
    """Put feedback into the queue as new; what is returned has its id there."""
    kept = []
    for one in feedback:
        texts = (one.word, one.time, one.as_of, one.engine)
        about = (one.question, one.understood, one.outcome, _dump(one.keys), one.verdict.value)
        values = (State.NEW.value, *about, *texts, _dump(one.answer))
        (number,) = connection.execute(_INSERT, values).fetchone()
        kept.append(replace(one, id=number))
    return kept


def clean_word(word: str) -> str:
    """A reader's word as it is kept: one line of bounded length with nothing personal."""
    # Cut last: of a number that is cut first, a part could stay unseen.
    return redact(" ".join(strip_control(word).split()))[:MAX_WORD]


def _make_room(connection: Connection) -> None:
    """Remove the oldest closed feedback where there is no room for one more; OptionError where all
    is open."""
    (count,) = connection.execute("SELECT COUNT(*) FROM feedback").fetchone()
    surplus = count + 1 - MAX_ROWS
    if surplus <= 0:
        return
    query = "SELECT id FROM feedback WHERE state IN (?, ?) ORDER BY id LIMIT ?"
    closed = connection.execute(query, (*_CLOSED, surplus)).fetchall()
    if len(closed) < surplus:
        raise OptionError("待处理的反馈已经存满，这一条没有记下，请联系管理员先处理一些。")
    ids = [(row["id"],) for row in closed]
    connection.executemany("DELETE FROM feedback_move WHERE feedback = ?", ids)
    connection.executemany("DELETE FROM feedback WHERE id = ?", ids)


def _find(connection: Connection, feedback_id: int) -> Feedback:
    wanted = (min(feedback_id, _LAST),)
    found = _fetch(connection, "SELECT * FROM feedback WHERE id = ?", wanted)
    if not found:
        raise OptionError(f"没有第 {wanted[0]} 条反馈，可能已经清理，请刷新再看。")
    return _feedback(*found[0])


def _fetch(
    connection: Connection, query: str, values: Sequence[str | int | None] = ()
) -> list[tuple[Any, list[Any]]]:
    """Rows of the queue, each with its moves."""
    rows = connection.execute(query, values).fetchall()
    moves = "SELECT * FROM feedback_move WHERE feedback = ? ORDER BY rowid"
    return [(row, connection.execute(moves, (row["id"],)).fetchall()) for row in rows]


def _feedback(row: Any, moves: Sequence[Any]) -> Feedback:
    decoded = {name: json.loads(row[name]) for name in ("keys", "answer")}
    return Feedback.from_json(dict(row) | decoded | {"moves": moves})


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _time(now: datetime | None) -> str:
    return (now or datetime.now().astimezone()).isoformat(timespec="seconds")
