"""The command ``ecopolicy eval``, registered as an entry point of the command line."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import EcoPolicyError, OptionError

if TYPE_CHECKING:
    from eval.report import Floors, Report, Summary

# What runs the questions takes seconds to import; it is imported when it is needed.


def evaluate(
    dataset: Annotated[Path | None, typer.Option(help="题集（JSONL），默认用自带的")] = None,
    report: Annotated[Path | None, typer.Option(help="报告写到的文件夹")] = None,
    split: Annotated[str | None, typer.Option(help="只跑这一部分，如 dev、test")] = None,
    floors: Annotated[
        Path | None, typer.Option(help="底线文件（TOML），低于底线就算失败；只用于自带的题集")
    ] = None,
    feedback: Annotated[
        Path | None,
        typer.Option(help="不跑题集，只列出读者反馈：数据文件夹（var）或导出的文件"),
    ] = None,
) -> None:
    """跑一遍题集，写出检索和回答的成绩，并与上次的成绩比较。"""
    if feedback:
        _tell_feedback(feedback, report)
        return
    from eval.report import load_floors, load_last, render_markdown

    is_own = dataset is None
    limits = load_floors(floors) if floors and is_own else None
    made = _ask(dataset, split, load_last() if is_own else None, limits)
    if report:
        _write(made, report)
    typer.echo(render_markdown(made, with_failures=report is None))
    if report:
        typer.echo(f"没答对的题和图见 {report / 'report.html'}。")
    if made.breaches:
        raise EcoPolicyError(f"有 {len(made.breaches)} 项成绩低于底线，见报告里的表。")


def _tell_feedback(path: Path, folder: Path | None) -> None:
    """Print the feedback; with a folder, write it there with a question set to complete."""
    from eval.feedback import draft_lines, load_feedback, render_feedback

    log = load_feedback(path)
    typer.echo(render_feedback(log))
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "feedback.md").write_text(render_feedback(log), "utf-8")
        (folder / "feedback-questions.jsonl").write_text(draft_lines(log), "utf-8")
        typer.echo(f"待补答案的题集见 {folder / 'feedback-questions.jsonl'}。")


def _ask(
    dataset: Path | None, split: str | None, last: "Summary | None", floors: "Floors | None"
) -> "Report":
    from rich.console import Console
    from rich.progress import track

    from assistant.cli.progress import ProgressBar
    from assistant.settings import load_settings
    from assistant.wiring import build_assistant
    from eval.report import make_report, summarise
    from eval.runner import load_questions, run

    questions = [q for q in load_questions(dataset) if split in (None, q.split)]
    if not questions:
        raise OptionError("题集里没有要跑的题，请检查 --dataset 和 --split。")
    day = date.today()
    assistant = build_assistant(load_settings(), ProgressBar())
    shown = track(questions, "评测", console=Console(stderr=True))
    results = run(assistant, shown, day)
    summary = summarise(results, day, assistant.corpus.fingerprint())
    return make_report(results, summary, last, floors)


def _write(report: "Report", folder: Path) -> None:
    """Write ``report.md``, ``report.html`` and ``summary.json`` into ``folder``."""
    from eval.report import render_markdown, render_page

    folder.mkdir(parents=True, exist_ok=True)
    summary = json.dumps(report.summary.to_json(), ensure_ascii=False, indent=1)
    for name, text in (
        ("report.md", render_markdown(report)),
        ("report.html", render_page(report)),
        ("summary.json", summary + "\n"),
    ):
        (folder / name).write_text(text, "utf-8")
