"""What Chroma writes into its database whenever it is opened, though nothing is changed in it.

Each opening notes that it may write, in a table of its own that never gets shorter; SQLite counts
the change in the head of the file. All other bytes stay as they were. The vectors of a collection
are in the database alone until there are enough of them; the files beside it hold nothing then, and
are made anew at each opening.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

_NOTES = "acquire_write"
#: What a folder of vectors has once they were written there; and what else it has.
_WRITTEN, _OF_VECTORS = "index_metadata.pickle", ".bin"
#: The change counter; the change that the number of pages is valid for, and SQLite's version
#: (sqlite.org/fileformat2.html, 1.3).
_COUNTERS = ((24, 28), (92, 100))


def rewritten(path: Path) -> list[tuple[int, int]]:
    """The ranges of bytes of a file that change when it is opened; none but in a database."""
    if path.suffix != ".sqlite3":
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        row = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (_NOTES,)
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    pages = [((row[0] - 1) * size, row[0] * size)] if row else []
    return [*_COUNTERS, *pages]


def holds_nothing(path: Path) -> bool:
    """Whether a file is one for vectors that were not written there yet."""
    return path.suffix == _OF_VECTORS and not (path.parent / _WRITTEN).exists()


def forget_openings(path: Path) -> None:
    """Empty the table of openings, so that it stays within its page; sqlite3.Error where the
    database can't be written."""
    with closing(sqlite3.connect(path, timeout=10)) as connection, connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_NOTES,)).fetchone():
            connection.execute(f"DELETE FROM {_NOTES}")  # noqa: S608 - a name of our own
