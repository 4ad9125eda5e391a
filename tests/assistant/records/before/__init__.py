"""Records that an earlier version made, with its own statements."""

from datetime import datetime
from pathlib import Path

import pytest

from assistant.records import AskedLog, Database, FeedbackQueue, State
from assistant.staff import AuditLog, People, Role, Sessions
from assistant.types import Audience
from assistant.uploads.table import UploadTable
from assistant.uploads.types import Job, Upload
from assistant.uploads.types import State as Step
from corpus.errors import RecordsError
from tests.assistant.records.test_feedback_queue import ANSWER

NOW = datetime(2026, 5, 6, 7, 8).astimezone()


def statements_of(dialect: str) -> str:
    folder = Path(__file__).parent
    return "".join((folder / f"{name}.sql").read_text("utf-8") for name in (dialect, "rows"))


def go_on_with(database: Database, folder: Path) -> None:
    """What was written is read, and more is written after it."""
    log = AskedLog(database, 30, NOW)
    log.add(ANSWER, Audience.PUBLIC, NOW)
    assert [row.question for row in log.rows(NOW.date())] == [ANSWER.question, "油烟谁管"]
    assert log.rows(NOW.date())[1].confidence == 0.5

    queue = FeedbackQueue(database)
    assert [move.by for move in queue.find(1).moves] == ["王", "李"]
    assert queue.add(ANSWER, "useless").id == 2
    queue.move(1, State.IN_WORK, "赵")
    assert [move.by for move in queue.load()[0].moves] == ["王", "李", "赵"]

    people = People(folder)
    sessions = Sessions(database, people)
    opened = sessions.open(people.add("王", Role.ADMIN, "correct horse"))
    assert sessions.find(opened.token)

    audit = AuditLog(database)
    assert audit.add("李", "动作", "又一条例") == 2
    assert audit.verify() is None
    for statement in ("UPDATE audit SET name = 'x'", "DELETE FROM audit"):
        with pytest.raises(RecordsError), database.transaction() as connection:
            connection.exec_driver_sql(statement)

    table = UploadTable(database, lambda: NOW)
    table.add(Upload("c3", "丙.txt", Step.READY, "", "王", "2026-05-06", "2026-05-06", 9), Job.READ)
    assert [upload.id for upload in table.all()] == ["c3", "a1", "b2"]
    assert table.delete("a1", (Step.READY,))
