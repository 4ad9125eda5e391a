"""The pictures: what was measured is where it is drawn, and nothing in them is markup or colour."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from eval.report.charts import latencies, lengths, pass_rates, risk_coverage
from eval.report.statistics import RiskPoint
from tests.eval.made_results import make_figures

_SVG = "{http://www.w3.org/2000/svg}"
_PAIR = re.compile(r"[ML] ([-\d.]+) ([-\d.]+)")
CURVE = (RiskPoint(0.9, 0.25, 0.5), RiskPoint(0.2, 1.0, 0.25))
PICTURES = {
    "rates": lambda: pass_rates({"法律": make_figures()}, {}),
    "risk": lambda: risk_coverage({"test": CURVE}),
    "lengths": lambda: lengths([10, 100], [5]),
    "latencies": lambda: latencies([5.0, 50.0]),
}


class Picture:
    """A picture taken apart; ``x`` and ``y`` turn places into values by the labels of the axes."""

    def __init__(self, svg: str) -> None:
        self.tree = ElementTree.fromstring(svg)
        self.texts = [text.text for text in self.tree.iter(f"{_SVG}text")]

    def drawn(self, series: int) -> list[list[tuple[float, float]]]:
        """The points of each line or bar of a series."""
        return [
            [(float(x), float(y)) for x, y in _PAIR.findall(path.get("d", ""))]
            for path in self.tree.iter(f"{_SVG}path")
            if f"var(--series-{series})" in path.get("style", "") and path.get("clip-path")
        ]

    def marks(self, series: int) -> list[tuple[float, float]]:
        """Where the marks of a series are."""
        return [
            (float(use.get("x", "")), float(use.get("y", "")))
            for use in self.tree.iter(f"{_SVG}use")
            if f"var(--series-{series})" in use.get("style", "")
        ]

    def scale(self, name: str) -> Callable[[float], float]:
        """Place → value along the axis ``x`` or ``y``; the latter begins with 0."""
        anchor = "middle" if name == "x" else "end"
        ticks = [
            (float(text.get(name, "")), float(text.text or ""))
            for text in self.tree.iter(f"{_SVG}text")
            if anchor in text.get("style", "") and re.fullmatch(r"[\d.]+", text.text or "")
        ]
        (first, low), (last, high) = ticks[0], ticks[-1]
        step = (high - low) / (last - first)
        if name == "y":
            # The labels stand a little below their ticks.
            (frame,) = self.tree.iter(f"{_SVG}rect")
            first, low = float(frame.get("y", "")) + float(frame.get("height", "")), 0.0
        return lambda place: low + (place - first) * step

    def heights(self, series: int) -> list[int]:
        """How many each bar of a series stands for."""
        tops = [[y for _, y in bar] for bar in self.drawn(series)]
        y = self.scale("y")
        return [round(y(min(ys)) - y(max(ys))) for ys in tops]


@pytest.mark.parametrize("name", PICTURES)
def test_colours_are_those_of_the_page(name: str) -> None:
    svg = PICTURES[name]()
    assert "var(--series-1)" in svg
    assert "var(--ink)" in svg
    assert not re.search(r"#[0-9a-f]{6}\b|font-family|<style|<metadata|<!DOCTYPE", svg)


def test_pictures_on_one_page_share_no_id() -> None:
    ids = [re.findall(r'\bid="([^"]+)"', make()) for make in PICTURES.values()]
    flat = [one for found in ids for one in found]
    assert all(ids)
    assert len(flat) == len(set(flat))


@pytest.mark.parametrize("name", PICTURES)
def test_the_same_figures_make_the_same_picture(name: str) -> None:
    assert PICTURES[name]() == PICTURES[name]()


def test_a_rate_is_drawn_with_its_interval() -> None:
    figures = make_figures(passed=0.6, passed_low=0.25, passed_high=0.75)
    picture = Picture(pass_rates({"法律": figures}, {}))
    x = picture.scale("x")
    ((low, high),) = picture.drawn(1)
    assert [x(low[0]), x(high[0])] == pytest.approx([0.25, 0.75], abs=1e-3)
    assert [x(place) for place, _ in picture.marks(1)] == pytest.approx([0.6], abs=1e-3)
    assert picture.drawn(2) == picture.marks(2) == []
    assert "法律" in picture.texts


def test_only_what_both_runs_know_has_two_rows() -> None:
    now = {"法律": make_figures(passed=0.5), "政策": make_figures(passed=0.25)}
    before = {"法律": make_figures(passed=0.75), "旧类": make_figures(passed=1.0)}
    picture = Picture(pass_rates(now, before))
    x = picture.scale("x")
    law, policy = picture.marks(1)
    (earlier,) = picture.marks(2)
    assert [x(law[0]), x(policy[0]), x(earlier[0])] == pytest.approx([0.5, 0.25, 0.75], abs=1e-3)
    assert law[1] < earlier[1] < policy[1]
    assert "旧类" not in picture.texts


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("十二个字刚好放得下的类别", "十二个字刚好放得下的类别"),
        ("十三个字就放不下了的类别名", "十三个字就放不下了的类…"),
        ("<b>&$x$</b>", "<b>&$x$</b>"),
    ],
)
def test_a_title_is_text_and_not_too_long(title: str, shown: str) -> None:
    assert shown in Picture(pass_rates({title: make_figures()}, {})).texts


def test_a_curve_runs_through_its_points() -> None:
    picture = Picture(risk_coverage({"test": CURVE, "dev": CURVE[::-1]}))
    x, y = picture.scale("x"), picture.scale("y")
    for series, curve in ((1, CURVE), (2, CURVE[::-1])):
        (line,) = picture.drawn(series)
        values = [value for place in line for value in (x(place[0]), y(place[1]))]
        expected = [value for point in curve for value in (point.coverage, point.risk)]
        assert values == pytest.approx(expected, abs=1e-3)
    assert {"覆盖率", "风险"} <= {*picture.texts}


def test_there_are_as_many_curves_as_series() -> None:
    picture = Picture(risk_coverage(dict.fromkeys("abcdef", CURVE)))
    assert [len(picture.drawn(series)) for series in range(1, 6)] == [1, 1, 1, 1, 0]


def test_lengths_are_counted_in_bins_of_25_and_the_longest_in_the_last() -> None:
    picture = Picture(lengths([0, 24, 25, 499, 500, 501, 9000], [10, 500]))
    answered, refused = [0] * 21, [0] * 21
    answered[0], answered[1], answered[19], answered[20] = 2, 1, 1, 3
    refused[0], refused[20] = 1, 1
    assert picture.heights(1) == answered
    assert picture.heights(2) == refused


def test_refusals_stand_upon_answers() -> None:
    picture = Picture(lengths([10, 12], [11]))
    below = min(y for _, y in picture.drawn(1)[0])
    assert max(y for _, y in picture.drawn(2)[0]) == pytest.approx(below)


def test_the_axis_of_lengths_tells_what_a_reader_wants() -> None:
    picture = Picture(lengths([100], []))
    assert {"60", "250", "500+", "字数", "题数"} <= {*picture.texts}


def test_times_are_counted_once_each_on_a_logarithmic_axis() -> None:
    picture = Picture(latencies([5.0, 20.0, 20.0, 2000.0]))
    counts = picture.heights(1)
    assert sum(counts) == 4
    assert [count for count in counts if count] == [1, 2, 1]
    assert [text for text in picture.texts if text in ("10", "30", "100", "300", "1000")] == [
        *("10", "30", "100", "300", "1000")
    ]
    widths = {round(bar[1][0] - bar[0][0], 3) for bar in picture.drawn(1)}
    assert max(widths) - min(widths) < 0.01


@pytest.mark.parametrize("times", [[20.0], [0.0, 0.5], [10_000.0, 1e6]])
def test_no_time_is_left_out(times: list[float]) -> None:
    assert sum(Picture(latencies(times)).heights(1)) == len(times)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_one_element(name: str) -> None:
    svg = PICTURES[name]()
    assert svg.startswith("<svg")
    assert svg.rstrip().endswith("</svg>")
