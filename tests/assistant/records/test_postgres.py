"""All tables of the records in a real PostgreSQL, and what is told while it is down."""

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from assistant.documents import Details
from assistant.records import AskedLog, FeedbackQueue, PostgresDatabase, State, Verdict
from assistant.staff import AuditLog, People, Role, Sessions
from assistant.types import Audience, Outcome
from assistant.uploads.table import UploadTable
from assistant.uploads.types import Job, Upload
from assistant.uploads.types import State as Step
from corpus.errors import RecordsError
from eval.bench.cluster import running
from tests.assistant.records.before import go_on_with, statements_of
from tests.assistant.records.test_feedback_queue import ANSWER

pytestmark = pytest.mark.cluster
NOW = datetime(2026, 5, 6, 7, 8).astimezone()


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    folder = reachable(tmp_path_factory.mktemp("postgres"))
    with running(folder, ("postgres",)) as cluster:
        yield f"postgresql://ecopolicy@127.0.0.1:{cluster.port('postgres')}/postgres"


@pytest.fixture
def database(address: str) -> PostgresDatabase:
    return PostgresDatabase(address)


def test_questions(database: PostgresDatabase) -> None:
    log = AskedLog(database, 30, NOW)
    log.add(ANSWER, Audience.PUBLIC, NOW)
    (row,) = log.rows(NOW.date())
    assert row.outcome is ANSWER.outcome
    assert sum(log.count_by_day(NOW.date())[NOW.date()].values()) == 1
    assert log.rows(NOW.date(), Outcome.DECLINED) == []
    log.clear()
    assert log.rows(NOW.date()) == []


def test_feedback_moves_in_its_order(database: PostgresDatabase) -> None:
    queue = FeedbackQueue(database)
    kept = queue.add(ANSWER, Verdict.USEFUL, "很好")
    later = queue.add(ANSWER, Verdict.USEFUL)
    assert later.id == kept.id + 1
    first, second = kept.state.following[0], kept.state
    moved = queue.move(kept.id, first, "王")
    assert [move.by for move in moved.moves] == ["王"]
    assert queue.counts()[State(second)] >= 1
    assert [f.id for f in queue.rows(limit=1)] == [later.id]
    assert [f.id for f in queue.rows(before=later.id)] == [kept.id]
    assert len(queue.load()) == 2


def test_a_session_of_one_server_holds_at_another(address: str, tmp_path: Path) -> None:
    people = People(tmp_path)
    person = people.add("王", Role.ADMIN, "correct horse")
    here, there = (Sessions(PostgresDatabase(address), people) for _ in range(2))
    session = here.open(person)
    found = there.find(session.token)
    assert found is not None
    assert found.person.name == "王"
    there.close(session.token)
    assert here.find(session.token) is None


def test_the_audit_log_only_grows(database: PostgresDatabase) -> None:
    log = AuditLog(AuditedTwice(database))
    for number in range(3):
        log.add("王", "动作", str(number))
    assert log.verify() is None
    for statement in (
        "UPDATE audit SET name = 'x'",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "INSERT INTO audit (id, time, name, role, action, what, details, hash)"
        " VALUES (9, '', '', '', '', '', '', '')",
    ):
        with pytest.raises(RecordsError), database.transaction() as connection:
            connection.exec_driver_sql(statement)
    with database.transaction() as connection:
        connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER ALL")
        connection.exec_driver_sql("DELETE FROM audit WHERE id = 3")
    assert log.verify() == 3
    assert [entry.what for entry in log.latest(5)] == ["1", "0"]


def AuditedTwice(database: PostgresDatabase) -> PostgresDatabase:  # noqa: N802
    """Its tables are made a second time, as by a second server."""
    AuditLog(database)
    return database


def test_numbers_of_the_audit_log_are_given_once(address: str) -> None:
    logs = [AuditLog(PostgresDatabase(address)) for _ in range(4)]
    before = [entry.id for entry in logs[0].latest(1000)]
    with PostgresDatabase(address).transaction() as connection:
        connection.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER ALL")
        connection.exec_driver_sql("DELETE FROM audit")
        connection.exec_driver_sql("DELETE FROM audit_end")
        connection.exec_driver_sql("ALTER TABLE audit ENABLE TRIGGER ALL")
    threads = [threading.Thread(target=log.add, args=("李", "动作", "x")) for log in logs * 5]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert before is not None
    assert logs[0].verify() is None
    assert [entry.id for entry in logs[0].latest(1000)] == list(range(20, 0, -1))


def test_uploads(database: PostgresDatabase) -> None:
    table = UploadTable(database, lambda: NOW)
    time = NOW.isoformat(timespec="seconds")
    table.add(Upload("a1", "甲.txt", Step.READING, "", "王", time, time, size=9), Job.READ, (5, 99))
    table.add(Upload("b2", "乙.txt", Step.READING, "", "王", time, time, size=9), Job.READ, (5, 99))
    assert [upload.id for upload in table.all()] == ["b2", "a1"]
    task = table.begin("a1")
    assert task is not None
    assert (task.tries, task.details) == (1, Details())
    assert table.move("a1", (Step.READING,), Step.READY, title="甲").title == "甲"
    assert not table.try_move("a1", (Step.READING,), Step.READY)
    assert [upload.id for upload in table.in_state(Step.READY)] == ["a1"]
    assert table.delete("b2", (Step.READING,))


def test_tables_of_before_go_on_being_used(
    database: PostgresDatabase, address: str, tmp_path
) -> None:
    with database.transaction() as connection:
        connection.exec_driver_sql("CREATE SCHEMA before")
        connection.exec_driver_sql("SET LOCAL search_path = before")
        connection.exec_driver_sql(statements_of("postgresql"))
    go_on_with(PostgresDatabase(f"{address}?options=-csearch_path%3Dbefore"), tmp_path)


def test_what_fails_is_not_kept(database: PostgresDatabase) -> None:
    with database.transaction() as connection:
        connection.exec_driver_sql("CREATE TABLE bees (n INTEGER)")
    with pytest.raises(LookupError), database.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO bees (n) VALUES (1)")
        raise LookupError
    with database.transaction() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM bees").scalar() == 0


def test_one_that_is_not_there_is_told_in_a_sentence() -> None:
    gone = PostgresDatabase("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(RecordsError, match="暂时连不上"):
        gone.check()


def reachable(folder: Path) -> Path:
    """The folder, which PostgreSQL's own user may enter too."""
    for one in (folder, folder.parent, folder.parent.parent):
        one.chmod(0o755)
    return folder
