"""Numbers that Word counts by itself: 「第一条」 may stand nowhere in the text of a paragraph."""

import re
from collections import defaultdict
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from corpus.numerals import to_chinese

_PLACE = re.compile(r"%([1-9])")
_CHINESE = re.compile(r"chinese|taiwanese|japanese|ideograph", re.IGNORECASE)


class Numbering:
    """The lists of one document; ``label`` must be asked for its paragraphs in order."""

    def __init__(self, document: WordDocument) -> None:
        self._levels = _read_levels(document)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Paragraph) -> str:
        """The number in front of the paragraph (「第三条」), or "" where it has none."""
        place = _place(paragraph)
        if place is None or place not in self._levels:
            return ""
        list_id, level = place
        counts = self._counts[list_id]
        counts[level] = counts.get(level, self._levels[place].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return _PLACE.sub(lambda m: self._number(list_id, int(m[1]) - 1), self._levels[place].text)

    def _number(self, list_id: str, level: int) -> str:
        definition = self._levels.get((list_id, level))
        if definition is None:
            return ""
        number = self._counts[list_id].get(level, definition.start)
        is_chinese = _CHINESE.search(definition.format) and 0 < number < 10_000
        return to_chinese(number) if is_chinese else str(number)
