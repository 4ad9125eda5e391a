"""A text's rank among the sources of law, and whose it is: told by its title and its issuer.

立法法: 宪法, 法律, 行政法规, 地方性法规 beside 部门规章, 地方政府规章; below them stands
whatever else an authority issued. What an issuer and a title say is a claim: it is no proof that
the text is what it says.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from typing import Any

from corpus.language import title_form, title_forms

_LIST = re.compile(r"[、，,;；/\s]+")


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank by its name; ``height`` is the greater the higher it stands."""

    name: str
    height: int


def rank_of(title: str, issuer: str) -> Rank:
    """The rank of a text of this issuer; the lowest one where no issuer is told."""
    issuers = issuers_of(issuer)
    return min((_rank_by(title, one) for one in issuers), key=lambda r: r.height, default=_lowest())


def rank_of_title(title: str) -> Rank:
    """The highest rank that a text of this title can have, whoever issued it."""
    rules = _rules()
    for row in rules.by_title:
        if row["has_place"] is bool(place_of(title)) and _fits(row["title"], title):
            return rules.ranks[row["rank"]]
    return rules.ranks["规范性文件"]


def is_rule(title: str) -> bool:
    """Whether a title is that of a law, regulation or rule: 某条例, 某办法, no 某问答汇编."""
    return rank_of_title(title).height > _rules().ranks["规范性文件"].height


def place_of(name: str) -> str:
    """The place at the head of a title or of an issuer's name, empty for the whole country."""
    form, rules = title_form(name), _rules()
    if any(never.search(form) for never in rules.never):
        return ""
    match = rules.place.search(form)
    return match[0] if match else ""


def issuers_of(issuer: str) -> frozenset[str]:
    """The names of the issuers, each in one form; empty where none is told."""
    return frozenset(filter(None, map(_name, _LIST.split(issuer))))


def is_of_same_issuer(later: str, earlier: str) -> bool:
    """Whether each issuer of the earlier text is one of the later, or what such a one was called
    before; what is not told of the earlier text is none of another's."""
    own = issuers_of(later)
    return issuers_of(earlier) <= own | {before for name in own for before in _before(name)}


@dataclass(frozen=True)
class _Rules:
    data: dict[str, Any]

    @cached_property
    def ranks(self) -> dict[str, Rank]:
        order = self.data["order"]
        return {n: Rank(n, len(order) - i) for i, names in enumerate(order) for n in names}

    @cached_property
    def place(self) -> re.Pattern[str]:
        return re.compile(self.data["place"]["pattern"])

    @cached_property
    def never(self) -> list[re.Pattern[str]]:
        return list(map(re.compile, self.data["place"]["never"]))

    @property
    def by_issuer(self) -> list[dict[str, str]]:
        return list(self.data["by_issuer"])

    @property
    def by_title(self) -> list[dict[str, Any]]:
        return list(self.data["by_title"])


@cache
def _rules() -> _Rules:
    text = (resources.files("corpus.statutes") / "rank.toml").read_text("utf-8")
    return _Rules(tomllib.loads(text))


def _lowest() -> Rank:
    return _rules().ranks["其他文件"]


def _rank_by(title: str, issuer: str) -> Rank:
    rules = _rules()
    for row in rules.by_issuer:
        if re.search(row["issuer"], issuer) and _fits(row["title"], title):
            return rules.ranks[row["rank"]]
    return rules.ranks["规范性文件"]


def _fits(pattern: str, title: str) -> bool:
    return any(re.search(pattern, form) for form in title_forms(title))


def _name(issuer: str) -> str:
    name = title_form(issuer)
    for short, full in _rules().data["short"].items():
        if name.endswith(short):
            name = name.removesuffix(short) + full
    return name


def _before(name: str) -> list[str]:
    renamed = _rules().data["before"]
    return [
        name.removesuffix(now) + before
        for now, olds in renamed.items()
        if name.endswith(now)
        for before in olds
    ]
