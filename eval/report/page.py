"""The report as one HTML file that needs nothing besides itself."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from eval.report import charts
from eval.report.report import Report
from eval.report.summary import ALL, Figures, Summary, in_order
from eval.report.tables import (
    Table,
    breach_table,
    change_table,
    curve_table,
    decline_table,
    kind_title,
    split_title,
    tables_of,
)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title, what it shows in words, and what its series are called."""

    title: str
    note: str
    svg: Markup
    legend: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The tables of one split."""

    title: str
    tables: tuple[Table, ...]


def render_page(report: Report) -> str:
    """The page. Everything is escaped but the pictures, whose texts Matplotlib escapes."""
    groups = report.summary.groups
    splits = in_order(groups)
    return _template().render(
        report=report,
        breaches=breach_table(report.breaches),
        changes=change_table(report.comparison) if report.comparison else None,
        charts=_charts(report),
        sections=[Section(split_title(s), tuple(tables_of(groups, s))) for s in splits],
        declines=decline_table(groups),
        curves={title: curve_table(points) for title, points in report.curves.items()},
        kind_title=kind_title,
        split_title=split_title,
    )


@cache
def _template() -> Template:
    source = resources.files("eval.report") / "report.html.jinja"
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source.read_text("utf-8"))


def _charts(report: Report) -> list[Chart]:
    split = in_order(report.summary.groups)[0]
    now = _by_title(report.summary, split)
    before = _by_title(report.comparison.before, split) if report.comparison else {}
    before = {title: figures for title, figures in before.items() if title in now}
    part = split_title(split)
    made = [
        Chart(
            f"各类答对率（{part}）",
            "点是答对率，线是 95 % 区间。",
            _safe(charts.pass_rates(now, before)),
            ("这次", "上次") if before else ("这次",),
        )
    ]
    if curves := report.curves:
        note = "靠左：只答最有把握的。线越低越好。"
        svg = _safe(charts.risk_coverage(curves))
        made.append(Chart("风险与覆盖", note, svg, tuple(curves)))
    answered = [r.judgement.length for r in report.results if r.is_answered]
    declined = [r.judgement.length for r in report.results if not r.is_answered]
    svg = _safe(charts.lengths(answered, declined))
    made.append(Chart("回答的长度", "底色是 60 到 250 字。", svg, ("作答", "拒答")))
    times = [r.judgement.milliseconds for r in report.results]
    if known := [time for time in times if time is not None]:
        made.append(Chart("用时", "横轴按倍数分格。", _safe(charts.latencies(known))))
    return made


def _by_title(summary: Summary, split: str) -> dict[str, Figures]:
    kinds = summary.groups.get(split, {})
    ordered = [*(kind for kind in kinds if kind != ALL), *(k for k in kinds if k == ALL)]
    return {kind_title(kind): kinds[kind] for kind in ordered}


def _safe(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704
