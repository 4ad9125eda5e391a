"""What each part of the retriever brings: ``python -m eval.compare.ablation`` prints a table.

Every row answers the same questions. Each question is embedded once, and rows that only weigh anew
share its candidates.
How long retrieval takes is measured by ``eval.bench.bench``. Needs the extra ``eval``.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.progress import ProgressBar
from assistant.dialog import resolve
from assistant.finding import find
from assistant.question import Understanding, understand
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_index, open_workspace
from corpus.catalog import Corpus
from corpus.language import Speller
from eval.compare.variants import RankFusion, RememberingEmbedder, VariedRetriever
from eval.metrics import Question, hit_at
from eval.report import bootstrap_share
from eval.runner import load_questions
from index.embedders import load_question_encoder
from index.opening import open_index
from index.search import Fusion, HybridRetriever, load_fusion
from index.types import Retrieval

#: The groups of the table: heading → categories of the question set.
GROUPS = {
    "法律": ("law",),
    "政策": ("policy",),
    "追问": ("dialog",),
    "点名": ("lookup", "repealed"),
}
DEPTHS = (1, 5)

#: The row that the others are compared with.
FULL = "full"

#: Keys for a question, best first.
Find = Callable[[Query, Understanding], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A way to retrieve."""

    title: str
    find: Find


@dataclass(frozen=True, slots=True)
class Run:
    """``hits[row][group, depth]``: whether each question of the group was hit."""

    hits: Mapping[str, Mapping[tuple[str, int], Sequence[bool]]]

    def first(self, row: str) -> list[bool]:
        """Whether the first key was right, over all questions."""
        return [hit for group in GROUPS for hit in self.hits[row].get((group, 1), [])]


def without(fusion: Fusion, *rankings: str) -> Fusion:
    """The weights with those of these rankings zero; all others stay as they were fitted."""
    features = {
        name: 0.0 if name.startswith(rankings) else weight
        for name, weight in fusion.features.items()
    }
    return replace(fusion, features=features)


def uncorrected(corpus: Corpus) -> Corpus:
    """The corpus with a speller that knows no term."""
    other = copy(corpus)
    vars(other)["speller"] = Speller((), {})
    return other


def _assisted(retriever: HybridRetriever, day: date) -> Find:
    """A retriever as the assistant asks it."""
    return lambda query, _: _keys(resolve(query, retriever, max(DEPTHS)).found)


def _unnamed(retriever: HybridRetriever, day: date) -> Find:
    """What the question names has no advantage."""
    return lambda _, understanding: _keys(
        find(retriever, replace(understanding, references=(), theme=None), max(DEPTHS), day)
    )


def _unspelled(retriever: HybridRetriever, day: date) -> Find:
    corpus = uncorrected(retriever.corpus)
    return lambda query, understanding: _keys(
        find(retriever, understand(query, corpus, understanding.subject), max(DEPTHS), day)
    )


def _stock(corpus: Corpus, day: date) -> Find:
    """LangChain's own parts, asked with the same completed question."""
    from eval.compare.baseline import LangChainBaseline

    baseline = LangChainBaseline(corpus, load_question_encoder(), day)
    return lambda _, understanding: baseline.retrieve(understanding.search_text, max(DEPTHS))


def _keys(found: Retrieval) -> list[str]:
    return [hit.passage.key for hit in found.hits]


def table_rows(full: VariedRetriever, day: date) -> dict[str, Row]:
    """All rows of the table by name."""
    fitted = load_fusion()
    ranked = full.weighed(RankFusion({}, {}, {}))

    def lacking(*rankings: str) -> Find:
        return _assisted(full.weighed(without(fitted, *rankings)), day)

    return {
        FULL: Row("完整检索器", _assisted(full, day)),
        "no-text-words": Row("去掉：条文 BM25", lacking("text_words")),
        "no-text-meaning": Row("去掉：条文向量", lacking("text_meaning")),
        "no-text-reading": Row("去掉：条文逐词", lacking("text_reading")),
        "no-lay-words": Row("去掉：口语 BM25", lacking("lay_words")),
        "no-lay-meaning": Row("去掉：口语向量", lacking("lay_meaning")),
        "text-only": Row("只用条文（去掉两个口语名次）", lacking("lay_words", "lay_meaning")),
        "no-preferences": Row("去掉：偏向", _assisted(full.without_preferences(), day)),
        "no-named": Row("去掉：点名在前", _unnamed(full, day)),
        "no-spelling": Row("去掉：同音字改正", _unspelled(full, day)),
        "thesaurus": Row("加上：同义词表扩展条文 BM25", _assisted(full.widened(), day)),
        "rrf": Row("五个名次等权 RRF，没有偏向", _assisted(ranked, day)),
        "langchain": Row("LangChain 现成组合", _stock(full.corpus, day)),
    }


