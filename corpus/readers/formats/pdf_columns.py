"""In which order a page is read: full width, or column by column.

A gutter is a vertical stripe without text in the middle part of a page. What crosses it (a title, a
wide table) parts the columns above from those below. A stripe is one also in a table without rules:
its cells seldom fill their column, or begin on both sides at the same heights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

#: A gutter lies in the middle of what is printed, and is so many ems wide; a wider one makes doubt.
_MIDDLE = (0.2, 0.8)
_GUTTER_WIDTH = 0.7
_WIDE_GUTTER = 5.0
#: More of the lines do not cross it; so many where the page before had the same.
_MAX_CROSSED = 0.5
_MAX_STRAY = 0.1
#: Columns are so many ems wide, the narrow one at least so much of the wide one, and hold so many
#: lines and so much of the page's.
MIN_COLUMN = 8.0
_BALANCE = 0.45
_MIN_ROWS = 3
_MIN_SHARE = 0.35
#: In a column of text so many lines reach so far to the right.
_FULL_LINE = 0.85
_FULL_SHARE = 0.3
#: From line to line, in pitches, where a new cell begins, and where a page's text does.
_CELL_GAP, _EDGE_GAP = 1.2, 1.6
#: Rows on both sides of a stripe that make the reader doubt.
_DOUBTFUL_ROWS = 5
_SAME_ROW = 3.0
_DEPTH = 2
_WIDEST = 14_400  # points: no page is wider


@dataclass(frozen=True, slots=True)
class Box:
    """Where a word or a table stands, in points from the top left; ``index`` is the caller's."""

    left: float
    right: float
    top: float
    bottom: float
    index: int
    is_table: bool = False

    @property
    def middle(self) -> float:
        """Half-way between top and bottom."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Region:
    """Boxes that are read from top to bottom before the next region is.

    ``column`` is the left edge of the column that they stand in, None for the full width.
    """

    boxes: tuple[Box, ...]
    column: float | None


@dataclass(frozen=True, slots=True)
class Gutter:
    """A stripe between two columns, from ``left`` to ``right`` in points."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Half-way between the columns."""
        return (self.left + self.right) / 2

    def is_crossed_by(self, box: Box) -> bool:
        """Whether a box stands on both sides."""
        return box.left < self.middle < box.right


@dataclass(frozen=True, slots=True)
class Order:
    """The regions of a page in reading order, whether that is sure, and the gutter found."""

    regions: tuple[Region, ...]
    is_sure: bool = True
    gutter: Gutter | None = None


def read_order(boxes: Sequence[Box], before: Gutter | None = None) -> Order:
    """How a page is read; ``before`` is the gutter of the page before, which may go on."""
    return _split(boxes, _DEPTH, before) if boxes else Order(())


def _split(boxes: Sequence[Box], depth: int, before: Gutter | None = None) -> Order:
    words = [box for box in boxes if not box.is_table]
    gutter = _find_gutter(words) if depth else None
    verdict = _judge(words, gutter) if gutter else None
    if verdict is not True and before and _goes_on(words, before):
        gutter, verdict = before, True
    if gutter is None or verdict is not True:
        return Order((_region(boxes, depth < _DEPTH),), verdict is None)
    regions: list[Region] = []
    is_sure = True
    for part, is_side in _bands(boxes, gutter):
        found = _split(part, depth - 1) if is_side else Order((_region(part, depth < _DEPTH),))
        regions += found.regions
        is_sure = is_sure and found.is_sure
    return Order(tuple(regions), is_sure, gutter)


def _goes_on(words: Sequence[Box], gutter: Gutter) -> bool:
    """Whether hardly anything but header and footer stands in the gutter of the page before."""
    spans = _spans(words, gutter)
    sides = _sides([word for word in words if word not in spans], gutter)
    crossing = len(_rows(list(spans - set(_edges(words)))))
    is_free = crossing <= _MAX_STRAY * sum(map(len, sides))
    return is_free and any(sides) and not (all(sides) and _are_cells(sides))


