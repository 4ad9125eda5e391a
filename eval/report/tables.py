"""The figures as rows of text, the same for Markdown and for the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eval.metrics import LENGTH
from eval.report.comparison import Comparison
from eval.report.floors import Breach
from eval.report.statistics import RiskPoint
from eval.report.summary import ALL, Figures, Groups, in_order

_NOTHING = "—"

#: Category → what it is called; a category that is not listed is called by its own name.
KINDS = {
    ALL: "合计",
    "real": "真实问法",
    "long": "长对话",
    "policy": "政策",
    "law": "法律",
    "lookup": "查条文",
    "repealed": "旧法",
    "pending": "未施行",
    "decline": "应拒答",
    "injection": "诱导",
    "correct": "前提有误",
    "dialog": "追问",
}
_SPLITS = {ALL: "全部"}

_THRESHOLDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under a header; the first column names the row."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    cell: Callable[[Figures], str]


def share(value: float | None) -> str:
    """Three digits, or a dash."""
    return _NOTHING if value is None else f"{value:.3f}"


def _whole(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.0f}"


_TABLES = {
    "检索和回答": (
        _Column("题数", lambda f: str(f.count)),
        _Column("误导", lambda f: share(f.misleading)),
        _Column(
            "答对率（95 % 区间）",
            lambda f: f"{f.passed:.3f}（{f.passed_low:.3f}–{f.passed_high:.3f}）",
        ),
        _Column("hit@1", lambda f: share(f.hit_1)),
        _Column("hit@3", lambda f: share(f.hit_3)),
        _Column("hit@5", lambda f: share(f.hit_5)),
        _Column("引文准确率", lambda f: share(f.citation_precision)),
        _Column("引文召回率", lambda f: share(f.citation_recall)),
    ),
    "出处核对": (
        _Column("引文", lambda f: str(f.citations)),
        _Column("与原文不符", lambda f: str(f.false_quotes)),
        _Column("「」无出处", lambda f: str(f.loose_quotes)),
        _Column("数字无出处", lambda f: str(f.loose_numbers)),
        _Column("语料里没有的键", lambda f: str(f.phantom_keys)),
    ),
    "长度和用时": (
        _Column("字数中位", lambda f: _whole(f.length_median)),
        _Column("字数 p95", lambda f: _whole(f.length_p95)),
        _Column(f"{LENGTH.start}–{LENGTH.stop - 1} 字", lambda f: share(f.length_within)),
        _Column("毫秒 p50", lambda f: _whole(f.latency_p50)),
        _Column("毫秒 p95", lambda f: _whole(f.latency_p95)),
    ),
}

_DECLINES = (
    _Column("题数", lambda f: str(f.count)),
    _Column("拒答准确率", lambda f: share(f.decline_precision)),
    _Column("拒答召回率", lambda f: share(f.decline_recall)),
    _Column("AURC", lambda f: share(f.aurc)),
)

#: Figure → what it is called where a single one is named.
_FIGURES = {
    "misleading": "误导",
    "passed": "答对率",
    "hit_1": "hit@1",
    "hit_3": "hit@3",
    "hit_5": "hit@5",
    "citation_precision": "引文准确率",
    "citation_recall": "引文召回率",
    "false_quotes": "与原文不符的引文",
    "loose_quotes": "「」无出处",
    "loose_numbers": "数字无出处",
    "phantom_keys": "语料里没有的键",
}


def kind_title(kind: str) -> str:
    """What a kind of question is called."""
    return KINDS.get(kind, kind)


def split_title(split: str) -> str:
    """What a split is called."""
    return _SPLITS.get(split, split)


def tables_of(groups: Groups, split: str) -> list[Table]:
    """The tables of a split, a row for each kind and one for all of them."""
    kinds = groups[split]
    ordered = [*(kind for kind in kinds if kind != ALL), ALL]
    return [
        _table(title, "类别", columns, [(kind_title(k), kinds[k]) for k in ordered])
        for title, columns in _TABLES.items()
    ]


def decline_table(groups: Groups) -> Table:
    """When to decline, a row for each split."""
    rows = [(split_title(split), groups[split][ALL]) for split in in_order(groups)]
    return _table("各部分", "部分", _DECLINES, rows)


def curve_table(points: Sequence[RiskPoint]) -> Table:
    """What becomes of answering only with some confidence, by threshold."""
    rows = []
    for threshold in _THRESHOLDS:
        reached = [point for point in points if point.threshold >= threshold]
        if reached:
            cells = (share(reached[-1].coverage), share(reached[-1].risk))
            rows.append((f"{threshold:.1f}", *cells))
    return Table("各档把握", ("把握不低于", "覆盖率", "风险"), tuple(rows))


def change_table(comparison: Comparison) -> Table:
    """The figures that moved."""
    rows = [
        (
            f"{split_title(c.split)} {kind_title(c.kind)}",
            _FIGURES[c.figure],
            share(c.before),
            share(c.now),
            f"{c.now - c.before:+.3f}",
            "变好" if c.is_better else "变差",
        )
        for c in comparison.changes
    ]
    return Table("变了的成绩", ("部分和类别", "指标", "上次", "这次", "差", "好坏"), tuple(rows))


def breach_table(breaches: Sequence[Breach]) -> Table:
    """The floors that are not kept."""
    rows = [
        (
            kind_title(b.kind),
            _FIGURES.get(b.figure, b.figure),
            f"{b.limit:g}",
            _NOTHING if b.value is None else f"{b.value:.3f}".rstrip("0").rstrip("."),
        )
        for b in breaches
    ]
    return Table("没守住的底线", ("类别", "指标", "底线", "这次"), tuple(rows))


def _table(
    title: str, first: str, columns: Sequence[_Column], rows: Sequence[tuple[str, Figures]]
) -> Table:
    return Table(
        title,
        (first, *(column.title for column in columns)),
        tuple((name, *(column.cell(figures) for column in columns)) for name, figures in rows),
    )
