"""Who may work at the desk: people with a role, their sessions, and who changed what.

A name and a password in, a person or none out. Passwords are kept as argon2 hashes, tokens of
sessions as SHA-256; nobody guesses fast, and a guesser holds up nobody but himself. The audit log
only grows, and shows where it was tampered with.
"""

from assistant.staff.audit import AuditEntry, AuditLog
from assistant.staff.people import People
from assistant.staff.person import Person, Role
from assistant.staff.sessions import Found, Session, Sessions
from assistant.staff.throttle import Attempt, BusyError, HeldUpError, Throttle

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
