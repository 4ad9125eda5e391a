"""Titles brought to one form, so that the same title is known however it is written."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from corpus.language.text import fold_width, simplify

#: A remark in brackets at the end of a title, once they are ordinary ones.
_REMARK = re.compile(r"[(\[{〔【〈《「『]([^()\[\]{}]*)[)\]}〕】〉》」』]\W*$")


@dataclass(frozen=True, slots=True)
class _Writing:
    prefix: tuple[str, ...]
    version: re.Pattern[str]
    blank: frozenset[str]
    radicals: dict[int, str]
    variants: dict[int, str]


@cache
def _writing() -> _Writing:
    data = tomllib.loads((resources.files("corpus.language") / "titles.toml").read_text("utf-8"))
    return _Writing(
        tuple(data["prefix"]),
        re.compile(data["version"]),
        frozenset(data["blank"]),
        _pairs(data["radicals"]),
        _pairs(data["variants"]),
    )


def _pairs(text: str) -> dict[int, str]:
    return {ord(before): after for before, after in zip(text[::2], text[1::2], strict=True)}


def title_form(title: str) -> str:
    """The title without whatever only its writing has: the form in which titles are compared.

    Compatibility characters, radicals, width, traditional characters and case are folded; brackets,
    spaces, punctuation and invisible characters go, and so does the country's name at the head.
    Empty for a title that is nothing else.
    """
    return _form(title)


def title_forms(title: str) -> frozenset[str]:
    """The title's form, and the one without its version: of 某法（2026年修订） also that of 某法.

    For comparing with known titles; of a user's own texts 某办法 and 某办法（试行） are two.
    """
    return _forms(title)


@cache
def _form(title: str) -> str:
    writing = _writing()
    folded = fold_width(fold_width(title).translate(writing.radicals))
    kept = "".join(c for c in folded if c.isalnum() and c not in writing.blank)
    form = simplify(kept).translate(writing.variants).lower()
    for prefix in writing.prefix:
        while form.startswith(prefix) and form != prefix:
            form = form.removeprefix(prefix)
    return form


@cache
def _forms(title: str) -> frozenset[str]:
    found, version = {_form(title)}, _writing().version
    # In brackets behind the title, one or several, and bare at its end.
    rest = fold_width(title)
    while remark := _REMARK.search(rest):
        if not version.fullmatch(_form(remark[1])):
            break
        rest = rest[: remark.start()]
        found.add(_form(rest))
    whole = min(found, key=len)
    ends = re.compile(rf"(?<=[^0-9〇零一二三四五六七八九十])(?:{version.pattern})$")
    found |= {whole[: match.start()] for match in ends.finditer(whole)}
    return frozenset(found - {""})
