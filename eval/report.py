"""The report of a run, in Markdown."""

from collections.abc import Sequence
from datetime import date

from eval.runner import HITS, Result, Summary, summarise


def render(results: Sequence[Result], day: date) -> str:
    """A table by category and every failure with its answer."""
    lines = [f"# 评测（以 {day} 为准，{len(results)} 题）", ""]
    header = ["类别", "题数", *(f"hit@{k}" for k in HITS), "答对且引对", "引文准确率"]
    lines += ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    splits = sorted({r.question.split for r in results if r.question.split})
    groups: list[tuple[str, list[Result]]] = [
        (category, [r for r in results if r.question.category == category])
        for category in dict.fromkeys(r.question.category for r in results)
    ]
    groups += [(f"全部（{s}）", [r for r in results if r.question.split == s]) for s in splits]
    groups.append(("全部", list(results)))
    lines += [_row(name, summarise(group)) for name, group in groups]
    failed = [r for r in results if r.failures]
    lines += ["", f"## 没答对的 {len(failed)} 题", ""]
    for result in failed:
        lines += [
            f"- **{result.question.id}** {result.question.question}",
            f"  - {'；'.join(result.failures)}",
            f"  - 检索：{'、'.join(result.keys)}",
            f"  - 回答：{result.answer['answer']}".replace("\n", " "),
        ]
    return "\n".join(lines) + "\n"


def _row(name: str, summary: Summary) -> str:
    hits = [_share(summary.hits[k] if summary.hits else None) for k in HITS]
    cells = [
        name,
        str(summary.count),
        *hits,
        _share(summary.passed),
        _share(summary.precision),
    ]
    return "| " + " | ".join(cells) + " |"


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"
