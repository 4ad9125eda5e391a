"""What of a text says something: Chinese characters, Latin words, numbers."""

import re

from corpus.language.text import fold

_LATIN = re.compile(r"[a-z]+")


def is_han(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u3400" <= character <= "\u9fff"


def says_something(character: str) -> bool:
    """Whether it is a Chinese character, a Latin letter or a digit."""
    return is_han(character) or (character.isascii() and character.isalnum())


def count_words(text: str) -> int:
    """How many characters of a text say something."""
    return sum(map(says_something, text))


def latin_words(text: str) -> set[str]:
    """The Latin words of a folded text."""
    return set(_LATIN.findall(text))


def squeeze(text: str) -> str:
    """The form in which quotes and numbers are compared: folded, without white space."""
    return "".join(fold(text).split())
