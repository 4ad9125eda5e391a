"""What people ask of statutes of other fields: ``eval/data/reading.jsonl``.

Written beside labour, traffic, consumer and other statutes of the data package that the corpus does
not hold, so that a text nobody prepared is read as well as ours: a question, the 条, 款 or 项 that
answer it (none where the statute doesn't say), and what only looks as if it did.
"""

from dataclasses import dataclass
from functools import cache

from corpus.catalog import Corpus
from corpus.collections import find_collection, read_collection
from corpus.language import fold
from corpus.statutes import StatuteEntry, load_statutes
from eval.examples.rows import read_rows


@dataclass(frozen=True, slots=True)
class Reading:
    """A question with the targets that answer it, the most direct first, and near ones that do
    not."""

    question: str
    by: tuple[str, ...]
    near: tuple[str, ...]


def load_reading() -> list[Reading]:
    """All rows, folded as a question is."""
    return [
        Reading(fold(row["question"]), tuple(row["by"]), tuple(row["near"]))
        for row in read_rows("reading.jsonl")
    ]


@cache
def statutes_read() -> Corpus:
    """The statutes that the rows are about."""
    titles = {target.partition("#")[0] for r in load_reading() for target in (*r.by, *r.near)}
    folder = find_collection("statutes", None)
    entries = [StatuteEntry(title) for title in sorted(titles)]
    documents = load_statutes(entries, "", folder / "repairs.toml", read_collection(folder))
    return Corpus(documents, {})
