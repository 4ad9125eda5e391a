"""People: who is kept, who is let in, and what is said of a file that is damaged."""

import json
import stat
import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from assistant.staff import People, Person, Role
from assistant.staff.person import MAX_NAME, checked_name, tidy_name
from corpus.errors import OptionError, RecordsError

GOOD = "correct horse 电池"


def is_one_sentence(error: BaseException) -> bool:
    text = str(error)
    return text.endswith("。") and text.count("。") == 1 and "\n" not in text


def test_who_is_added_is_let_in(people: People, tmp_path: Path):
    added = people.add("王五", Role.ADMIN, GOOD)
    assert added == Person("王五", Role.ADMIN)
    assert people.check("王五", GOOD) == added
    assert people.check("王五", GOOD + " ") is None
    assert people.check("王 五", GOOD) is None
    assert people.check("", "") is None
    assert people.find("王五") == added
    assert people.find("赵六") is None
    assert GOOD not in (tmp_path / "staff.json").read_text("utf-8")
    assert stat.S_IMODE((tmp_path / "staff.json").stat().st_mode) == 0o600


def test_all_in_the_order_they_came(people: People):
    assert people.all() == []
    people.add("b", Role.EDITOR, GOOD)
    people.add("a", Role.ADMIN, GOOD)
    assert people.all() == [Person("b", Role.EDITOR), Person("a", Role.ADMIN)]


@pytest.mark.parametrize(
    "name",
    ["", "  ", "字" * (MAX_NAME + 1), "王\n五", "王\u200b五", "\u202e王", "㍿" * 11 + "\x00"],
)
def test_names_that_cannot_be(people: People, name: str):
    with pytest.raises(OptionError) as refused:
        people.add(name, Role.EDITOR, GOOD)
    assert is_one_sentence(refused.value)
    assert people.all() == []


@pytest.mark.parametrize("password", ["", "1234567", "x" * 100_000])
def test_passwords_that_cannot_be(people: People, password: str):
    with pytest.raises(OptionError) as refused:
        people.add("王五", Role.EDITOR, password)
    assert is_one_sentence(refused.value)
    people.add("王五", Role.EDITOR, "12345678")
    with pytest.raises(OptionError):
        people.set_password("王五", password)
    assert people.check("王五", "12345678")


def test_a_name_that_is_taken_tells_how_to_change_the_password(people: People):
    people.add("王 五", Role.EDITOR, GOOD)
    for same in ("王 五", " 王  五 ", "王\u3000五"):
        with pytest.raises(OptionError, match="ecopolicy staff password 王 五"):
            people.add(same, Role.ADMIN, GOOD)
    assert people.all() == [Person("王 五", Role.EDITOR)]


def test_full_width_letters_are_the_same_name(people: People):
    people.add("Li4", Role.EDITOR, GOOD)
    assert people.check("Ｌｉ４", GOOD) == Person("Li4", Role.EDITOR)


def test_a_password_that_is_composed_otherwise_is_the_same(people: People):
    people.add("王五", Role.EDITOR, "caf\u00e9 au lait")
    assert people.check("王五", "cafe\u0301 au lait")
    assert people.check("王五", "cafe au lait") is None
    assert people.check("王五", "\ud800 no text at all") is None


def test_another_password(people: People):
    before = people.add("王五", Role.EDITOR, GOOD)
    after = people.set_password("王五", "quite another one")
    assert people.check("王五", GOOD) is None
    assert people.check("王五", "quite another one") == before == after
    assert len({before.stamp, after.stamp, people.set_password("王五", GOOD).stamp}) == 3
    with pytest.raises(OptionError, match="staff list"):
        people.set_password("赵六", GOOD)


def test_who_is_removed_is_out_and_may_come_again(people: People):
    first = people.add("王五", Role.EDITOR, GOOD)
    assert people.remove("王五") == first
    assert people.find("王五") is None
    assert people.check("王五", GOOD) is None
    with pytest.raises(OptionError, match="staff list"):
        people.remove("王五")
    assert people.add("王五", Role.ADMIN, GOOD).stamp != first.stamp


def test_those_of_the_environment_are_let_in_and_not_changed(make_people, people: People):
    row = people.entry_for("钱七", Role.ADMIN, GOOD)
    assert people.all() == []
    both = make_people(json.dumps([row]))
    both.add("王五", Role.EDITOR, GOOD)
    assert both.all() == [Person("钱七", Role.ADMIN), Person("王五", Role.EDITOR)]
    assert both.check("钱七", GOOD) == Person("钱七", Role.ADMIN)
    assert both.check("钱七", "some other word") is None
    assert [both.is_given(name) for name in ("钱七", "王五")] == [True, False]
    for change in (
        lambda: both.add("钱七", Role.EDITOR, GOOD),
        lambda: both.set_password("钱七", GOOD),
        lambda: both.remove("钱七"),
    ):
        with pytest.raises(OptionError, match="ECOPOLICY_STAFF") as refused:
            change()
        assert is_one_sentence(refused.value)
    assert people.all() == [Person("王五", Role.EDITOR)]


