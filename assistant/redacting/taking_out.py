"""What is personal is taken out of a text, before it is kept.

Numbers, plates, accounts and addresses are told by their forms (``numbers.toml``,
``addresses.toml``), names by surnames and the words around them (``names.toml``). In doubt it is
taken out; what a question needs stays: articles, amounts, days, limits, standards, hotlines.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from assistant.redacting.addresses import TAKEN, take_addresses
from assistant.redacting.naming import find_names
from assistant.redacting.signs import Span
from corpus.language import fold_in_place, load_cues, strip_control

_NAME, _ADDRESS = "姓名", "地址"
_MARK = "〔{}〕"


def redact(text: str) -> str:
    """The text with 〔姓名〕, 〔电话〕, 〔地址〕 … in the place of what tells who somebody is."""
    text = strip_control(text)
    folded, places = fold_in_place(text)
    kinds = [""] * len(folded)
    for label, start, end in _numbers(folded):
        kinds[start:end] = [label] * (end - start)
    left = _without(folded, kinds)
    left, kinds = _mark(left, take_addresses(left), kinds)
    for start, end in find_names(_as_written(text, places, left), left):
        kinds[start:end] = [kind or _NAME for kind in kinds[start:end]]
    return _told(text, kinds, places)


def _numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Label, start and end of what has a form of its own; the first row that fits has it."""
    for cue in load_cues("assistant.redacting", "numbers.toml").values():
        spans = [span for match in cue.pattern.finditer(text) for span in _held(match)]
        for start, end in spans:
            yield cue.label, start, end
            text = text[:start] + TAKEN * (end - start) + text[end:]


def _held(match: re.Match[str]) -> list[Span]:
    """Where the groups are that took part, or the whole where there are none."""
    groups = [match.span(i) for i in range(1, match.re.groups + 1) if match[i] is not None]
    return groups or [match.span()]


def _without(text: str, kinds: list[str]) -> str:
    return "".join(TAKEN if kind else c for c, kind in zip(text, kinds, strict=True))


def _mark(before: str, after: str, kinds: list[str]) -> tuple[str, list[str]]:
    """The text after addresses were taken out, and the kinds with them."""
    pairs = zip(before, after, kinds, strict=True)
    return after, [kind or (_ADDRESS if old != new else "") for old, new, kind in pairs]


def _as_written(text: str, places: list[int], folded: str) -> str:
    """The folded text with the capitals of what was written, where nothing was taken out."""
    return "".join(
        written if written.lower() == c else c
        for c, written in zip(folded, (text[p] for p in places[:-1]), strict=True)
    )


def _told(text: str, kinds: list[str], places: list[int]) -> str:
    """The text as written with a mark for each stretch of one kind."""
    told, place = "", 0
    for kind, run in groupby(range(len(kinds)), key=lambda i: kinds[i]):
        where = list(run)
        end = places[where[-1] + 1]
        told += _MARK.format(kind) if kind else text[place:end]
        place = max(place, end)
    return told
