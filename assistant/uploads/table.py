"""The table of uploads: every step is a row's change that is kept or not made at all."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, MetaData, Table, Text, func, select

from assistant.documents import Details
from assistant.records import NUMBER, Database, texts
from assistant.uploads.types import Job, State, Upload
from corpus.collection import Kind
from corpus.errors import OptionError

_TABLES = MetaData()
_UPLOADS = Table(
    "uploads",
    _TABLES,
    # The order in which they came; SQLite has it in every table.
    Column("rowid", NUMBER, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    *texts("name", "state", "job", "details", "message", "by", "at", "updated"),
    *texts("title", "document"),
    *(Column(name, NUMBER, nullable=False) for name in ("size", "done", "total", "tries")),
)
_NEWEST_FIRST = select(*(_UPLOADS.c[field.name] for field in fields(Upload))).order_by(
    _UPLOADS.c.at.desc(), _UPLOADS.c.rowid.desc()
)
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
            _TABLES.create_all(connection)

    def add(self, upload: Upload, job: Job, most: tuple[int, int] | None = None) -> None:
        """Add a row; OptionError where more than ``most`` uploads or bytes would then wait."""
        row = asdict(upload) | {"job": job, "details": encode_details(Details()), "tries": 0}
        waiting = select(func.count(), func.coalesce(func.sum(_UPLOADS.c.size), 0))
        with self._database.transaction() as connection:
            if most:
                count, size = connection.execute(waiting.where(_is_in(WAITING))).one()
                _check_room(count + 1, size + upload.size, most)
            connection.execute(_UPLOADS.insert(), row)

    def get(self, name: str) -> Upload:
        """The upload with this id; OptionError where there is none."""
        found = self._select(_UPLOADS.c.id == name)
        if not found:
            raise OptionError("没有这份上传的文件，可能已经放弃或过期，请刷新页面再看。")
        return found[0]

    def all(self) -> list[Upload]:
        """All uploads, the newest first."""
        return self._select()

    def in_state(self, *states: State) -> list[Upload]:
        """The uploads in one of these states, the newest first."""
        return self._select(_is_in(states))

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
        change = _UPLOADS.update().where(_UPLOADS.c.id == name, _is_in(before)).values(values)
        with self._database.transaction() as connection:
            return bool(connection.execute(change).rowcount)

    def progress(self, name: str, done: int, total: int) -> None:
        """How far a job has come."""
        change = _UPLOADS.update().where(_UPLOADS.c.id == name).values(done=done, total=total)
        with self._database.transaction() as connection:
            connection.execute(change)

    def begin(self, name: str) -> Task | None:
        """What is to be done about an upload, counted as begun; None where it is gone."""
        its = _UPLOADS.c.id == name
        with self._database.transaction() as connection:
            connection.execute(_UPLOADS.update().where(its).values(tries=_UPLOADS.c.tries + 1))
            row = connection.execute(_UPLOADS.select().where(its)).one_or_none()
        if row is None:
            return None
        return Task(self.get(name), Job(row.job), decode_details(row.details), row.tries)

    def delete(self, name: str, states: Sequence[State]) -> bool:
        """Take a row away if it is in one of the states; returns whether it was."""
        with self._database.transaction() as connection:
            gone = _UPLOADS.delete().where(_UPLOADS.c.id == name, _is_in(states))
            return bool(connection.execute(gone).rowcount)

    def older(self, state: State, days: int) -> list[Upload]:
        """The uploads that have been in this state for more than so many days."""
        before = self._now() - timedelta(days=days)
        return [u for u in self.in_state(state) if datetime.fromisoformat(u.updated) < before]

    def _time(self) -> str:
        return self._now().isoformat(timespec="seconds")

    def _select(self, *where: ColumnElement[bool]) -> list[Upload]:
        with self._database.transaction() as connection:
            rows = connection.execute(_NEWEST_FIRST.where(*where)).mappings().all()
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


def _is_in(states: Sequence[State]) -> ColumnElement[bool]:
    return _UPLOADS.c.state.in_(states)
