"""What a report says; ``eval.report.markdown`` and ``eval.report.page`` put it into form."""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.report.comparison import Comparison, compare
from eval.report.floors import Breach, Floors, breaches
from eval.report.statistics import RiskPoint
from eval.report.summary import ALL, Summary, confidence_curve, in_order
from eval.report.tables import split_title
from eval.runner import Result

#: How much of a hash is shown.
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Report:
    """A run with its figures. ``comparison`` and ``floors`` are None where there is none."""

    results: tuple[Result, ...]
    summary: Summary
    comparison: Comparison | None
    floors: Floors | None
    breaches: tuple[Breach, ...]

    @property
    def failed(self) -> list[Result]:
        """The results that are not right, those that were right the last time first."""
        wrong = [result for result in self.results if not result.is_right]
        return sorted(wrong, key=lambda result: not self.is_new_failure(result))

    def is_new_failure(self, result: Result) -> bool:
        """Whether the question was answered rightly in the committed report."""
        return self.comparison is not None and result.question.id in self.comparison.newly_failed

    @property
    def curves(self) -> dict[str, tuple[RiskPoint, ...]]:
        """The risk–coverage curve of each split that has one, by the split's title."""
        curves = {}
        for split in in_order(self.summary.groups):
            asked = [r for r in self.results if split in (ALL, r.question.split)]
            if points := confidence_curve(asked):
                curves[split_title(split)] = points
        return curves

    @property
    def heading(self) -> str:
        """When and over what it ran."""
        summary = self.summary
        return (
            f"以 {summary.day} 为准，{len(self.results)} 题，引擎 {summary.engine}，"
            f"语料 {summary.corpus[:_SHOWN]}，题集 {summary.dataset[:_SHOWN]}。"
        )

    @property
    def floor_note(self) -> str:
        """Whether the floors are kept."""
        if self.floors is None:
            return "这次没有按底线判。"
        part = f"{split_title(self.floors.split)} 部分"
        if self.breaches:
            return f"{part}有 {len(self.breaches)} 项低于底线。"
        return f"{part}的底线都守住了。"

    @property
    def comparison_notes(self) -> list[str]:
        """In sentences what has changed since the committed report."""
        if self.comparison is None:
            return ["没有可以比较的上次成绩。"]
        c = self.comparison
        notes = [f"上次：{c.before.day}，引擎 {c.before.engine}。"]
        if not c.is_same_set:
            notes.append("题集（或所跑的部分）与上次不同，成绩的差有一部分来自题目。")
        if c.before.corpus != self.summary.corpus:
            notes.append("语料与上次不同。")
        for title, ids in (
            ("上次对、这次错", c.newly_failed),
            ("上次错、这次对", c.newly_passed),
        ):
            notes.append(f"{title}的 {len(ids)} 题" + (f"：{'、'.join(ids)}。" if ids else "。"))
        notes.append(f"上次没有的 {len(c.new_questions)} 题。")
        if not c.changes:
            notes.append("各项成绩没有变化。")
        return notes

    @property
    def curve_note(self) -> str:
        """What the curve is, or why there is none."""
        if not self.curves:
            return "回答没有都带把握（confidence），画不出风险—覆盖曲线。"
        return (
            "只在把握不低于某个值时作答：覆盖率是作答的题占全部题的比例，"
            "风险是作答的题里答错的比例，AURC 是曲线下的平均风险，越小越好。"
        )


def make_report(
    results: Sequence[Result],
    summary: Summary,
    last: Summary | None = None,
    floors: Floors | None = None,
) -> Report:
    """Compare with the last committed summary and with the floors, where they are given."""
    return Report(
        results=tuple(results),
        summary=summary,
        comparison=compare(last, summary) if last else None,
        floors=floors,
        breaches=breaches(summary, floors) if floors else (),
    )
