"""What each part of the retriever brings: ``python -m eval.ablation`` prints a table.

Every variant answers the same questions in one run, one question after the other, so that a busy
machine slows all of them alike. Needs the extra ``eval``.
"""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

import typer

from assistant.pipeline import Assistant
from assistant.routing import preference
from assistant.settings import load_settings
from assistant.types import Query
from assistant.understanding import Understanding, understand
from assistant.wiring import Workspace, open_workspace
from eval.metrics import Question, hit_at
from eval.runner import load_questions
from eval.statistics import bootstrap_share
from index.build import open_index
from index.field import SearchField
from index.retriever import HybridRetriever
from index.types import Preference, Retrieval

#: The categories of the table, with their headings.
CATEGORIES = {"law": "法律", "policy": "政策", "dialog": "追问"}
DEPTHS = (1, 5)

#: The variant that the others are compared with.
FULL = "full"


class ClockedRetriever(HybridRetriever):
    """Notes how long each retrieval took; without ``routed`` it prefers nothing."""

    routed = True

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.milliseconds: list[float] = []

    def retrieve(
        self, question: str, k: int, day: date, prefer: Preference | None = None
    ) -> Retrieval:
        """What the hybrid retriever gives."""
        started = time.perf_counter()
        found = super().retrieve(question, k, day, prefer if self.routed else None)
        self.milliseconds.append(1000 * (time.perf_counter() - started))
        return found


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to retrieve: ``find`` gives keys, best first, ``milliseconds`` fills as it works."""

    title: str
    find: Callable[[Query, Understanding], Sequence[str]]
    milliseconds: list[float]


@dataclass(frozen=True, slots=True)
class Run:
    """``hits[row][category, depth]``: whether each question was hit; milliseconds by row.

    ``embedding`` are the milliseconds of embedding each question and nothing else.
    """

    hits: Mapping[str, Mapping[tuple[str, int], Sequence[bool]]]
    milliseconds: Mapping[str, Sequence[float]]
    embedding: Sequence[float]

    def first(self, row: str) -> list[bool]:
        """Whether the first key was right, over all questions."""
        return [hit for category in CATEGORIES for hit in self.hits[row].get((category, 1), [])]


def _assisted(title: str, retriever: ClockedRetriever) -> Variant:
    """A retriever inside the assistant, which puts what is named first."""
    assistant = Assistant(lambda: retriever)
    return Variant(
        title,
        lambda query, _: [hit.passage.key for hit in assistant.search(query, max(DEPTHS))],
        retriever.milliseconds,
    )


def _unnamed(title: str, retriever: ClockedRetriever, day: date) -> Variant:
    """A retriever alone: what the question names has no advantage."""

    def find(_: Query, understanding: Understanding) -> list[str]:
        prefer = preference(understanding)
        found = retriever.retrieve(understanding.search_text, max(DEPTHS), day, prefer)
        return [hit.passage.key for hit in found.hits]

    return Variant(title, find, retriever.milliseconds)


def _stock(title: str, workspace: Workspace, day: date) -> Variant:
    """LangChain's own parts, asked with the same completed question."""
    from eval.baseline import LangChainBaseline

    baseline = LangChainBaseline(workspace.corpus(), workspace.embedder, day)
    milliseconds: list[float] = []

    def find(_: Query, understanding: Understanding) -> list[str]:
        started = time.perf_counter()
        keys = baseline.retrieve(understanding.search_text, max(DEPTHS))
        milliseconds.append(1000 * (time.perf_counter() - started))
        return keys

    return Variant(title, find, milliseconds)


def variants(workspace: Workspace, day: date) -> dict[str, Variant]:
    """All rows of the table by name; a ranking with weight 0 decides nothing."""
    full = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    passages = full.corpus.passages()

    def made(lay: SearchField | None = full._lay, **weights: float) -> ClockedRetriever:
        changed = replace(full._weights, **weights)  # type: ignore[arg-type]
        return ClockedRetriever(full.corpus, passages, full._text, lay, workspace.embedder, changed)

    unrouted = made()
    unrouted.routed = False
    return {
        FULL: _assisted("完整检索器", made()),
        "no-text-words": _assisted("去掉：条文 BM25", made(text_words=0.0)),
        "no-text-meaning": _assisted("去掉：条文向量", made(text_meaning=0.0)),
        "no-lay-words": _assisted("去掉：口语 BM25", made(lay_words=0.0)),
        "no-lay-meaning": _assisted("去掉：口语向量", made(lay_meaning=0.0)),
        "no-routing": _assisted("去掉：偏向（routing）", unrouted),
        "no-named": _unnamed("去掉：点名的条文、主题排在最前", made(), day),
        "text-only": _assisted("只用条文（没有口语说法）", made(lay=None)),
        "langchain": _stock("LangChain 现成组合", workspace, day),
    }


