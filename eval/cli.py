"""The command ``ecopolicy eval``, registered as an entry point of the command line."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

# What runs the questions takes seconds to import; it is imported when it is needed.


def evaluate(
    dataset: Annotated[Path | None, typer.Option(help="题集（JSONL），默认用自带的")] = None,
    report: Annotated[Path | None, typer.Option(help="报告写到的文件夹")] = None,
    split: Annotated[str | None, typer.Option(help="只跑这一部分，如 dev、test")] = None,
) -> None:
    """跑一遍题集，打印检索和回答的成绩。"""
    from assistant.progress import ProgressBar
    from assistant.settings import load_settings
    from assistant.wiring import build_assistant
    from eval.report import render
    from eval.runner import load_questions, run

    questions = load_questions(dataset)
    if split:
        questions = [question for question in questions if question.split == split]
    day = date.today()
    results = run(build_assistant(load_settings(), ProgressBar()), questions, day)
    text = render(results, day)
    typer.echo(text)
    if report:
        report.mkdir(parents=True, exist_ok=True)
        (report / "report.md").write_text(text, "utf-8")
