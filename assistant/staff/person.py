"""A person who may work at the desk; what a name and a password must be like."""

import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from corpus.errors import OptionError

#: Characters of a name.
MAX_NAME = 40
MIN_PASSWORD = 8
#: Far above any password; nobody has megabytes hashed.
MAX_PASSWORD = 1000
#: Characters of a name before it is tidied.
_MAX_TYPED = 4 * MAX_NAME
#: Line and paragraph separators, which the Unicode categories C… leave out.
_SEPARATORS = ("Zl", "Zp")


class Role(StrEnum):
    """What a person may do at the desk."""

    EDITOR = "编辑"
    ADMIN = "管理员"


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff. ``stamp`` is another one after each change of the password, so that what
    was opened with the old one can be told; it is no secret and no part of who the person is."""

    name: str
    role: Role
    stamp: str = field(default="", compare=False, repr=False)


def tidy_name(name: str) -> str:
    """The name as it is compared: full-width letters as plain ones, single spaces; never longer
    than one character above what ``MAX_NAME`` allows, however long the text is."""
    return " ".join(unicodedata.normalize("NFKC", name[:_MAX_TYPED]).split())[: MAX_NAME + 1]


def checked_name(name: str) -> str:
    """The tidy name; OptionError where it cannot be one."""
    if any(_is_control(character) for character in name):
        raise OptionError("姓名里有看不见的控制字符，请重新输入姓名。")
    tidy = tidy_name(name)
    if not 0 < len(tidy) <= MAX_NAME or len(name) > _MAX_TYPED:
        raise OptionError(f"姓名要有 1 到 {MAX_NAME} 个字，请换一个。")
    return tidy


def checked_password(password: str) -> str:
    """The password as it is given; OptionError where it is too short or far too long."""
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        raise OptionError(f"口令要有 {MIN_PASSWORD} 到 {MAX_PASSWORD} 个字符，请换一个。")
    return password


def password_bytes(password: str) -> bytes:
    """What is hashed: the same bytes however the keyboard composes an accent."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _is_control(character: str) -> bool:
    category = unicodedata.category(character)
    return category.startswith("C") or category in _SEPARATORS
