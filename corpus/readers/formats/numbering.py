"""Numbers that Word counts by itself: 「第一条」 may stand nowhere in the text of a paragraph."""

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from corpus.language import to_chinese

_PLACE = re.compile(r"%([1-9])")
#: Numbers have fewer digits.
_LONGEST = 6
_CHINESE = re.compile(r"chinese|taiwanese|japanese|ideograph", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Level:
    text: str
    format: str
    start: int
    restarts: bool


class Numbering:
    """The lists of one document; ``label`` is to be asked for its paragraphs in order."""

    def __init__(self, document: WordDocument) -> None:
        parts = (rel for rel in document.part.rels.values() if not rel.is_external)
        root = next(
            (r.target_part for r in parts if r.reltype == RELATIONSHIP_TYPE.NUMBERING), None
        )
        element = getattr(root, "element", None)
        self._lists = {} if element is None else _read_lists(element)
        self._levels = {} if element is None else _read_levels(element)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Paragraph) -> str:
        """The number in front of the paragraph (「第三条」), or "" where it has none."""
        number_id, level = _place(paragraph)
        list_id = self._lists.get(number_id, "")
        definition = self._levels.get((list_id, level))
        if definition is None or definition.format in ("bullet", "none"):
            return ""
        counts = self._counts[list_id]
        counts[level] = counts.get(level, definition.start - 1) + 1
        for deeper in [n for n in counts if n > level and self._levels[list_id, n].restarts]:
            del counts[deeper]
        return _PLACE.sub(lambda m: self._number(list_id, int(m[1]) - 1), definition.text)

    def _number(self, list_id: str, level: int) -> str:
        definition = self._levels.get((list_id, level))
        if definition is None:
            return ""
        number = self._counts[list_id].get(level, definition.start)
        is_chinese = _CHINESE.search(definition.format) and 0 < number < 10_000
        return to_chinese(number) if is_chinese else str(number)


def number_of(text: str | None, otherwise: int) -> int:
    """The number in an attribute; another where it has none that Word would write."""
    return int(text) if text and len(text) < _LONGEST and text.isdecimal() else otherwise


def _read_lists(root: Any) -> dict[str, str]:
    """The id that a paragraph names → the list whose counter it shares."""
    return {
        number.get(qn("w:numId")): _value(number, "w:abstractNumId")
        for number in root.findall(qn("w:num"))
    }


def _read_levels(root: Any) -> dict[tuple[str, int], _Level]:
    return {
        (abstract.get(qn("w:abstractNumId")), number_of(level.get(qn("w:ilvl")), 0)): _Level(
            text=_value(level, "w:lvlText"),
            format=_value(level, "w:numFmt") or "decimal",
            start=number_of(_value(level, "w:start"), 1),
            restarts=_value(level, "w:lvlRestart") != "0",
        )
        for abstract in root.findall(qn("w:abstractNum"))
        for level in abstract.findall(qn("w:lvl"))
    }


def _value(element: Any, name: str) -> str:
    child = element.find(qn(name))
    return "" if child is None else child.get(qn("w:val")) or ""


def _place(paragraph: Paragraph) -> tuple[str, int]:
    """List and level, from the paragraph or its style; list "0" and "" are none."""
    style = paragraph.style
    elements = [paragraph._p]
    while style is not None and len(elements) < 10:
        elements.append(style.element)
        style = getattr(style, "base_style", None)
    number_id, level = "", ""
    for element in elements:
        properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is not None:
            number_id = number_id or _value(properties, "w:numId")
            level = level or _value(properties, "w:ilvl")
    return number_id, number_of(level, 0)
