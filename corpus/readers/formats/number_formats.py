"""Numbers as a spreadsheet shows them: digits, thousands and per cent by the format of the cell."""

import math
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

#: What a format shows as it stands: 「"元"」, 「\ 」.
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_ASIDE = re.compile(r"\[[^\]]*\]|_.|\*.")
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[0?#]+)?")
_PLACE = "\x00{}\x00"


def shown(number: float, number_format: str) -> str:
    """A number in a format such as 「0.00」 or 「0.0%」; a format not known is left out."""
    sections = number_format.split(";")
    section = sections[1] if number < 0 and len(sections) > 1 and sections[1] else sections[0]
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] if match[1] is not None else match[2])
        return _PLACE.format(chr(ord("a") + len(literals) - 1))

    pattern = _ASIDE.sub("", _QUOTED.sub(keep, section))
    digits = _DIGITS.search(pattern)
    if digits is None or "E" in pattern or "/" in pattern or len(literals) > 20:
        return _plain(number)
    if number < 0 and section is not sections[0]:
        number = -number
    try:
        text = _formed(number, digits[0], "%" in pattern)
    except InvalidOperation:  # more digits than a cell can show
        return _plain(number)
    before, after = pattern[: digits.start()], pattern[digits.end() :]
    for index, literal in enumerate(literals):
        place = _PLACE.format(chr(ord("a") + index))
        before, after = before.replace(place, literal), after.replace(place, literal)
    return f"{before}{text}{after}".strip()


def _formed(number: float, digits: str, is_share: bool) -> str:
    whole, _, places = digits.partition(".")
    value = Decimal(repr(number)) * (100 if is_share else 1)
    fixed, free = places.count("0"), len(places)
    rounded = value.quantize(Decimal(1).scaleb(-free), ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole.rstrip(",") else f"{rounded:f}"
    if free > fixed:
        head, _, tail = text.partition(".")
        kept = tail[:fixed] + tail[fixed:].rstrip("0")
        text = f"{head}.{kept}" if kept else head
    return text


def _plain(number: float) -> str:
    """As 「General」 shows it: 38, not 38.0; at most eleven digits."""
    if not math.isfinite(number):
        return str(number)
    if isinstance(number, int) or (number == int(number) and abs(number) < 1e15):
        return str(int(number))
    return f"{number:.11g}" if 1e-9 <= abs(number) < 1e11 else repr(number)
