"""What is kept of readers' questions and of what staff do, in one SQLite file of this machine.

A record in, rows out; what is personal is taken out before anything is written.
"""

from assistant.records.database import Database

__all__ = ["Database"]
