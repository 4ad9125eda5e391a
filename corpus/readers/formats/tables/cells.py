"""What the text of a cell is: a value, a period, nothing, a label."""

import unicodedata

from corpus.language import Cue, load_cues
from corpus.readers.formats.blocks import tidy


def sign(name: str, text: str) -> bool:
    """Whether the text has the sign of this name (a row of ``signs.toml``)."""
    return _cue(name).found_in(text)


def match_of(name: str, text: str) -> dict[str, str]:
    """The named groups of the sign in the text; empty where the text does not have it."""
    match = _cue(name).pattern.search(text)
    return {k: (v or "").strip() for k, v in match.groupdict().items()} if match else {}


def cell(text: str) -> str:
    """A cell's lines as one line: a break between Chinese characters is none."""
    if text.isalnum():
        return text
    joined = ""
    for line in (tidy(line) for line in text.split("\n")):
        if not line:
            continue
        gap = "" if not joined or _is_wide(joined[-1]) or _is_wide(line[0]) else " "
        joined += gap + line
    return joined.replace("\u3000", " ")


def title(text: str) -> str:
    """A caption to the letter, but for its blanks: one stands behind its number."""
    found = match_of("caption", text)
    parts = (found["number"], found["rest"]) if found else (text,)
    return " ".join(part for part in map(tidy, parts) if part)


def unit_of(line: str) -> str:
    """The unit of 「单位：mg/L」 or 「…（单位：dB(A)）」; empty where a line tells none."""
    unit = match_of("unit_line", line).get("unit", "")
    # The bracket that closes the line may be one of the unit's own.
    missing = {"（": "）", "(": ")"}
    return unit + "".join(
        close for opened, close in missing.items() if unit.count(opened) > unit.count(close)
    )


def title_and_unit(line: str) -> tuple[str, str]:
    """The caption and the unit on one line: 「表1 限值 单位：mg/L」; either may be empty.

    A unit in brackets stays in the caption as well.
    """
    found = _cue("unit_line").pattern.search(line)
    if not found:
        return title(line), ""
    before = line[: found.start()].strip()
    is_kept = bool(before) and found[0].lstrip().startswith(("（", "("))
    return title(line if is_kept else before), unit_of(line)


def is_value(text: str) -> bool:
    """A number, a range or a bound, and no year."""
    return sign("value", text) and not sign("period", text)


def is_number(text: str) -> bool:
    """A number that says nothing without the name of its column."""
    return text.isdigit()


def is_paragraph(text: str) -> bool:
    """A cell that holds running text rather than a name or a value."""
    lines = [line for line in text.split("\n") if line.strip()]
    return (len(lines) > 2 and len(text) > 60) or (len(text) > 120 and text.count("。") > 1)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _cue(name: str) -> Cue:
    return load_cues("corpus.readers.formats.tables", "signs.toml")[name]
