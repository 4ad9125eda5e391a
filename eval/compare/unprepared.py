"""Questions about texts that nobody prepared: no lay wording, no matter, added as a user adds them.

``python -m eval.compare.unprepared FOLDER`` takes the regulations in FOLDER, statutes of the data
package that the corpus does not hold, and the texts in ``eval/data/texts``, puts each kind into use
in a workspace of its own, and asks ``eval/data/unprepared.jsonl``. The questions were written
beside the texts by people who saw nothing else of the project.
"""

import argparse
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from assistant.cli.progress import ProgressBar
from assistant.wiring import build_assistant
from eval.runner import Result, run
from eval.unprepared import KINDS, add_unprepared, load_unprepared, question_of


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one kind of text: how many questions it answers and how many it doesn't; the shares of
    those with a right article first and among the first five, answered rightly, and answered from
    foreign articles without a hedge; and the share of the others that is declined."""

    asked: int
    unanswerable: int
    hit_1: float
    hit_5: float
    right: float
    misleading: float
    declined: float


def measure(results: Sequence[Result]) -> Figures:
    """The figures of some results, of one kind of text."""
    asked = [r for r in results if r.question.expect != "decline"]
    others = [r for r in results if r.question.expect == "decline"]

    def share(flags: Iterable[bool], count: int) -> float:
        return sum(flags) / max(1, count)

    return Figures(
        len(asked),
        len(others),
        share((bool({*r.keys[:1]} & {*r.question.gold}) for r in asked), len(asked)),
        share((bool({*r.keys} & {*r.question.gold}) for r in asked), len(asked)),
        share((r.is_right for r in asked), len(asked)),
        share((r.judgement.misleading for r in asked), len(asked)),
        share((not r.is_answered for r in others), len(others)),
    )


def main() -> None:
    """Add the texts, ask, and print the figures by kind of text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the regulations, as .md files")
    folder = parser.parse_args().folder
    console = Console()
    # Each kind by itself: nobody has the plans of an invented city beside a province's regulations.
    for kind in KINDS:
        with tempfile.TemporaryDirectory() as made:
            settings, workspace = add_unprepared(folder, Path(made), (kind,))
            assistant = build_assistant(settings, ProgressBar(), workspace)
            for split in ("dev", "test"):
                of = [r for r in load_unprepared() if (r["category"], r["split"]) == (kind, split)]
                questions = [question_of(row, assistant.corpus) for row in of]
                found = measure(run(assistant, questions, date.today()))
                console.print(
                    f"{kind}，{split}：{found.asked} 问有答案，{found.unanswerable} 问没有；"
                    f"hit@1 {found.hit_1:.3f}，hit@5 {found.hit_5:.3f}，答对 {found.right:.3f}，"
                    f"误导 {found.misleading:.3f}，该拒的拒了 {found.declined:.3f}"
                )


if __name__ == "__main__":
    main()
