"""Questions about texts that nobody prepared: no lay wording, no matter, added as a user adds them.

``python -m eval.compare.unprepared FOLDER`` takes the regulations in FOLDER, statutes of the data
package that the corpus does not hold, and the texts in ``eval/data/texts``, puts them into use in a
workspace of its own, and asks ``eval/data/unprepared.jsonl``. The questions were written beside the
texts by people who saw nothing else of the project.
"""

import argparse
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from rich.console import Console

from assistant.cli.progress import ProgressBar
from assistant.documents import Details, add_documents
from assistant.settings import load_settings
from assistant.wiring import build_assistant, open_workspace
from corpus.catalog import Corpus
from corpus.collections import find_collection, read_collection
from corpus.statutes import StatuteEntry, load_statutes
from eval.examples import read_rows
from eval.metrics import Question
from eval.runner import Result, run


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


def statute_files(titles: Iterable[str], folder: Path) -> list[Path]:
    """The statutes of the data package with these titles, each written as a file of its own."""
    collection = find_collection("statutes", None)
    entries = [StatuteEntry(title) for title in sorted(set(titles))]
    read = load_statutes(entries, "", collection / "repairs.toml", read_collection(collection))
    latest = {
        document.title: document for document in sorted(read, key=lambda d: d.adopted or date.min)
    }
    paths = []
    for title, document in latest.items():
        lines = [f"# {title}"]
        lines += [f"{article.label}　{article.text}" for article in document.articles]
        path = folder / f"{title}.md"
        path.write_text("\n\n".join(lines) + "\n", "utf-8")
        paths.append(path)
    return paths


def question_of(row: Mapping[str, Any], corpus: Corpus) -> Question:
    """A row as a question; where it quotes its text (the cells of a table
    with ｜ between), the gold keys are where that stands."""
    gold = list(row["gold"])
    for quoted in row.get("gold_text", ()):
        gold += [
            article.key
            for document in corpus.documents
            if document.title in corpus.added
            for article in document.articles
            if all(piece in article.text for piece in quoted.split("｜"))
        ]
    return Question.from_json({**row, "gold": gold})


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
    rows = read_rows("unprepared.jsonl")
    own = Path(str(resources.files("eval") / "data" / "texts"))
    titles = {r["document"] for r in rows if r["category"] == "statute"}
    console = Console()
    with tempfile.TemporaryDirectory() as made:
        settings = load_settings().model_copy(update={"data_dir": Path(made)})
        workspace = open_workspace(settings)
        paths = [*sorted(folder.glob("*.md")), *sorted(own.glob("*.md"))]
        paths += statute_files(titles, Path(made))
        add_documents(workspace, paths, Details(), ProgressBar())
        assistant = build_assistant(settings, ProgressBar(), workspace)
        for kind in dict.fromkeys((r["category"], r["split"]) for r in rows):
            of = [r for r in rows if (r["category"], r["split"]) == kind]
            questions = [question_of(row, assistant.corpus) for row in of]
            found = measure(run(assistant, questions, date.today()))
            console.print(
                f"{'，'.join(kind)}：{found.asked} 问有答案，{found.unanswerable} 问没有；"
                f"hit@1 {found.hit_1:.3f}，hit@5 {found.hit_5:.3f}，答对 {found.right:.3f}，"
                f"误导 {found.misleading:.3f}，该拒的拒了 {found.declined:.3f}"
            )


if __name__ == "__main__":
    main()