def measure(
    rows: Mapping[str, Variant],
    questions: Sequence[Question],
    workspace: Workspace,
    day: date,
) -> Run:
    """Ask every row every question."""
    corpus = workspace.corpus()
    hits: dict[str, dict[tuple[str, int], list[bool]]] = {name: defaultdict(list) for name in rows}
    embedding: list[float] = []
    for row in rows.values():
        row.milliseconds.clear()
    for question in questions:
        turns = question.turns or (question.question,)
        query = Query(turns[-1], day, history=turns[:-1])
        understanding = understand(query, corpus)
        started = time.perf_counter()
        workspace.embedder.encode_query(understanding.search_text)
        embedding.append(1000 * (time.perf_counter() - started))
        for name, row in rows.items():
            keys = row.find(query, understanding)
            for depth in DEPTHS:
                hits[name][question.category, depth].append(hit_at(keys, question.gold, depth))
    return Run(hits, {name: list(row.milliseconds) for name, row in rows.items()}, embedding)


def render(rows: Mapping[str, Variant], run: Run) -> str:
    """The table in Markdown; intervals are 95 %."""
    base = statistics.median(run.embedding)
    counts = {category: len(run.hits[FULL].get((category, 1), [])) for category in CATEGORIES}
    shown = {category: title for category, title in CATEGORIES.items() if counts[category]}
    header = ["行", "检索器"]
    header += [f"{title} hit@{k}（{counts[c]} 题）" for c, title in shown.items() for k in DEPTHS]
    header += ["hit@1 少对／多对", "p50 毫秒", "与嵌入之比"]
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    for name, row in rows.items():
        pairs = list(zip(run.first(FULL), run.first(name), strict=True))
        lost = sum(full and not own for full, own in pairs)
        gained = sum(own and not full for full, own in pairs)
        p50 = statistics.median(run.milliseconds[name])
        cells = [f"`{name}`", row.title]
        cells += [_share(run.hits[name][c, k]) for c in shown for k in DEPTHS]
        cells += ["—" if name == FULL else f"−{lost}／+{gained}"]
        cells += [f"{p50:.1f}", f"{p50 / base:.2f}"]
        lines.append("| " + " | ".join(cells) + " |")
    lines += ["", f"只算问题的嵌入：p50 {base:.1f} 毫秒。"]
    return "\n".join(lines)


def _share(outcomes: Sequence[bool]) -> str:
    share = bootstrap_share(outcomes)
    return f"{share.value:.2f} [{share.low:.2f}, {share.high:.2f}]"


def main(
    split: Annotated[str, typer.Option(help="题集的哪一部分：train、dev、test")] = "test",
    row: Annotated[
        list[str] | None, typer.Option(help="只跑这一行（可多次），完整检索器总会一起跑")
    ] = None,
) -> None:
    """打印消融表。"""
    day = date.today()
    workspace = open_workspace(load_settings())
    rows = variants(workspace, day)
    if unknown := [name for name in row or () if name not in rows]:
        raise typer.BadParameter(f"没有这一行：{'、'.join(unknown)}。可选：{'、'.join(rows)}")
    if row:
        rows = {name: variant for name, variant in rows.items() if name in {FULL, *row}}
    questions = [q for q in load_questions() if q.split == split and q.category in CATEGORIES]
    if not questions:
        raise typer.BadParameter(f"题集里没有“{split}”这一部分。")
    measure(rows, questions[:3], workspace, day)  # Warms up what is loaded on first use.
    typer.echo(render(rows, measure(rows, questions, workspace, day)))


if __name__ == "__main__":
    typer.run(main)
