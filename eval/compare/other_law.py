"""How well other fields of law are found: ``python -m eval.compare.other_law [--every N]``.

112 statutes of the data package that the corpus does not hold (labour, traffic, consumers, food …)
are put into use as a user adds texts, and ``eval/data/other_law.jsonl`` is asked: two questions on
each of some thousand articles, a short one and a letter, written by people who saw nothing but the
articles. Nothing was fitted on them.
"""

import argparse
import tempfile
from datetime import date
from pathlib import Path

from rich.console import Console

from assistant.cli.progress import ProgressBar
from assistant.documents import Details, add_documents
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_assistant, build_index, open_workspace
from corpus.key import Key
from eval.examples import read_rows
from eval.unprepared import lent, statute_files

_DAY = date(2026, 11, 28)
_DEPTHS = (1, 5, 10)


def main() -> None:
    """Print hit@1, hit@5 and hit@10, and how many are answered at all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="ask every Nth question only")
    rows = read_rows("other_law.jsonl")
    asked = rows[:: parser.parse_args().every]
    with tempfile.TemporaryDirectory() as made:
        settings = load_settings().model_copy(update={"data_dir": Path(made)})
        workspace = open_workspace(settings)
        paths = statute_files({Key.parse(row["gold"]).owner for row in rows}, Path(made))
        add_documents(workspace, paths, Details(), ProgressBar())
        build_index(workspace, ProgressBar())
        assistant = build_assistant(settings, ProgressBar(), workspace)
        ranks = []
        for row in asked:
            hits = assistant.search(Query(row["question"], _DAY), max(_DEPTHS))
            keys = [hit.passage.key for hit in hits]
            gold = lent(row["gold"])
            ranks.append(keys.index(gold) if gold in keys else max(_DEPTHS))
    shares = "，".join(f"hit@{k} {sum(r < k for r in ranks) / len(ranks):.3f}" for k in _DEPTHS)
    Console().print(f"{len(ranks)} 题：{shares}")


if __name__ == "__main__":
    main()
