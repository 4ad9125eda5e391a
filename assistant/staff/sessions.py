"""Sessions of people who signed in: kept over a restart, ended by rest, age, sign-out or change."""

import hmac
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Column, ColumnElement, Double, MetaData, Table, Text, or_

from assistant.records import Database, texts
from assistant.staff.people import People
from assistant.staff.person import Person

_TOKEN_BYTES = 32
#: Seconds: a use sooner after the last one is not written down.
_TOUCH_S = 10.0
_TABLES = MetaData()
_SESSIONS = Table(
    "sessions",
    _TABLES,
    Column("token_hash", Text, primary_key=True),
    *texts("name", "stamp"),
    Column("opened", Double, nullable=False),
    Column("used", Double, nullable=False),
    sqlite_with_rowid=False,
)


@dataclass(frozen=True, slots=True)
class Session:
    """What the browser is given: the token for the cookie, and what each form must send too."""

    token: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Found:
    """Whose session it is, as the person is now."""

    person: Person
    csrf: str

    def allows(self, sent: str) -> bool:
        """Whether a form sent what this session's forms send."""
        return hmac.compare_digest(self.csrf.encode(), sent.encode("utf-8", "replace"))


class Sessions:
    """The sessions in ``database``; ended after ``idle_minutes`` without a request and after
    ``most_hours`` whatever happens. Times are seconds since 1970.

    RecordsError where the database cannot be used, OptionError where the people cannot be read.
    """

    def __init__(
        self, database: Database, people: People, idle_minutes: float = 30, most_hours: float = 10
    ) -> None:
        self._database = database
        self._people = people
        self._idle_s = idle_minutes * 60
        self._most_s = most_hours * 3600
        with database.transaction() as connection:
            _TABLES.create_all(connection)

    def open(self, person: Person, now: float | None = None) -> Session:
        """A new session of somebody whom ``People`` handed over; ValueError for another record."""
        if not person.stamp:
            raise ValueError("a person that People did not hand over has no stamp")
        now = time.time() if now is None else now
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        is_over = or_(
            _SESSIONS.c.used <= now - self._idle_s, _SESSIONS.c.opened <= now - self._most_s
        )
        row = _SESSIONS.insert().values(
            token_hash=_hash(token), name=person.name, stamp=person.stamp, opened=now, used=now
        )
        with self._database.transaction() as connection:
            connection.execute(_SESSIONS.delete().where(is_over))
            connection.execute(row)
        return Session(token, _csrf(token))

    def find(self, token: str, now: float | None = None) -> Found | None:
        """Whose session it is at ``now``, which counts as its last use; None where there is none or
        it has ended: the person was removed, or has another password."""
        now = time.time() if now is None else now
        with self._database.transaction() as connection:
            row = connection.execute(_SESSIONS.select().where(_is(token))).one_or_none()
        if row is None:
            return None
        person = self._people.find(row.name)
        is_over = now - row.used >= self._idle_s or now - row.opened >= self._most_s
        if is_over or person is None or person.stamp != row.stamp:
            self.close(token)
            return None
        if now - row.used >= _TOUCH_S:
            self._touch(token, now)
        return Found(person, _csrf(token))

    def close(self, token: str) -> None:
        """Sign out; nothing happens where there is no such session."""
        with self._database.transaction() as connection:
            connection.execute(_SESSIONS.delete().where(_is(token)))

    def _touch(self, token: str, now: float) -> None:
        touched = _SESSIONS.update().where(_is(token), _SESSIONS.c.used < now).values(used=now)
        with self._database.transaction() as connection:
            connection.execute(touched)


def _is(token: str) -> ColumnElement[bool]:
    return _SESSIONS.c.token_hash == _hash(token)


def _hash(token: str) -> str:
    """256 random bits need no slower hash."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _csrf(token: str) -> str:
    """Made from the token, so that nothing more is kept; nobody gets from it to the token."""
    return hmac.new(token.encode("utf-8", "replace"), b"csrf", "sha256").hexdigest()