def test_a_new_hash_in_the_environment_is_a_new_password(make_people, people: People):
    one, other = (people.entry_for("钱七", Role.ADMIN, GOOD) for _ in range(2))
    stamps = {make_people(json.dumps([row])).find("钱七").stamp for row in (one, one, other)}
    assert len(stamps) == 2


def test_a_name_in_both_places_is_told_until_one_is_gone(make_people, people: People):
    people.add("王五", Role.EDITOR, GOOD)
    both = make_people(json.dumps([people.entry_for("王五", Role.ADMIN, GOOD)]))
    for look in (both.all, lambda: both.check("王五", GOOD), lambda: both.find("王五")):
        with pytest.raises(OptionError, match="staff remove 王五"):
            look()
    both.remove("王五")
    assert both.all() == [Person("王五", Role.ADMIN)]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "null",
        "[1]",
        "[null]",
        '[{"name": "王五"}]',
        '[{"name": "王五", "role": "编辑", "hash": "plain"}]',
        '[{"name": 5, "role": "编辑", "hash": "plain"}]',
        '[{"name": "王五", "role": "老板", "hash": "HASH"}]',
        '[{"name": "", "role": "编辑", "hash": "HASH"}]',
        '[{"name": "a", "role": "编辑", "hash": "HASH"},'
        ' {"name": " a", "role": "管理员", "hash": "HASH"}]',
        "[" * 100_000,
        "\ufeff[]",
        "王五:secret",
    ],
)
def test_damage_is_one_sentence(make_people, tmp_path: Path, hasher: PasswordHasher, text: str):
    text = text.replace("HASH", hasher.hash("x"))
    with pytest.raises(OptionError) as told:
        make_people(text)
    assert is_one_sentence(told.value)
    (tmp_path / "staff.json").write_text(text, "utf-8")
    people = make_people()
    for use in (
        people.all,
        lambda: people.find("a"),
        lambda: people.check("a", GOOD),
        lambda: people.add("new", Role.EDITOR, GOOD),
        lambda: people.remove("a"),
    ):
        with pytest.raises(OptionError, match=r"staff\.json") as told:
            use()
        assert is_one_sentence(told.value)
    assert (tmp_path / "staff.json").read_text("utf-8") == text


def test_damaged_bytes_and_a_damaged_hash(people: People, tmp_path: Path):
    people.add("王五", Role.EDITOR, GOOD)
    file = tmp_path / "staff.json"
    rows = json.loads(file.read_text("utf-8"))
    rows.append(rows[0] | {"name": "b", "hash": "$argon2id$v=19$m=8,t=1,p=1$bad$bad"})
    file.write_text(json.dumps(rows), "utf-8")
    assert people.check("王五", GOOD)
    with pytest.raises(OptionError, match="staff password") as told:
        people.check("b", GOOD)
    assert is_one_sentence(told.value)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OptionError, match="读不懂"):
        people.all()


def test_a_folder_that_cannot_be_written(tmp_path: Path, hasher: PasswordHasher):
    (tmp_path / "file").write_text("")
    people = People(tmp_path / "file", hasher=hasher)
    with pytest.raises((OptionError, RecordsError)) as told:
        people.add("王五", Role.EDITOR, GOOD)
    assert is_one_sentence(told.value)


def test_a_hash_of_older_costs_is_renewed_and_stays_the_same_person(people: People, tmp_path: Path):
    before = people.add("王五", Role.EDITOR, GOOD)
    dearer = People(tmp_path, hasher=PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert dearer.check("王五", "some other word") is None
    assert "t=1," in (tmp_path / "staff.json").read_text("utf-8")
    after = dearer.check("王五", GOOD)
    assert "m=16,t=2," in (tmp_path / "staff.json").read_text("utf-8")
    assert dearer.check("王五", GOOD) == after
    assert after.stamp == before.stamp == dearer.find("王五").stamp


def test_a_renewal_does_not_bring_an_old_password_back(people: People, tmp_path: Path):
    people.add("王五", Role.EDITOR, GOOD)

    class Slow(PasswordHasher):
        """While it hashes anew, somebody else changes the password."""

        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            people.set_password("王五", "changed meanwhile")
            return super().hash(password, salt=salt)

    assert People(tmp_path, hasher=Slow(2, 16, 1)).check("王五", GOOD)
    assert people.check("王五", GOOD) is None
    assert people.check("王五", "changed meanwhile")


def test_a_name_that_nobody_has_takes_as_long(tmp_path: Path):
    people = People(tmp_path, hasher=PasswordHasher(time_cost=3, memory_cost=8192, parallelism=1))
    people.add("王五", Role.EDITOR, GOOD)

    def fastest(name: str) -> float:
        times = []
        for _ in range(5):
            started = time.perf_counter()
            assert people.check(name, "some other word") is None
            times.append(time.perf_counter() - started)
        return min(times)

    known, unknown = fastest("王五"), fastest("赵六")
    assert 0.25 < unknown / known < 4


@given(st.text(max_size=300))
def test_any_text_is_a_name_or_refused(text: str):
    try:
        name = checked_name(text)
    except OptionError:
        return
    assert 0 < len(name) <= MAX_NAME
    assert checked_name(name) == name == tidy_name(f"  {name} ")
