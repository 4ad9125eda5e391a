"""The table of uploads: every step is a row's change that is kept or not made at all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from assistant.documents import Details
from assistant.records import Database
from assistant.uploads.types import Job, State, Upload
from corpus.collection import Kind
from corpus.errors import OptionError

_CREATE = """CREATE TABLE IF NOT EXISTS uploads (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    job TEXT NOT NULL,
    details TEXT NOT NULL,
    message TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    updated TEXT NOT NULL,
    size INTEGER NOT NULL,
    title TEXT NOT NULL,
    document TEXT NOT NULL,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    tries INTEGER NOT NULL
)"""
_COLUMNS = "id, name, state, message, by, at, updated, size, title, document, done, total"
#: Waiting for somebody to decide: their bytes count.
WAITING = (State.READING, State.READY, State.FAILED)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done about an upload, and how often that was begun."""

    upload: Upload
    job: Job
    details: Details
    tries: int


class UploadTable:
    """The rows in ``database``; RecordsError where that cannot be used."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        with database.transaction() as connection:
            connection.execute(_CREATE)

    def add(self, upload: Upload, job: Job, most: tuple[int, int] | None = None) -> None:
        """Add a row; OptionError where more than ``most`` uploads or bytes would then wait."""
        fields = {
            **asdict(upload),
            "job": job,
            "details": encode_details(Details()),
            "tries": 0,
        }
        marks = ", ".join(f":{name}" for name in fields)
        with self._database.transaction() as connection:
            if most:
                count, size = connection.execute(
                    f"SELECT count(*), coalesce(sum(size), 0) FROM uploads"  # noqa: S608
                    f" WHERE state IN ({_marks(WAITING)})",
                    WAITING,
                ).fetchone()
                _check_room(count + 1, size + upload.size, most)
            connection.execute(
                f"INSERT INTO uploads ({', '.join(fields)}) VALUES ({marks})",  # noqa: S608
                fields,
            )

    def get(self, name: str) -> Upload:
        """The upload with this id; OptionError where there is none."""
        found = self._select("id = ?", (name,))
        if not found:
            raise OptionError("没有这份上传的文件，可能已经放弃或过期，请刷新页面再看。")
        return found[0]

    def all(self) -> list[Upload]:
        """All uploads, the newest first."""
        return self._select("1 = 1", ())

    def in_state(self, *states: State) -> list[Upload]:
        """The uploads in one of these states, the newest first."""
        return self._select(f"state IN ({_marks(states)})", states)

    def move(
        self,
        name: str,
        before: Sequence[State],
        after: State,
        job: Job | None = None,
        **fields: Any,
    ) -> Upload:
        """Bring an upload from one of the states ``before`` to ``after``; OptionError where it is
        in another one by now. What ``fields`` don't name stays as it is."""
        upload = self.get(name)
        if not self.try_move(name, before, after, job, **fields):
            raise OptionError(
                f"「{upload.name}」现在是“{self.get(name).state}”，做不了这一步，请刷新页面再看。"
            )
        return self.get(name)

    def try_move(
        self,
        name: str,
        before: Sequence[State],
        after: State,
        job: Job | None = None,
        **fields: Any,
    ) -> bool:
        """As ``move``, telling whether it was done."""
        values = {**fields, "state": after, "updated": self._time()}
        if job:
            values |= {"job": job, "done": 0, "total": 0, "tries": 0}
        sets = ", ".join(f"{column} = ?" for column in values)
        with self._database.transaction() as connection:
            changed = connection.execute(
                f"UPDATE uploads SET {sets}"  # noqa: S608 (names of columns, from this package)
                f" WHERE id = ? AND state IN ({_marks(before)})",
                (*values.values(), name, *before),
            ).rowcount
        return bool(changed)

    def progress(self, name: str, done: int, total: int) -> None:
        """How far a job has come."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE uploads SET done = ?, total = ? WHERE id = ?", (done, total, name)
            )

    def begin(self, name: str) -> Task | None:
        """What is to be done about an upload, counted as begun; None where it is gone."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE uploads SET tries = tries + 1 WHERE id = ?", (name,))
            row = connection.execute(
                "SELECT job, details, tries FROM uploads WHERE id = ?", (name,)
            ).fetchone()
        if row is None:
            return None
        return Task(self.get(name), Job(row["job"]), decode_details(row["details"]), row["tries"])

    def delete(self, name: str, states: Sequence[State]) -> bool:
        """Take a row away if it is in one of the states; returns whether it was."""
        with self._database.transaction() as connection:
            return bool(
                connection.execute(
                    f"DELETE FROM uploads WHERE id = ? AND state IN ({_marks(states)})",  # noqa: S608
                    (name, *states),
                ).rowcount
            )

    def older(self, state: State, days: int) -> list[Upload]:
        """The uploads that have been in this state for more than so many days."""
        before = self._now() - timedelta(days=days)
        return [u for u in self.in_state(state) if datetime.fromisoformat(u.updated) < before]

    def _time(self) -> str:
        return self._now().isoformat(timespec="seconds")

    def _select(self, where: str, values: Sequence[object]) -> list[Upload]:
        with self._database.transaction() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM uploads WHERE {where}"  # noqa: S608 (from this module)
                " ORDER BY at DESC, rowid DESC",
                tuple(values),
            ).fetchall()
        return [Upload(**dict(row) | {"state": State(row["state"])}) for row in rows]


def encode_details(details: Details) -> str:
    """Details as JSON."""
    fields = asdict(details)
    return json.dumps(
        {k: v.isoformat() if isinstance(v, date) else v for k, v in fields.items()},
        ensure_ascii=False,
    )


def decode_details(text: str) -> Details:
    """The details that ``encode_details`` wrote."""
    fields = json.loads(text)
    for name in ("adopted", "effective", "expires"):
        fields[name] = date.fromisoformat(fields[name]) if fields[name] else None
    fields["kind"] = Kind(fields["kind"]) if fields["kind"] else None
    return Details(**fields)


def _check_room(count: int, size: int, most: tuple[int, int]) -> None:
    if count > most[0]:
        raise OptionError(f"待确认的文件已有 {most[0]} 份，请先发布或放弃一些再上传。")
    if size > most[1]:
        megabytes = most[1] // 2**20
        raise OptionError(f"待确认的文件合起来超过 {megabytes} MB，请先发布或放弃一些再上传。")


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)
