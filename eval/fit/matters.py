"""Fits which matter a question tells of, and which ask of it it means: part of ``make fit``.

The examples are what people say (``eval.examples``), those of the matters' own tellings and asks
that the question encoder was not trained on, each compared with all others but itself, both joined,
and questions that no matter answers. Of what people say those matters are right that answer such an
ask with the same article. Prints how often a right one comes first.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression

from assistant.finding import find
from assistant.matters import (
    ASK_FEATURES,
    MATTER_FEATURES,
    Told,
    describe_asks,
    describe_matters,
)
from assistant.question import read_letter, understand
from assistant.settings import load_settings
from assistant.types import Query
from assistant.wiring import build_index, open_workspace
from corpus.catalog import Corpus
from corpus.collections import AskKind, Matter
from corpus.language import count_words
from corpus.shipped import write_sums
from eval.examples import SpokenAsk, held_out_asks, held_out_tellings, load_spoken
from eval.metrics import Question
from eval.runner import load_questions
from index.opening import open_index
from index.search import HybridRetriever
from index.types import Vector

_C = 1.0
_KIND_C = 20.0
_SEED = 7
_DEPTH = 10
#: This share of the asks stand behind a telling, and at most so many examples are looked at.
_WITH_STORY = 0.6
_MOST = 2400
#: An article that more matters than this answer with does not tell which is meant.
_MOST_RIGHT = 8
#: So many asks tell the kinds apart.
_KINDS = 5000
_DAY = date(2026, 11, 28)


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what it tells: the matters that are right, none of all perhaps, each with those of
    its asks that are meant (none where that is not known)."""

    ask: str
    whole: str
    right: Mapping[str, frozenset[int]] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    #: A matter that is certainly not meant, where nothing is known of the others.
    only_not: Matter | None = None


def path() -> Path:
    """Where the weights are."""
    return Path(str(resources.files("assistant.matters") / "model.json"))


def tell(example: Example, retriever: HybridRetriever) -> Told:
    """The example as it is matched."""
    understanding = understand(Query(example.whole, _DAY), retriever.corpus)
    return Told(example.ask, example.whole, find(retriever, understanding, _DEPTH, _DAY))


def of_matters(matters: Sequence[Matter]) -> Iterator[Example]:
    """What those of the matters' own texts tell that the question encoder never saw."""
    draw = random.Random(_SEED)  # noqa: S311
    for matter in matters:
        tellings = held_out_tellings(matter)
        for telling in tellings:
            asks = read_letter(telling).asks
            right = {matter.id: frozenset[int]()}
            yield Example(asks[-1] if asks else telling, telling, right, (telling,))
        for number, ask in enumerate(matter.ask):
            for asked in held_out_asks(matter, ask):
                telling = draw.choice(tellings or matter.tellings)
                both = draw.random() < _WITH_STORY
                whole = f"{telling}。{asked}" if both else asked
                right = {matter.id: frozenset({number})}
                yield Example(asked, whole, right, (asked, telling) if both else (asked,))
        for text in matter.unlike:
            yield Example(text, text, own=(text,), only_not=matter)


def of_spoken(corpus: Corpus) -> Iterator[Example]:
    """What people say and the statutes answer; not what more matters than a few build on."""
    for spoken in load_spoken():
        if not spoken.is_held_out:
            continue
        for text, ask in spoken.as_read():
            if ask.by:
                right = _answering(ask, corpus)
                if len(right) <= _MOST_RIGHT:
                    yield Example(text, read_letter(spoken.text).digest, right)


def _answering(ask: SpokenAsk, corpus: Corpus) -> dict[str, frozenset[int]]:
    """The matters that have an ask of this kind which is carried by one of the articles."""
    keys = {target.partition("|")[0] for target in ask.by}
    right: dict[str, frozenset[int]] = {}
    for name in corpus.matters_of(ask.by[0].partition("|")[0]):
        meant = frozenset(
            number
            for number, own in enumerate(corpus.matters_by_id[name].ask)
            if ask.kind in (None, own.kind)
            and keys & {t.partition("|")[0] for s in own.statement for t in s.by}
        )
        if meant:
            right[name] = meant
    return right


def of_nothing() -> Iterator[Example]:
    """What no matter answers."""
    data = resources.files("eval") / "data"
    for name in ("out_of_scope.jsonl", "near_misses.jsonl"):
        for line in (data / name).read_text("utf-8").splitlines():
            fields = json.loads(line)
            text = fields.get("question") or fields.get("text") or ""
            if count_words(text):
                yield Example(text, text)


def of_questions(questions: Sequence[Question], matters: Sequence[Matter]) -> Iterator[Example]:
    """Questions whose articles carry no matter."""
    carried = {
        t.partition("|")[0] for m in matters for a in m.ask for s in a.statement for t in s.by
    }
    for question in questions:
        if question.split == "test" or question.turns or question.expect == "decline":
            continue
        if question.gold and not carried & {*question.gold, *question.also_ok}:
            yield Example(question.question, question.question)


