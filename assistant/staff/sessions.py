"""Sessions of people who signed in: kept over a restart, ended by rest, age, sign-out or change."""

import hmac
import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from assistant.staff.people import People
from assistant.staff.person import Person

if TYPE_CHECKING:
    from assistant.records import Database

_TOKEN_BYTES = 32
#: Seconds: a use sooner after the last one is not written down.
_TOUCH_S = 10.0
_TABLE = """CREATE TABLE IF NOT EXISTS sessions (
    token_hash TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    stamp TEXT NOT NULL,
    opened REAL NOT NULL,
    used REAL NOT NULL
) WITHOUT ROWID"""


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
        self, database: "Database", people: People, idle_minutes: float = 30, most_hours: float = 10
    ) -> None:
        self._database = database
        self._people = people
        self._idle_s = idle_minutes * 60
        self._most_s = most_hours * 3600
        with database.transaction() as connection:
            connection.execute(_TABLE)

    def open(self, person: Person, now: float | None = None) -> Session:
        """A new session of somebody whom ``People`` handed over; ValueError for another record."""
        if not person.stamp:
            raise ValueError("a person that People did not hand over has no stamp")
        now = time.time() if now is None else now
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE used <= ? OR opened <= ?",
                (now - self._idle_s, now - self._most_s),
            )
            connection.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)",
                (_hash(token), person.name, person.stamp, now, now),
            )
        return Session(token, _csrf(token))

    def find(self, token: str, now: float | None = None) -> Found | None:
        """Whose session it is at ``now``, which counts as its last use; None where there is none or
        it has ended: the person was removed, or has another password."""
        now = time.time() if now is None else now
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT name, stamp, opened, used FROM sessions WHERE token_hash = ?",
                (_hash(token),),
            ).fetchone()
        if row is None:
            return None
        person = self._people.find(row["name"])
        is_over = now - row["used"] >= self._idle_s or now - row["opened"] >= self._most_s
        if is_over or person is None or person.stamp != row["stamp"]:
            self.close(token)
            return None
        if now - row["used"] >= _TOUCH_S:
            self._touch(token, now)
        return Found(person, _csrf(token))

    def close(self, token: str) -> None:
        """Sign out; nothing happens where there is no such session."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM sessions WHERE token_hash = ?", (_hash(token),))

    def _touch(self, token: str, now: float) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE sessions SET used = ? WHERE token_hash = ? AND used < ?",
                (now, _hash(token), now),
            )


def _hash(token: str) -> str:
    """256 random bits need no slower hash."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _csrf(token: str) -> str:
    """Made from the token, so that nothing more is kept; nobody gets from it to the token."""
    return hmac.new(token.encode("utf-8", "replace"), b"csrf", "sha256").hexdigest()
