"""Sessions: how they end, what is kept of them."""

import json

import pytest

from assistant.records import SqliteDatabase
from assistant.staff import Found, People, Person, Role, Sessions

GOOD = "correct horse 电池"
MINUTE, HOUR = 60.0, 3600.0
NOW = 1_800_000_000.0


@pytest.fixture
def person(people: People) -> Person:
    return people.add("王五", Role.EDITOR, GOOD)


@pytest.fixture
def sessions(database: SqliteDatabase, people: People) -> Sessions:
    return Sessions(database, people)


def kept(database: SqliteDatabase) -> list[dict[str, object]]:
    with database.transaction() as connection:
        found = connection.exec_driver_sql("SELECT * FROM sessions").mappings()
        return [dict(row) for row in found]


def test_found_by_its_token_only(sessions: Sessions, person: Person):
    one, other = sessions.open(person, NOW), sessions.open(person, NOW)
    assert sessions.find(one.token, NOW) == Found(person, one.csrf)
    assert len({one.token, other.token, one.csrf, other.csrf}) == 4
    for wrong in ("", one.token[:-1], one.token + "x", one.csrf, "\ud800", "' OR 1=1 --"):
        assert sessions.find(wrong, NOW) is None


def test_a_form_must_send_its_own_sessions_word(sessions: Sessions, person: Person):
    one, other = sessions.open(person, NOW), sessions.open(person, NOW)
    found = sessions.find(one.token, NOW)
    assert found.allows(one.csrf)
    for wrong in (other.csrf, "", one.token, one.csrf.upper() + "é", "\ud800"):
        assert not found.allows(wrong)


def test_a_token_is_long_and_only_its_hash_is_kept(
    sessions: Sessions, person: Person, database: SqliteDatabase, tmp_path
):
    opened = sessions.open(person, NOW)
    assert len(opened.token) >= 43  # 256 bits, six a character
    assert len(kept(database)) == 1
    files = [file.read_bytes() for file in tmp_path.glob("records.sqlite3*")]
    assert not any(word.encode() in data for data in files for word in (opened.token, opened.csrf))


def test_ended_by_rest(sessions: Sessions, person: Person, database: SqliteDatabase):
    opened = sessions.open(person, NOW)
    assert sessions.find(opened.token, NOW + 29 * MINUTE)
    assert sessions.find(opened.token, NOW + 58 * MINUTE)
    assert sessions.find(opened.token, NOW + 88 * MINUTE) is None
    assert sessions.find(opened.token, NOW + 59 * MINUTE) is None
    assert kept(database) == []


def test_ended_by_age_however_busy(sessions: Sessions, person: Person):
    opened = sessions.open(person, NOW)
    lasted = [sessions.find(opened.token, NOW + n * 20 * MINUTE) is not None for n in range(40)]
    assert lasted.index(False) * 20 * MINUTE == 10 * HOUR
    assert not any(lasted[lasted.index(False) :])


def test_ended_by_signing_out(sessions: Sessions, person: Person):
    one, other = sessions.open(person, NOW), sessions.open(person, NOW)
    sessions.close(one.token)
    sessions.close(one.token)
    assert sessions.find(one.token, NOW) is None
    assert sessions.find(other.token, NOW)


def test_ended_by_removal_also_when_the_name_comes_again(
    sessions: Sessions, person: Person, people: People
):
    opened, looked_at = sessions.open(person, NOW), sessions.open(person, NOW)
    people.remove("王五")
    assert sessions.find(looked_at.token, NOW) is None
    people.add("王五", Role.ADMIN, GOOD)
    assert sessions.find(opened.token, NOW) is None
    assert sessions.find(looked_at.token, NOW) is None


def test_ended_by_another_password_and_only_then(
    sessions: Sessions, person: Person, people: People
):
    other = people.add("赵六", Role.ADMIN, GOOD)
    opened, others = sessions.open(person, NOW), sessions.open(other, NOW)
    people.set_password("王五", "quite another one")
    assert sessions.find(opened.token, NOW) is None
    assert sessions.find(others.token, NOW)
    assert sessions.find(sessions.open(people.find("王五"), NOW).token, NOW)


def test_a_password_that_changed_while_signing_in_opens_nothing(
    sessions: Sessions, person: Person, people: People
):
    checked = people.check("王五", GOOD)
    people.set_password("王五", "quite another one")
    assert sessions.find(sessions.open(checked, NOW).token, NOW) is None


def test_ended_when_the_environment_gives_another_hash(
    database: SqliteDatabase, make_people, people
):
    def sessions_of(row: dict[str, str]) -> tuple[Sessions, People]:
        given = make_people(json.dumps([row]))
        return Sessions(database, given), given

    rows = [people.entry_for("钱七", Role.ADMIN, GOOD) for _ in range(2)]
    sessions, given = sessions_of(rows[0])
    opened = sessions.open(given.find("钱七"), NOW)
    assert sessions_of(rows[0])[0].find(opened.token, NOW)
    assert sessions_of(rows[1])[0].find(opened.token, NOW) is None


def test_a_restart_ends_nothing(
    sessions: Sessions, person: Person, make_people, database: SqliteDatabase, tmp_path
):
    opened = sessions.open(person, NOW)
    again = Sessions(SqliteDatabase(tmp_path / "records.sqlite3"), make_people())
    assert again.find(opened.token, NOW + MINUTE) == Found(person, opened.csrf)


def test_old_ones_are_pruned(sessions: Sessions, person: Person, database: SqliteDatabase):
    for minute in range(50):
        sessions.open(person, NOW + minute * MINUTE)
    assert len(kept(database)) == 30


def test_a_person_from_elsewhere_is_refused(sessions: Sessions, person: Person):
    with pytest.raises(ValueError, match="stamp"):
        sessions.open(Person("王五", Role.EDITOR), NOW)


def test_times_of_the_clock_when_none_is_given(
    database: SqliteDatabase, people: People, person: Person
):
    short = Sessions(database, people, idle_minutes=0)
    assert Sessions(database, people).find(Sessions(database, people).open(person).token)
    assert short.find(short.open(person).token) is None