def fit_matter(examples: Sequence[tuple[Example, Told]], retriever: HybridRetriever) -> Vector:
    """The weights of ``MATTER_FEATURES``."""
    rows: list[Vector] = []
    labels: list[bool] = []
    first = total = 0
    groups: list[tuple[list[Matter], Vector, Example]] = []
    for example, told in examples:
        candidates, described = describe_matters(told, retriever, example.own)
        if example.only_not:
            kept = [i for i, m in enumerate(candidates) if m is example.only_not]
        else:
            kept = list(range(len(candidates)))
        rows += [described[i] for i in kept]
        labels += [candidates[i].id in example.right for i in kept]
        if example.right:
            groups.append((candidates, described, example))
    model = LogisticRegression(C=_C, max_iter=5000, fit_intercept=False).fit(rows, labels)
    weights: Vector = model.coef_[0].astype(np.float32)
    for candidates, described, example in groups:
        total += 1
        first += candidates[int(np.argmax(described @ weights))].id in example.right
    Console().print(f"matters: {first}/{total} right first; {len(rows)} rows")
    return weights


def fit_ask(examples: Sequence[tuple[Example, Told]], retriever: HybridRetriever) -> Vector:
    """The weights of ``ASK_FEATURES``."""
    rows: list[Vector] = []
    labels: list[bool] = []
    groups: list[tuple[Vector, frozenset[int]]] = []
    for example, told in examples:
        candidates, _ = describe_matters(told, retriever, example.own)
        matter = next((m for m in candidates if example.right.get(m.id)), None)
        if matter is None:
            continue
        described = describe_asks(told, matter, retriever, example.own)
        meant = example.right[matter.id]
        rows += list(described)
        labels += [i in meant for i in range(len(described))]
        groups.append((described, meant))
    model = LogisticRegression(C=_C, max_iter=5000, fit_intercept=False).fit(rows, labels)
    weights: Vector = model.coef_[0].astype(np.float32)
    right = sum(int(np.argmax(described @ weights)) in meant for described, meant in groups)
    Console().print(f"asks: {right}/{len(groups)} right first")
    return weights


def fit_kinds(matters: Sequence[Matter], retriever: HybridRetriever) -> Vector:
    """The weights of an ask's kind, shape (kinds, dimension + 1), of ``AskKind`` in its order."""
    asked = [(text, ask.kind) for m in matters for ask in m.ask for text in ask.asked]
    asked = random.Random(_SEED).sample(asked, min(_KINDS, len(asked)))  # noqa: S311
    spoken = [
        (text, ask.kind, not s.is_held_out)
        for s in load_spoken()
        for text, ask in s.as_read()
        if ask.kind
    ]
    assert retriever.matters is not None
    asked += [(text, kind) for text, kind, is_seen in spoken if is_seen]
    vectors = np.stack([retriever.matters.vector(text) for text, _ in asked])
    order = list(AskKind)
    labels = [order.index(kind) for _, kind in asked]
    model = LogisticRegression(C=_KIND_C, max_iter=2000).fit(vectors, labels)
    weights = np.full((len(order), vectors.shape[1] + 1), 0.0, dtype=np.float32)
    weights[:, -1] = -20.0
    for row, label in enumerate(model.classes_):
        weights[label] = [*model.coef_[row], model.intercept_[row]]
    unseen = [(text, kind) for text, kind, is_seen in spoken if not is_seen]
    vectors = np.stack([retriever.matters.vector(text) for text, _ in unseen])
    right = model.score(vectors, [order.index(kind) for _, kind in unseen])
    Console().print(f"kinds: {right:.3f} of {len(unseen)} that people said")
    return weights


def write(matter: Vector, ask: Vector, kinds: Vector) -> None:
    """Write the weights."""
    fields = {
        "matter": dict(
            zip(MATTER_FEATURES, np.round(matter.astype(float), 4).tolist(), strict=True)
        ),
        "ask": dict(zip(ASK_FEATURES, np.round(ask.astype(float), 4).tolist(), strict=True)),
        "kinds": np.round(kinds.astype(float), 2).tolist(),
    }
    path().write_text(json.dumps(fields, ensure_ascii=False) + "\n", "utf-8")
    write_sums()


def main() -> None:
    """Fit all three and write them."""
    settings = load_settings()
    workspace = open_workspace(settings)
    build_index(workspace, lambda _done, _total: None)
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    matters = retriever.corpus.matters
    kinds = fit_kinds(matters, retriever)
    empty = [np.zeros(len(names), np.float32) for names in (MATTER_FEATURES, ASK_FEATURES)]
    write(empty[0], empty[1], kinds)
    own = list(of_matters(matters))
    examples = [*own, *of_nothing(), *of_questions(load_questions(), matters)]
    examples = random.Random(_SEED).sample(examples, min(_MOST, len(examples)))  # noqa: S311
    examples += of_spoken(retriever.corpus)
    told = [(example, tell(example, retriever)) for example in examples]
    matter = fit_matter(told, retriever)
    ask = fit_ask(told, retriever)
    write(matter, ask, kinds)


if __name__ == "__main__":
    main()
