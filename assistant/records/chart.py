"""Counts by day as bars: an SVG to put into a page, in the colours that the page has."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from html import escape

#: Of the drawing, in its own units; the page sets how wide it is shown.
_WIDTH, _HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 8, 28, 24
#: A bar takes so much of its day's room, and no more than so many units.
_SHARE, _WIDEST = 0.8, 28.0
#: So many days have their date below.
_DATES = 8
#: The first series is the page's ``--series-1``; where the page has none, shades of its ink.
_SHADES = (0.85, 0.5, 0.25)
_NOTHING = "这段时间没有记录。"


def bars(
    counts: Mapping[date, Mapping[str, int]], title: str = "每天问了多少", name: str = ""
) -> str:
    """A stacked bar for each day from the first to the last, days without counts left empty.

    The kinds stand in the order in which they first come. ``name`` sets charts of a page apart.
    What it shows is told in words in ``desc``; a table beside it can tell the numbers.
    """
    days = _days(counts)
    kinds = list(dict.fromkeys(kind for day in days for kind in counts.get(day, {})))
    most = max((sum(counts.get(day, {}).values()) for day in days), default=0)
    mark = f"chart-{escape(name)}" if name else "chart"
    head = (
        f'<svg class="bars" role="img" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'aria-labelledby="{mark}-title {mark}-desc" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{mark}-title">{escape(title)}</title>'
        f'<desc id="{mark}-desc">{escape(_told(counts, days, kinds))}</desc>'
    )
    drawn = _legend(kinds) + _axis(most) + _all_bars(counts, days, kinds, _round_up(most))
    return f'{head}<g font-size="11" fill="currentColor">{drawn if days else ""}</g></svg>'


def _days(counts: Mapping[date, Mapping[str, int]]) -> list[date]:
    """Every day from the first to the last."""
    if not counts:
        return []
    first, last = min(counts), max(counts)
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def _told(
    counts: Mapping[date, Mapping[str, int]], days: Sequence[date], kinds: Sequence[str]
) -> str:
    """What the picture shows, in a sentence."""
    if not days:
        return _NOTHING
    totals = {kind: sum(of_day.get(kind, 0) for of_day in counts.values()) for kind in kinds}
    told = "，".join(f"{kind} {number}" for kind, number in totals.items())
    busiest = max(days, key=lambda day: sum(counts.get(day, {}).values()))
    most = sum(counts.get(busiest, {}).values())
    return f"{days[0]} 至 {days[-1]}：{told}；最多的一天是 {busiest}，{most} 次。"


def _fill(number: int) -> str:
    shade = _SHADES[number % len(_SHADES)]
    mixed = f"color-mix(in srgb, currentColor {shade:.0%}, transparent)"
    return f'style="fill: var(--series-{number + 1}, {mixed})"'


def _legend(kinds: Sequence[str]) -> str:
    """Which colour is which kind, in a row above the bars."""
    told, x = "", float(_LEFT)
    for number, kind in enumerate(kinds):
        told += f'<rect x="{x:.0f}" y="6" width="10" height="10" {_fill(number)}/>'
        told += f'<text x="{x + 14:.0f}" y="15">{escape(kind)}</text>'
        x += 30 + 12 * len(kind)
    return told


def _round_up(most: int) -> int:
    """The end of the axis: the next 2, 4 or 10 times a power of ten, so that its half is whole."""
    size = 1
    while 10 * size < most:
        size *= 10
    return next(times * size for times in (2, 4, 10) if times * size >= most)


def _axis(most: int) -> str:
    """Lines and numbers at nothing, half and all of the axis."""
    end, drawn = _round_up(most), ""
    for value in (0, end // 2, end):
        y = _y(value, end)
        drawn += (
            f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" '
            f'stroke="currentColor" stroke-opacity="0.2"/>'
            f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value}</text>'
        )
    return drawn


def _y(value: float, end: int) -> float:
    return _HEIGHT - _BOTTOM - value / end * (_HEIGHT - _TOP - _BOTTOM)


def _all_bars(
    counts: Mapping[date, Mapping[str, int]], days: Sequence[date], kinds: Sequence[str], end: int
) -> str:
    room = (_WIDTH - _LEFT - _RIGHT) / max(len(days), 1)
    width = min(_SHARE * room, _WIDEST)
    every = -(-len(days) // _DATES)
    drawn = ""
    for i, day in enumerate(days):
        middle, below = _LEFT + (i + 0.5) * room, 0
        of_day = counts.get(day, {})
        told = "，".join(f"{kind} {of_day[kind]}" for kind in kinds if of_day.get(kind))
        drawn += f"<g><title>{day}：{escape(told) or '0'}</title>"
        for number, kind in enumerate(kinds):
            if count := of_day.get(kind, 0):
                top, bottom = _y(below + count, end), _y(below, end)
                drawn += (
                    f'<rect x="{middle - width / 2:.1f}" y="{top:.1f}" width="{width:.1f}" '
                    f'height="{bottom - top:.1f}" {_fill(number)}/>'
                )
                below += count
        drawn += "</g>"
        if i % every == 0:
            drawn += (
                f'<text x="{middle:.1f}" y="{_HEIGHT - 6}" text-anchor="middle">'
                f"{day.month}-{day.day}</text>"
            )
    return drawn
