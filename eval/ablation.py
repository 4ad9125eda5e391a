"""What each part of the retriever brings: ``python -m eval.ablation`` prints a table.

Every variant answers the same questions in one run, one question after the other, so that a busy
machine slows all of them alike. Needs the extra ``eval``.
"""

import copy
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
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
from index.retriever import HybridRetriever

#: The categories of the table, with their headings.
CATEGORIES = {"law": "法律", "policy": "政策", "dialog": "追问"}
DEPTHS = (1, 5)

#: The variant that the others are compared with.
FULL = "full"


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to retrieve. ``find`` gives keys, best first; ``retrieve`` is what is timed."""

    title: str
    find: Callable[[Query, Understanding], Sequence[str]]
    retrieve: Callable[[Understanding], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a variant did: by category and depth whether each question was hit, and its times."""

    hits: dict[tuple[str, int], list[bool]] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)

    def first(self) -> list[bool]:
        """Whether the first key was right, over all questions."""
        return [hit for category in CATEGORIES for hit in self.hits.get((category, 1), [])]


def _hybrid(title: str, retriever: HybridRetriever, day: date) -> Variant:
    """A hybrid retriever inside the assistant, which puts what is named first."""
    assistant = Assistant(lambda: retriever)
    return Variant(
        title,
        lambda query, _: [hit.passage.key for hit in assistant.search(query, max(DEPTHS))],
        lambda u: retriever.retrieve(u.search_text, max(DEPTHS), day, preference(u)),
    )


def _reweighted(retriever: HybridRetriever, **weights: float) -> HybridRetriever:
    """The same retriever with some weights changed; a ranking with weight 0 decides nothing."""
    changed = copy.copy(retriever)
    changed._weights = replace(retriever._weights, **weights)  # type: ignore[arg-type]
    return changed


def variants(workspace: Workspace, day: date) -> dict[str, Variant]:
    """All rows of the table by name."""
    from eval.baseline import LangChainBaseline

    full = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    text = copy.copy(full)
    text._lay = None
    baseline = LangChainBaseline(full.corpus, workspace.embedder, day)

    def unrouted(understanding: Understanding) -> list[str]:
        found = full.retrieve(
            understanding.search_text, max(DEPTHS), day, preference(understanding)
        )
        return [hit.passage.key for hit in found]

    def stock(understanding: Understanding) -> list[str]:
        return baseline.retrieve(understanding.search_text, max(DEPTHS))

    without = {
        "no-text-words": ("去掉：条文 BM25", {"text_words": 0.0}),
        "no-text-meaning": ("去掉：条文向量", {"text_meaning": 0.0}),
        "no-lay-words": ("去掉：口语 BM25", {"lay_words": 0.0}),
        "no-lay-meaning": ("去掉：口语向量", {"lay_meaning": 0.0}),
        "no-routing": ("去掉：偏向（routing）", {"preferred": 0.0}),
    }
    return {
        FULL: _hybrid("完整检索器", full, day),
        **{
            name: _hybrid(title, _reweighted(full, **weights), day)
            for name, (title, weights) in without.items()
        },
        "no-named": Variant("去掉：点名的条文、主题排在最前", lambda _, u: unrouted(u), unrouted),
        "text-only": _hybrid("只用条文（没有口语说法）", text, day),
        "langchain": Variant("LangChain 现成组合", lambda _, u: stock(u), stock),
    }


def measure(
    rows: Mapping[str, Variant],
    questions: Sequence[Question],
    workspace: Workspace,
    day: date,
) -> tuple[dict[str, Measured], list[float]]:
    """What each row did, and the milliseconds of embedding each question alone."""
    corpus = workspace.corpus()
    measured = {name: Measured() for name in rows}
    embedding: list[float] = []
    for question in questions:
        turns = question.turns or (question.question,)
        query = Query(turns[-1], day, history=turns[:-1])
        understanding = understand(query, corpus)
        encode = partial(workspace.embedder.encode_query, understanding.search_text)
        embedding.append(_time(encode))
        for name, row in rows.items():
            keys = row.find(query, understanding)
            for depth in DEPTHS:
                hits = measured[name].hits.setdefault((question.category, depth), [])
                hits.append(hit_at(keys, question.gold, depth))
            measured[name].milliseconds.append(_time(partial(row.retrieve, understanding)))
    return measured, embedding


def _time(call: Callable[[], Any]) -> float:
    started = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - started)


def render(
    rows: Mapping[str, Variant], measured: Mapping[str, Measured], embedding: Sequence[float]
) -> str:
    """The table in Markdown; intervals are 95 %."""
    base = statistics.median(embedding)
    counts = {c: len(measured[FULL].hits.get((c, 1), [])) for c in CATEGORIES}
    shown = {c: title for c, title in CATEGORIES.items() if counts[c]}
    header = ["行", "检索器"]
    header += [f"{title} hit@{k}（{counts[c]} 题）" for c, title in shown.items() for k in DEPTHS]
    header += ["hit@1 少对／多对", "p50 毫秒", "与嵌入之比"]
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    for name, row in rows.items():
        result = measured[name]
        pairs = list(zip(measured[FULL].first(), result.first(), strict=True))
        lost = sum(full and not own for full, own in pairs)
        gained = sum(own and not full for full, own in pairs)
        p50 = statistics.median(result.milliseconds)
        cells = [f"`{name}`", row.title]
        cells += [_share(result.hits[c, k]) for c in shown for k in DEPTHS]
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
    typer.echo(render(rows, *measure(rows, questions, workspace, day)))


if __name__ == "__main__":
    typer.run(main)
