"""Who may work at the desk: people with a role, their sessions, and who changed what.

A name and a password in, a person or none out. Passwords are kept as argon2 hashes, tokens of
sessions as SHA-256; nobody guesses fast, and a guesser holds up nobody but himself. The audit log
only grows, and shows where it was tampered with.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from assistant.staff.people import People
from assistant.staff.person import Person, Role
from assistant.staff.throttle import Attempt, BusyError, HeldUpError, Throttle

if TYPE_CHECKING:
    from assistant.staff.audit import AuditEntry, AuditLog
    from assistant.staff.sessions import Found, Session, Sessions

__all__ = [
    "Attempt",
    "AuditEntry",
    "AuditLog",
    "BusyError",
    "Found",
    "HeldUpError",
    "People",
    "Person",
    "Role",
    "Session",
    "Sessions",
    "Throttle",
]

_ROOMS = {
    "AuditEntry": "audit",
    "AuditLog": "audit",
    "Found": "sessions",
    "Session": "sessions",
    "Sessions": "sessions",
}


def __getattr__(name: str) -> Any:
    """What needs SQLAlchemy is imported when it is asked for: the command line starts without."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