def _region(boxes: Sequence[Box], is_column: bool) -> Region:
    ordered = tuple(sorted(boxes, key=lambda box: (box.top, box.left)))
    return Region(ordered, min(box.left for box in boxes) if is_column else None)


def _find_gutter(words: Sequence[Box]) -> Gutter | None:
    """The stripe of the middle part that the fewest words cross, among those wide enough."""
    left = min((word.left for word in words), default=0.0)
    right = max((word.right for word in words), default=0.0)
    if not 0 < right - left <= _WIDEST:
        return None
    start, end = (int(left + share * (right - left)) for share in _MIDDLE)
    crossings = _crossings(words, start, end)
    enough, most_crossed = _GUTTER_WIDTH * _em(words), _MAX_CROSSED * len(_rows(words))
    for most in sorted({n for n in crossings if n <= most_crossed}):
        runs, count = list[tuple[int, int]](), 0
        for x, crossed in enumerate(crossings):
            count = count + 1 if crossed <= most else 0
            runs.append((count, x))
        width, last = max(runs)
        if width >= enough:
            return Gutter(start + last - width + 1, start + last + 1)
    return None


def _crossings(words: Sequence[Box], start: int, end: int) -> list[int]:
    """How many words stand over each point from ``start`` to ``end``."""
    steps = [0] * (end - start + 2)
    for word in words:
        first, last = max(int(word.left), start), min(int(word.right) + 1, end + 1)
        if first < last:
            steps[first - start] += 1
            steps[last - start] -= 1
    return list(accumulate(steps[:-1]))


def _em(words: Sequence[Box]) -> float:
    return float(median(word.bottom - word.top for word in words)) or 1.0


def _judge(words: Sequence[Box], gutter: Gutter) -> bool | None:
    """True for columns, False where they may be a table, None where there is nothing to doubt."""
    spans = _spans(words, gutter)
    sides = _sides([word for word in words if word not in spans], gutter)
    em, every = _em(words), len(_rows(words))
    if min(map(len, sides)) < _MIN_ROWS:
        return None
    edges = [(min(r.left for r in rows), max(r.right for r in rows)) for rows in sides]
    widths = [right - left for left, right in edges]
    if min(widths) < MIN_COLUMN * em or min(widths) < _BALANCE * max(widths):
        return None
    if max(map(len, sides)) < _MIN_SHARE * every:
        return None
    is_full = all(
        sum(r.right - left >= _FULL_LINE * (right - left) for r in rows) >= _FULL_SHARE * len(rows)
        for rows, (left, right) in zip(sides, edges, strict=True)
    )
    is_narrow = edges[1][0] - edges[0][1] <= _WIDE_GUTTER * em
    if is_full and is_narrow and not _are_cells(sides):
        return True
    return False if min(map(len, sides)) >= _DOUBTFUL_ROWS else None


def _sides(words: Sequence[Box], gutter: Gutter) -> list[list[Box]]:
    """The rows on the left of the gutter, and those on the right."""
    return [
        _rows([word for word in words if (word.right <= gutter.middle) is is_left])
        for is_left in (True, False)
    ]


def _rows(words: Sequence[Box]) -> list[Box]:
    """The words of one height as one box each."""
    rows: list[Box] = []
    for word in sorted(words, key=lambda w: w.top):
        if rows and word.top - rows[-1].top <= _SAME_ROW:
            last = rows[-1]
            rows[-1] = Box(
                min(last.left, word.left),
                max(last.right, word.right),
                last.top,
                max(last.bottom, word.bottom),
                last.index,
            )
        else:
            rows.append(word)
    return rows