def has_answer(question: Question) -> bool:
    """Whether there is something to retrieve."""
    return bool(question.gold) and question.expect != "decline"


def measure(
    rows: Mapping[str, Row], questions: Sequence[Question], full: HybridRetriever, day: date
) -> Run:
    """Ask every row every question."""
    groups = {category: group for group, names in GROUPS.items() for category in names}
    hits: dict[str, dict[tuple[str, int], list[bool]]] = {name: defaultdict(list) for name in rows}
    for question in questions:
        turns = question.turns or (question.question,)
        query = Query(turns[-1], day, history=turns[:-1])
        understanding = resolve(query, full, 1).understanding
        for name, row in rows.items():
            keys = row.find(query, understanding)
            for depth in DEPTHS:
                found = hit_at(keys, question.gold, depth)
                hits[name][groups[question.category], depth].append(found)
    return Run(hits)


def render(rows: Mapping[str, Row], run: Run) -> str:
    """The table in Markdown; intervals are 95 %."""
    counts = {group: len(run.hits[FULL].get((group, 1), [])) for group in GROUPS}
    shown = [group for group in GROUPS if counts[group]]
    header = ["行", "检索器"]
    header += [f"{group} hit@{k}（{counts[group]} 题）" for group in shown for k in DEPTHS]
    header.append("hit@1 少对／多对")
    lines = ["| " + " | ".join(header) + " |", "|" + " --- |" * len(header)]
    for name, row in rows.items():
        pairs = list(zip(run.first(FULL), run.first(name), strict=True))
        lost = sum(full and not own for full, own in pairs)
        gained = sum(own and not full for full, own in pairs)
        cells = [f"`{name}`", row.title]
        cells += [_share(run.hits[name][group, k]) for group in shown for k in DEPTHS]
        cells.append("—" if name == FULL else f"−{lost}／+{gained}")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _share(outcomes: Sequence[bool]) -> str:
    share = bootstrap_share(outcomes)
    return f"{share.value:.3f} [{share.low:.2f}, {share.high:.2f}]"


def main(
    split: Annotated[str, typer.Option(help="题集的哪一部分：train、dev、test")] = "test",
    row: Annotated[
        list[str] | None, typer.Option(help="只跑这一行（可多次），完整检索器总会一起跑")
    ] = None,
    questions: Annotated[Path | None, typer.Option(help="题集（JSONL），默认用自带的")] = None,
) -> None:
    """打印消融表。"""
    day = date.today()
    workspace = open_workspace(load_settings())
    workspace = replace(workspace, embedder=RememberingEmbedder(workspace.embedder))
    build_index(workspace, ProgressBar())
    corpus = workspace.corpus()
    full = VariedRetriever(open_index(workspace.folder, corpus, workspace.embedder))
    rows = table_rows(full, day)
    if unknown := [name for name in row or () if name not in rows]:
        raise typer.BadParameter(f"没有这一行：{'、'.join(unknown)}。可选：{'、'.join(rows)}")
    if row:
        rows = {name: found for name, found in rows.items() if name in {FULL, *row}}
    asked = {category for names in GROUPS.values() for category in names}
    chosen = [
        question
        for question in load_questions(questions)
        if question.split == split and question.category in asked and has_answer(question)
    ]
    if not chosen:
        raise typer.BadParameter(f"题集里没有“{split}”这一部分。")
    typer.echo(render(rows, measure(rows, chosen, full, day)))


if __name__ == "__main__":
    typer.run(main)
