"""Texts that nobody prepared, added as a user adds them, and what is asked of them.

The regulations of a folder, statutes of the data package that the corpus does not hold, and the
texts in ``eval/data/texts``. ``eval/data/unprepared.jsonl`` was written beside them by people who
saw nothing else of the project; it is split by document.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from assistant.cli.progress import ProgressBar
from assistant.documents import Details, add_documents
from assistant.settings import Settings, load_settings
from assistant.wiring import Workspace, build_index, open_workspace
from corpus.catalog import Corpus
from corpus.collections import find_collection, read_collection
from corpus.key import Key
from corpus.statutes import StatuteEntry, load_statutes
from eval.examples import read_rows
from eval.metrics import Question

#: The kinds of texts.
KINDS = ("regulation", "statute", "own")
#: Nobody may add a text under the title of a statute of the data package, though the corpus lacks
#: it: here such a one comes as a law of another country.
_OWN_COUNTRY, _OTHER_COUNTRY = "中华人民共和国", "邻国"


def add_unprepared(
    folder: Path, made: Path, kinds: Collection[str] = KINDS
) -> tuple[Settings, Workspace]:
    """A workspace in ``made`` with the texts of these kinds in use; ``folder`` has the
    regulations."""
    own = Path(str(resources.files("eval") / "data" / "texts"))
    titles = {r["document"] for r in load_unprepared() if r["category"] == "statute"}
    paths: list[Path] = []
    if "regulation" in kinds:
        paths += sorted(folder.glob("*.md"))
    if "own" in kinds:
        paths += sorted(own.glob("*.md"))
    if "statute" in kinds:
        paths += statute_files(titles, made)
    settings = load_settings().model_copy(update={"data_dir": made})
    workspace = open_workspace(settings)
    add_documents(workspace, paths, Details(), ProgressBar())
    build_index(workspace, ProgressBar())
    return settings, workspace


def load_unprepared() -> list[dict[str, Any]]:
    """All rows."""
    return read_rows("unprepared.jsonl")


def lent(name: str) -> str:
    """The title under which a statute with this title is added, and so with the key of an
    article."""
    return f"{_OTHER_COUNTRY}{name.removeprefix(_OWN_COUNTRY)}"


def question_of(row: Mapping[str, Any], corpus: Corpus) -> Question:
    """A row as a question, its keys as the texts were added; where it quotes its text (the cells of
    a table with ｜ between), the gold keys are where that stands."""
    gold, also = (
        [lent(key) if Key.parse(lent(key)).owner in corpus.added else key for key in keys]
        for keys in (row["gold"], row["also_ok"])
    )
    for quoted in row.get("gold_text", ()):
        gold += [
            article.key
            for document in corpus.documents
            if document.title in corpus.added
            for article in document.articles
            if all(piece in article.text for piece in quoted.split("｜"))
        ]
    return Question.from_json({**row, "gold": gold, "also_ok": also})


def statute_files(titles: Iterable[str], folder: Path) -> list[Path]:
    """The statutes of the data package with these titles, each written as a file of its own under
    a title that is free."""
    collection = find_collection("statutes", None)
    entries = [StatuteEntry(title) for title in sorted(set(titles))]
    read = load_statutes(entries, "", collection / "repairs.toml", read_collection(collection))
    latest = {
        document.title: document for document in sorted(read, key=lambda d: d.adopted or date.min)
    }
    paths = []
    for title, document in latest.items():
        lines = [f"# {lent(title)}"]
        lines += [f"{article.label}　{article.text}" for article in document.articles]
        path = folder / f"{title}.md"
        path.write_text("\n\n".join(lines) + "\n", "utf-8")
        paths.append(path)
    return paths