def _are_cells(sides: Sequence[Sequence[Box]]) -> bool:
    """Whether both sides leave white at the same heights, as between the rows of a table."""
    pitch = min(_usual_pitch(rows) for rows in sides)
    top, bottom = max(rows[0].top for rows in sides), min(rows[-1].bottom for rows in sides)
    beside = [[row for row in rows if top <= row.middle <= bottom] for rows in sides]
    apart = max(
        sum(b.top - a.top > _CELL_GAP * pitch for a, b in pairwise(rows)) for rows in beside
    )
    boxes = sorted((box for rows in beside for box in rows), key=lambda box: box.top)
    if not boxes:
        return False
    white = _CELL_GAP * pitch - _em(boxes)
    shared, lowest = 0, top + _em(boxes)
    for box in boxes:
        shared += box.top - lowest > white
        lowest = max(lowest, box.bottom)
    return shared >= 2 and shared > apart / 2


def _usual_pitch(rows: Sequence[Box]) -> float:
    pitches = sorted(b.top - a.top for a, b in pairwise(rows))
    return pitches[len(pitches) // 5]


def _spans(boxes: Sequence[Box], gutter: Gutter) -> set[Box]:
    """What crosses the gutter, what stands on one line with it, and a page's header and footer."""
    crossing = [box for box in boxes if gutter.is_crossed_by(box)]
    beside = {
        box
        for box in boxes
        for span in crossing
        if not span.is_table and span.top <= box.middle <= span.bottom
    }
    return {*crossing, *beside, *_edges(boxes)}


def _edges(boxes: Sequence[Box]) -> Iterator[Box]:
    """At most two lines at the top and at the bottom that stand apart from all the rest."""
    rows = _rows([box for box in boxes if not box.is_table])
    if len(rows) < 2 * _MIN_ROWS:
        return
    pitches = sorted(b.top - a.top for a, b in pairwise(rows) if b.top - a.top > _SAME_ROW)
    limit = _EDGE_GAP * pitches[len(pitches) // 5] if pitches else 0.0
    for at in (1, 2):
        if rows[at].top - rows[at - 1].top > limit:
            yield from (box for box in boxes if box.bottom <= rows[at].top)
            break
    for at in (1, 2):
        if rows[-at].top - rows[-at - 1].top > limit:
            yield from (box for box in boxes if box.top >= rows[-at].top)
            break


def _bands(boxes: Sequence[Box], gutter: Gutter) -> Iterator[tuple[list[Box], bool]]:
    """Boxes of the full width, and of one side (True), in reading order."""
    spans = sorted(_spans(boxes, gutter), key=lambda box: box.middle)
    sides = [box for box in boxes if box not in set(spans)]
    cuts = [span.middle for span in spans]
    pending: list[Box] = []
    for above, below, span in zip([-1e9, *cuts], [*cuts, 1e9], [*spans, None], strict=True):
        band = [box for box in sides if above <= box.middle < below]
        if pending and (tail := _tail(band, gutter)):
            pending += tail
            band = [box for box in band if box not in tail]
        if band and pending:
            yield pending, False
            pending = []
        for is_left in (True, False):
            if side := [box for box in band if (box.right <= gutter.middle) is is_left]:
                yield side, True
        if span is not None:
            pending.append(span)
    if pending:
        yield pending, False


def _tail(band: Sequence[Box], gutter: Gutter) -> list[Box]:
    """The short last line of a paragraph of the full width: above all that is on the right."""
    left = [box for box in band if box.right <= gutter.middle]
    rows = _rows(left)
    lower = [box.top for box in band if box.right > gutter.middle] + [row.top for row in rows[1:]]
    is_alone = bool(rows) and (not lower or rows[0].middle < min(lower))
    has_right = len(left) < len(band)
    if not is_alone or (len(rows) > 1 and not has_right):
        return []
    first_right = min((box.top for box in band if box.right > gutter.middle), default=1e9)
    if rows[0].bottom > first_right:
        return []
    return [box for box in left if box.top <= rows[0].top + _SAME_ROW]
