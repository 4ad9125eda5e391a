"""Cells that cover several places → rows of one length."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: No table is wider than this; a page may claim any width.
_MAX_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as written in its row: what it says, and how many places it covers."""

    text: str
    columns: int = 1
    rows: int = 1


def fill(lines: Iterable[Sequence[Cell]]) -> tuple[tuple[str, ...], ...]:
    """The rows with each cell's text in all places that it covers, filled up to one length.

    A cell that would reach below the last row ends there; cells beyond 200 columns are left out.
    """
    rows: list[list[str]] = []
    open_cells: dict[int, tuple[str, int]] = {}
    for line in lines:
        placed, still_open = _place(line, open_cells)
        rows.append([placed.get(i, "") for i in range(max(placed, default=-1) + 1)])
        open_cells = still_open
    width = max(map(len, rows), default=0)
    return tuple(tuple(cells + [""] * (width - len(cells))) for cells in rows)


def _place(
    line: Sequence[Cell], open_cells: dict[int, tuple[str, int]]
) -> tuple[dict[int, str], dict[int, tuple[str, int]]]:
    """The texts of a row by column, and the cells that reach on below it."""
    placed = {column: text for column, (text, _) in open_cells.items()}
    below = {column: (text, n - 1) for column, (text, n) in open_cells.items() if n > 1}
    column = 0
    for cell in line:
        while column in placed:
            column += 1
        for _ in range(max(1, cell.columns)):
            if column >= _MAX_WIDTH or column in open_cells:
                break
            placed[column] = cell.text
            if cell.rows > 1:
                below[column] = (cell.text, cell.rows - 1)
            column += 1
    return placed, below
