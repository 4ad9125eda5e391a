"""A table as a format gives it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells by rows, and what names it.

    ``rows`` are of one length; a merged cell's text stands in each place that it covers. A cell
    may have several lines. ``caption``, ``unit`` and ``notes`` are what the format itself marks as
    such; what stands around the table is found afterwards for all formats (``settle``).
    ``header_rows`` is how many rows at the top are a header where the format knows (``thead``),
    None where that has to be found.
    """

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()
    header_rows: int | None = None

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(map(len, self.rows), default=0)
