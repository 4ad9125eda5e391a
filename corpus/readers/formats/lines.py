"""Lines broken at a margin → paragraphs, by where the lines begin and end.

Two things end a paragraph: the line is shorter than the margin allows, or the next one is set in
(首行缩进), stands apart or is larger. Where a text sets no first line in, a full line that ends a
sentence ends its paragraph as well, unless paragraphs stand apart from each other. All measures
are in ems, the width of a Chinese character.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Nobody breaks lines shorter than this; a list of short lines is a list.
_MIN_WIDTH = 16.0
#: A full line may end this much before the margin (punctuation and numbers are not broken); one in
#: the middle of a sentence may be 15 % short, or 40 % where the layout says that it goes on.
_RAGGED = 2.5
_INDENT = 0.8
_SENTENCE_END = re.compile(r"[。：！？!?:][”’」』）)]*$")
_CLAUSE_END = re.compile(r"[；;]$")
_ITEM = re.compile(r"^(?:[（(][\d一二三四五六七八九十]+[）)]|\d+[.．、])")
#: Nothing of this sort goes on in the middle of a line: 「第三条 …」, 「第一章 …」.
_NUMBERED = re.compile(
    r"^第\s?[\d零〇一二三四五六七八九十百千]+\s?(?:分?[编編]|[章节節条條])(?:\s|$)"
)
_LEADER = re.compile(r"[.…·．]{3,}\s*[-—]?\s*\d+\s*[-—]?$")
_TAIL_WORD = re.compile(r"[A-Za-z0-9]$")
_HEAD_WORD = re.compile(r"^[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is set.

    ``apart`` tells whether there is more space above it than between lines; None at a page's top.
    ``page`` counts from 1, where the format has pages; ``is_recognized`` tells that it was read
    off a picture.
    """

    text: str
    left: float
    right: float
    apart: bool | None = False
    size: float = 1.0
    page: int | None = None
    is_recognized: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """The margins of a text, and how its paragraphs are told apart.

    ``right`` is None where the lines are not broken at a margin.
    """

    left: float
    right: float | None
    indents: bool
    gaps: bool
    size: float = 1.0


def text_line(raw: str, apart: bool = False) -> Line:
    """A line of plain text: measured in columns, two of them an em."""
    text = raw.strip()
    left = _width(raw[: len(raw) - len(raw.lstrip())])
    return Line(text, left, left + _width(text), apart)


def _width(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(c) in "WFA" for c in text)
    return wide + (len(text) - wide) / 2 + 1.5 * text.count("\t")


def measure(lines: Sequence[Line], is_set: bool = False, narrowest: float = _MIN_WIDTH) -> Layout:
    """Find the margins; ``is_set`` for lines known to be broken (a PDF always breaks them).

    ``narrowest`` is the width in ems below which short lines are a list.
    """
    if not lines:
        return Layout(0.0, None, False, False)
    left = Counter(round(line.left * 2) / 2 for line in lines).most_common(1)[0][0]
    lefts = sorted(line.left for line in lines)
    if is_set or left > lefts[0]:
        left = _left_margin(lines, left)
    rights = sorted(line.right for line in lines)
    right = rights[int((len(rights) - 1) * 0.97)]
    share = sum(abs(line.right - right) <= _RAGGED for line in lines) / len(lines)
    is_broken = right - left >= narrowest and (is_set or share >= 0.15)
    indented = sum(_INDENT < line.left - left <= 4 for line in lines)
    size = Counter(round(line.size, 1) for line in lines).most_common(1)[0][0]
    enough = max(2, len(lines) // 10)
    gaps = sum(bool(line.apart) for line in lines) >= enough
    return Layout(left, right if is_broken else None, indented >= enough, gaps, size)


def _left_margin(lines: Sequence[Line], usual: float) -> float:
    """The margin is the leftmost edge that a twentieth of the lines share."""
    edges = Counter(round(line.left * 2) / 2 for line in lines)
    shared = [edge for edge, count in edges.items() if count >= max(2, len(lines) / 20)]
    return min([usual, *shared])


def join_lines(lines: Sequence[Line], layout: Layout) -> Iterator[tuple[str, float]]:
    """The paragraphs, each with the size of its letters."""
    for text, joined in join_placed(lines, layout):
        yield text, joined[-1].size


def join_placed(lines: Sequence[Line], layout: Layout) -> Iterator[tuple[str, list[Line]]]:
    """The paragraphs, each with the lines that it is made of."""
    text, joined = "", list[Line]()
    for line in lines:
        if joined and _continues(joined[-1], line, layout):
            text = glue(text, line.text)
            joined.append(line)
        else:
            if joined:
                yield text, joined
            text, joined = line.text, [line]
    if joined:
        yield text, joined


def _continues(previous: Line, line: Line, layout: Layout) -> bool:
    if layout.right is None or line.apart or abs(line.size - previous.size) > 0.1 * layout.size:
        return False
    if _has_leader(previous.text) or _has_leader(line.text) or _NUMBERED.match(line.text):
        return False
    if _is_title(previous, layout) and _is_title(line, layout):
        return True
    is_sentence = bool(_SENTENCE_END.search(previous.text))
    is_clause = bool(_CLAUSE_END.search(previous.text))
    is_flush = line.left - layout.left <= _INDENT
    is_told = is_flush and (layout.indents or (layout.gaps and line.apart is not None))
    is_open = is_flush and not (is_sentence or is_clause)
    share = (0.4 if is_told else 0.15) if is_open else 0.0
    ragged = max(_RAGGED, share * (layout.right - layout.left))
    if layout.right - previous.right > ragged:
        return False
    if is_flush:
        return is_told or not (is_sentence or (is_clause and _ITEM.match(line.text)))
    is_inset = abs(line.left - previous.left) < _INDENT / 2
    return not (is_sentence or is_clause) and (is_inset or not layout.indents)


def _has_leader(text: str) -> bool:
    """A line of a table of contents: 「第一章 总则……1」."""
    return bool(_LEADER.search(text[-60:]))


def _is_title(line: Line, layout: Layout) -> bool:
    """Larger than the text and set in the middle."""
    if layout.right is None or line.size < 1.15 * layout.size:
        return False
    return abs((line.left - layout.left) - (layout.right - line.right)) < 3


def glue(text: str, following: str) -> str:
    """A Latin word is parted from the next by a space; a number broken in two is one."""
    is_word = bool(_TAIL_WORD.search(text) and _HEAD_WORD.search(following))
    is_number = text[-1:].isdigit() and following[:1].isdigit()
    return text + (" " if is_word and not is_number else "") + following
