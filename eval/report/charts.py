"""The plots of the report as SVG: the page's style gives the colours, the browser draws the text.

Matplotlib is given stand-ins for colours, which become the page's variables, so that one picture
serves light and dark.
"""

import io
import re
import warnings
from collections.abc import Mapping, Sequence

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from eval.metrics import LENGTH
from eval.report.statistics import RiskPoint
from eval.report.summary import Figures

#: Stand-in → variable of the page's style.
_COLOURS = {
    "#010203": "ink",
    "#010204": "soft",
    "#010205": "line",
    "#010206": "surface",
    "#010207": "series-1",
    "#010208": "series-2",
    "#010209": "series-3",
    "#01020a": "series-4",
}
_INK, _SOFT, _LINE, _SURFACE, *_SERIES = _COLOURS

_WIDTH = 4.5
_HEIGHT = 2.8
_POINTS = 9.5
#: Characters of a label beside the axis.
_LABEL = 12

#: Longer answers are counted in the last bin.
_LONGEST = 500
_BIN = 25
_MILLISECONDS = (1, 3, 10, 30, 100, 300, 1000, 3000, 10_000)
_LATENCY_BINS = 24

_UNWANTED = re.compile(
    r"<metadata>.*?</metadata>|<style.*?</style>| id=\"[a-z0-9.]+_[0-9]+\"|font-family: [^;\"]+; ",
    re.S,
)


def pass_rates(now: Mapping[str, Figures], before: Mapping[str, Figures]) -> str:
    """Share of right answers with its interval, by title of the kind; two rows where both know it.

    Now is series 1, before series 2.
    """
    figure, axes = _axes(height=0.4 + 0.38 * len(now), below=0.28)
    labels = [title if len(title) <= _LABEL else f"{title[: _LABEL - 1]}…" for title in now]
    figure.subplots_adjust(left=(1.2 + max(map(len, labels))) * _POINTS / 72 / _WIDTH)
    for row, title in enumerate(now):
        earlier = before.get(title)
        shift = 0.16 if earlier else 0.0
        _interval(axes, now[title], row - shift, _SERIES[0], "o")
        if earlier:
            _interval(axes, earlier, row + shift, _SERIES[1], "s")
    axes.set_yticks(range(len(now)), labels, parse_math=False)
    axes.set_ylim(len(now) - 0.5, -0.5)
    axes.set_xlim(-0.02, 1.02)
    axes.grid(axis="x", color=_LINE)
    return _svg(figure, "rates")


def risk_coverage(curves: Mapping[str, Sequence[RiskPoint]]) -> str:
    """Risk over coverage, a line for each named curve; at most as many as there are series."""
    figure, axes = _axes()
    for points, colour in zip(curves.values(), _SERIES, strict=False):
        steps = [(point.coverage, point.risk) for point in points]
        axes.plot(*zip(*steps, strict=True), color=colour)
    axes.set_xlabel("覆盖率")
    axes.set_ylabel("风险")
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    axes.grid(color=_LINE)
    return _svg(figure, "risk")


def lengths(answered: Sequence[int], declined: Sequence[int]) -> str:
    """How many answers are how long: answers are series 1, refusals series 2 upon them."""
    figure, axes = _axes()
    edges = np.arange(0, _LONGEST + 2 * _BIN, _BIN)
    clipped = [np.minimum(values, _LONGEST) for values in (answered, declined)]
    axes.axvspan(LENGTH.start, LENGTH.stop - 1, color=_LINE, alpha=0.6, linewidth=0)
    axes.hist(clipped, bins=edges.tolist(), stacked=True, color=_SERIES[:2])
    ticks = [0, LENGTH.start, 150, LENGTH.stop - 1, 350, _LONGEST]
    axes.set_xticks(ticks, [*map(str, ticks[:-1]), f"{_LONGEST}+"])
    axes.set_xlabel("字数")
    axes.set_ylabel("题数")
    return _svg(figure, "lengths")


def latencies(milliseconds: Sequence[float]) -> str:
    """How many answers took how long; the axis is logarithmic."""
    figure, axes = _axes()
    values = np.clip(milliseconds, _MILLISECONDS[0], _MILLISECONDS[-1])
    edges = np.geomspace(values.min() / 1.05, values.max() * 1.05, _LATENCY_BINS + 1)
    axes.hist(values, bins=edges.tolist(), color=_SERIES[0])
    axes.set_xscale("log")
    shown = [tick for tick in _MILLISECONDS if edges[0] <= tick <= edges[-1]]
    axes.set_xticks(shown, [str(tick) for tick in shown])
    axes.set_xticks([], minor=True)
    axes.set_xlabel("毫秒")
    axes.set_ylabel("题数")
    return _svg(figure, "latencies")


def _axes(height: float = _HEIGHT, below: float = 0.5) -> tuple[Figure, Axes]:
    """An empty picture, ``height`` inches high with ``below`` of them for what the axis tells."""
    figure = Figure(figsize=(_WIDTH, height))
    axes = figure.add_subplot()
    figure.subplots_adjust(left=0.14, right=0.97, top=1 - 0.1 / height, bottom=below / height)
    axes.patch.set_visible(False)
    axes.set_axisbelow(True)
    axes.tick_params(colors=_SOFT, labelcolor=_INK, labelsize=_POINTS, length=0)
    for label in (axes.xaxis.label, axes.yaxis.label):
        label.set(color=_SOFT, size=_POINTS)
    for side, spine in axes.spines.items():
        spine.set(color=_LINE, visible=side in ("left", "bottom"))
    return figure, axes


def _interval(axes: Axes, figures: Figures, y: float, colour: str, marker: str) -> None:
    axes.plot([figures.passed_low, figures.passed_high], [y, y], color=colour, linewidth=1.8)
    axes.plot([figures.passed], [y], marker, color=colour, markersize=5.5, clip_on=False)


def _svg(figure: Figure, name: str) -> str:
    """The picture without what a page has already; ``name`` keeps its ids from those of others."""
    target = io.StringIO()
    with (
        matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}),
        warnings.catch_warnings(),
    ):
        # Matplotlib's own font lacks Chinese; the browser has one.
        warnings.filterwarnings("ignore", "Glyph .* missing from")
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None})
    svg = target.getvalue()
    svg = _UNWANTED.sub("", svg[svg.index("<svg") :])
    for colour, variable in _COLOURS.items():
        svg = svg.replace(colour, f"var(--{variable})")
    return svg
