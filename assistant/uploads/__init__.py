"""Files that staff upload: received, read, looked at, confirmed, put into use, taken out again.

bytes ──receiving──▶ READING ──child process──▶ READY ──preview, publish──▶ PUBLISHED ──remove──▶
REMOVED (and back). What was confirmed survives a kill: states are rows of the records' database,
and ``resume`` goes on where the last run ended. Reading and publishing are processes of their own,
so that those who ask are not held up.
"""

from assistant.uploads.concerns import Concern
from assistant.uploads.preview import Cited, Heading, Preview, look_at
from assistant.uploads.types import Audit, State, Upload
from assistant.uploads.uploads import Uploads

__all__ = [
    "Audit",
    "Cited",
    "Concern",
    "Heading",
    "Preview",
    "State",
    "Upload",
    "Uploads",
    "look_at",
]
