"""Who is staff: added, changed and removed by commands, or given in the environment."""

import secrets
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from assistant.staff.person import (
    Person,
    Role,
    checked_name,
    checked_password,
    password_bytes,
    tidy_name,
)
from assistant.staff.roster import Entry, Roster, given_row, read_given
from corpus.errors import OptionError

_STAMP_BYTES = 8


class People:
    """The staff in ``data_dir`` and those whom the environment variable ECOPOLICY_STAFF gives.

    ``given`` is the text of that variable: a JSON list of ``{name, role, hash}``; OptionError where
    it is none. No command changes those. Everything is read anew each time.
    """

    def __init__(
        self, data_dir: Path, given: str = "", hasher: PasswordHasher | None = None
    ) -> None:
        self._roster = Roster(data_dir)
        self._given = {entry.person.name: entry for entry in read_given(given)}
        self._hasher = hasher or PasswordHasher()
        self._nobody = _unknown_hash(self._hasher)

    def add(self, name: str, role: Role, password: str) -> Person:
        """A new person; OptionError for a name or a password that cannot be, or a name taken."""
        name = checked_name(name)
        hashed = self._hash(password)
        entry = Entry(Person(name, role, _new_stamp()), hashed)
        with self._roster.changing() as entries:
            self._check_free(entries, name)
            entries.append(entry)
        return entry.person

    def set_password(self, name: str, password: str) -> Person:
        """Another password: sessions of the old one end. OptionError where nobody is called so."""
        name = tidy_name(name)
        hashed = self._hash(password)
        with self._roster.changing() as entries:
            place = self._place(entries, name)
            person = replace(entries[place].person, stamp=_new_stamp())
            entries[place] = Entry(person, hashed)
        return person

    def remove(self, name: str) -> Person:
        """Nobody's any more, sessions included; OptionError where nobody is called so."""
        name = tidy_name(name)
        with self._roster.changing() as entries:
            return entries.pop(self._place(entries, name)).person

    def all(self) -> list[Person]:
        """Those of the environment, then those of the file, oldest first.

        OptionError where the file is damaged or a name stands in both.
        """
        return [entry.person for entry in self._entries().values()]

    def find(self, name: str) -> Person | None:
        """Who is called so; OptionError as for ``all``."""
        entry = self._entries().get(tidy_name(name))
        return entry.person if entry else None

    def check_free(self, name: str) -> None:
        """OptionError where ``add`` would refuse the name, before a password is asked for."""
        self._check_free(self._roster.load(), checked_name(name))

    def check_changeable(self, name: str) -> None:
        """OptionError where ``set_password`` would refuse the name."""
        self._place(self._roster.load(), tidy_name(name))

    def is_given(self, name: str) -> bool:
        """Whether the environment gives this person."""
        return tidy_name(name) in self._given

    def check(self, name: str, password: str) -> Person | None:
        """Who it is, None where the name or the password is wrong; OptionError as for ``all``.

        It takes as long for a name that nobody has. About 0.2 s and 64 MiB, see ``Throttle``.
        """
        secret = password_bytes(password)
        entry = self._entries().get(tidy_name(name))
        try:
            self._hasher.verify(entry.hashed if entry else self._nobody, secret)
        except VerifyMismatchError:
            return None
        except (VerificationError, InvalidHashError) as error:
            raise OptionError(
                f"“{tidy_name(name)}”的口令散列值坏了，请用 ecopolicy staff password 重设，"
                "环境变量里给的请用 ecopolicy staff hash 重新生成。"
            ) from error
        if entry is None:
            return None
        self._renew(entry, secret)
        return entry.person

    def entry_for(self, name: str, role: Role, password: str) -> dict[str, str]:
        """A row for ECOPOLICY_STAFF, kept nowhere; OptionError as for ``add``."""
        return given_row(checked_name(name), role, self._hash(password))

    def _entries(self) -> dict[str, Entry]:
        entries = dict(self._given)
        for entry in self._roster.load():
            name = entry.person.name
            if name in entries:
                raise OptionError(
                    f"“{name}”在环境变量 ECOPOLICY_STAFF 和人员文件里都有，"
                    f"请从环境变量里去掉，或用 ecopolicy staff remove {name} 从文件里移除。"
                )
            entries[name] = entry
        return entries

    def _place(self, entries: list[Entry], name: str) -> int:
        """Where a person stands in the file; OptionError where nobody does."""
        for place, entry in enumerate(entries):
            if entry.person.name == name:
                return place
        self._check_not_given(name)
        raise OptionError(f"没有叫“{name}”的人，请用 ecopolicy staff list 查看。")

    def _check_free(self, entries: list[Entry], name: str) -> None:
        self._check_not_given(name)
        if any(entry.person.name == name for entry in entries):
            raise OptionError(f"已有叫“{name}”的人，要换口令请用 ecopolicy staff password {name}。")

    def _check_not_given(self, name: str) -> None:
        if name in self._given:
            raise OptionError(f"“{name}”由环境变量 ECOPOLICY_STAFF 给出，请在那里改。")

    def _hash(self, password: str) -> str:
        return self._hasher.hash(password_bytes(checked_password(password)))

    def _renew(self, entry: Entry, secret: bytes) -> None:
        """Hash a password again that was hashed in an older way; sessions go on."""
        if self.is_given(entry.person.name) or not self._hasher.check_needs_rehash(entry.hashed):
            return
        renewed = Entry(entry.person, self._hasher.hash(secret))
        with self._roster.changing() as entries:
            # Somebody may have changed or removed it meanwhile.
            if entry in entries:
                entries[entries.index(entry)] = renewed


def _new_stamp() -> str:
    return secrets.token_hex(_STAMP_BYTES)


def _unknown_hash(hasher: PasswordHasher) -> str:
    """A hash of nothing anybody knows, as dear to check as those that ``hasher`` makes."""
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, hashed = (
        b64encode(secrets.token_bytes(size)).decode().rstrip("=")
        for size in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19${costs}${salt}${hashed}"
