"""What is kept of readers' questions and of what staff do, in one SQLite file of
this machine, or in PostgreSQL for several.

A record in, rows out; what is personal is taken out before anything is written.
"""

from assistant.records.asked import Asked, AskedLog, Fate
from assistant.records.chart import bars
from assistant.records.clusters import Cluster, Remembering, cluster
from assistant.records.database import DATABASE_FILE, NUMBER, Database, SqliteDatabase, texts
from assistant.records.exporting import to_question_set, to_xlsx
from assistant.records.feedback import FeedbackQueue
from assistant.records.keeping import Keep, keep_in
from assistant.records.matter_start import to_matter_start
from assistant.records.opening import (
    FEEDBACK_FILE,
    database_of,
    open_records,
    take_over_feedback,
)
from assistant.records.postgres import PostgresDatabase
from assistant.records.verdict import Feedback, Move, State, Verdict
from assistant.redacting import redact

__all__ = [
    "DATABASE_FILE",
    "FEEDBACK_FILE",
    "NUMBER",
    "Asked",
    "AskedLog",
    "Cluster",
    "Database",
    "Fate",
    "Feedback",
    "FeedbackQueue",
    "Keep",
    "Move",
    "PostgresDatabase",
    "Remembering",
    "SqliteDatabase",
    "State",
    "Verdict",
    "bars",
    "cluster",
    "database_of",
    "keep_in",
    "open_records",
    "redact",
    "take_over_feedback",
    "texts",
    "to_matter_start",
    "to_question_set",
    "to_xlsx",
]
