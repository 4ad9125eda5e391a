"""Who changed what at the desk: rows that are only added, each chained to the one before."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from sqlalchemy import Connection

from assistant.records import Database
from assistant.staff.audit_table import AUDIT, create, highest_ever
from assistant.staff.person import Person
from corpus.language import strip_control

#: What a detail may be: a title, an id, a state, a number of them.
Detail = str | int | float | bool | None
#: Characters that are kept of each text.
MAX_TEXT = 300
#: What never goes into the log, under whatever name it comes.
_NEVER = frozenset({"password", "question", "token"})
_NOTHING: Mapping[str, Detail] = MappingProxyType({})
_FIRST = "0" * 64
#: The highest number that a database takes.
_ABOVE_ALL = 2**63 - 1
_NEWEST_FIRST = AUDIT.select().order_by(AUDIT.c.id.desc())


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row. ``time`` is local, with its offset from UTC; ``role`` is empty for a command.

    ``hash`` is SHA-256 of this row and of the hash before it, in hex: noted elsewhere it proves
    later that nothing up to here was changed.
    """

    id: int
    time: str
    name: str
    role: str
    action: str
    what: str
    hash: str
    details: Mapping[str, Detail] = field(default_factory=dict)


class AuditLog:
    """The log in ``database``; RecordsError where that cannot be used.

    Triggers forbid changes. Whoever takes them away can still change rows, which ``verify`` tells;
    only somebody who writes the whole chain anew from there on is not found out by it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.transaction() as connection:
            create(connection)

    def add(
        self,
        by: Person | str,
        action: str,
        what: str,
        details: Mapping[str, Detail] = _NOTHING,
        now: datetime | None = None,
    ) -> int:
        """Add a row and return its id: ``by`` did ``action`` to ``what``; long texts are cut.

        ``details`` are titles, ids and states, never what a reader asked and never a password:
        ValueError for a name that says so.
        """
        if _NEVER & {name.lower() for name in details}:
            raise ValueError(f"never in the audit log: {', '.join(sorted(_NEVER))}")
        kept = {_short(name): _plain(value) for name, value in details.items()}
        name, role = (by.name, by.role.value) if isinstance(by, Person) else (by, "")
        texts = (
            (now or datetime.now().astimezone()).isoformat(timespec="seconds"),
            *(_short(text) for text in (name, role, action, what)),
            json.dumps(kept, ensure_ascii=False),
        )
        with self._database.transaction() as connection:
            last = connection.execute(_NEWEST_FIRST.limit(1)).one_or_none()
            number, before = (last.id + 1, last.hash) if last else (1, _FIRST)
            row = (number, *texts, _chained(before, number, texts))
            connection.execute(AUDIT.insert().values(row))
        return int(number)

    def latest(self, limit: int, before: int | None = None) -> list[AuditEntry]:
        """At most ``limit`` rows, newest first; those older than the id ``before`` where given."""
        below = _ABOVE_ALL if before is None else max(0, min(before, _ABOVE_ALL))
        wanted = _NEWEST_FIRST.where(AUDIT.c.id < below).limit(max(0, limit))
        with self._database.transaction() as connection:
            rows = connection.execute(wanted).mappings().all()
        return [AuditEntry(**dict(row) | {"details": json.loads(row["details"])}) for row in rows]

    def verify(self) -> int | None:
        """The id of the first row that was changed or taken away; None where all are as written."""
        with self._database.transaction() as connection:
            return _first_broken(connection, highest_ever(connection))


def _first_broken(connection: Connection, highest: int) -> int | None:
    before, number = _FIRST, 0
    for number, row in enumerate(connection.execute(AUDIT.select().order_by(AUDIT.c.id)), 1):
        identity, *texts, kept = row
        if identity != number or _chained(before, number, texts) != kept:
            return number
        before = kept
    # The database remembers the highest id that ever was.
    return number + 1 if highest not in (0, number) else None


def _chained(before: str, number: int, texts: Iterable[object]) -> str:
    # JSON keeps the fields apart: no text can reach into the next one.
    whole = json.dumps([before, number, *texts], ensure_ascii=True, default=repr)
    return sha256(whole.encode()).hexdigest()


def _short(text: str) -> str:
    """One line, without what cannot be seen, and only so long."""
    seen = " ".join(strip_control(text).split()).encode("utf-8", "replace").decode()
    return seen if len(seen) <= MAX_TEXT else f"{seen[: MAX_TEXT - 1]}…"


def _plain(value: Detail) -> Detail:
    return _short(value) if isinstance(value, str) else value
