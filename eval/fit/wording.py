"""Fits what a short text is by its wording: part of ``make fit``.

A clause of a letter asks or tells (``eval/data/letters.jsonl``); a turn of a conversation leans on
an earlier one or opens a topic (``eval/data/conversations.jsonl``). Prints the accuracy in five
folds; letters and conversations are held out as a whole.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.dialog import TOPIC, Topic, describe_topics
from assistant.question import character_ngrams, clauses_of, sentences_of
from corpus.language import fold
from corpus.loading import load_corpus
from corpus.shipped import write_sums
from eval.examples import load_conversations, read_rows
from eval.fit.fusion import fit_logit
from index.types import Vector

_C = 0.5
_RARE = 3
_SEED = 11
#: So many of the matters' asks stand beside the letters' clauses.
_ASKED = 600
_PENALTY = 3e-3
#: Weights smaller than this are left out.
_LEAST = 0.02


def clauses() -> Iterator[tuple[str, bool, int]]:
    """Every clause of the letters, whether it asks, and of which letter it is; also some of the
    matters' asks."""
    for number, row in enumerate(read_rows("letters.jsonl")):
        for text, asks in row["clauses"]:
            yield fold(text), bool(asks), number
    for row in read_rows("spoken.jsonl"):
        number += 1
        yield from ((clause, asks, number) for clause, asks in _of_spoken(row))
    asked = [text for matter in load_corpus().matters for ask in matter.ask for text in ask.asked]
    for text in random.Random(_SEED).sample(asked, min(_ASKED, len(asked))):  # noqa: S311
        yield fold(text), True, -1 - asked.index(text)


def _of_spoken(row: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """The clauses of a text, each with whether half of it or more is in one of its asks."""
    text = fold(row["question"])
    asked = [False] * len(text)
    for ask in row["asks"]:
        start = text.find(fold(ask["ask"]))
        asked[start : start + len(fold(ask["ask"]))] = [True] * len(fold(ask["ask"]))
    end = 0
    for clause in (c for sentence in sentences_of(text) for c in clauses_of(sentence)):
        start = text.index(clause, end)
        end = start + len(clause)
        yield clause, 2 * sum(asked[start:end]) >= len(clause)


def turns() -> Iterator[tuple[str, bool, int]]:
    """Every turn behind the first, whether it leans on an earlier one, and its conversation."""
    for number, row in enumerate(load_conversations()):
        for turn in row["turns"][1:]:
            if turn["kind"] != "talk":
                yield fold(turn["text"]), turn["kind"] in ("lean", "correct"), number


def held_out_logits(rows: Sequence[tuple[str, bool, int]]) -> Vector:
    """The log-odds that a model gives each row which has not seen its group."""
    texts, labels, groups = zip(*rows, strict=True)
    counts = ngram_counter().fit_transform(texts)
    model = LogisticRegression(C=_C, max_iter=2000)
    told: Vector = cross_val_predict(
        model, counts, labels, groups=groups, cv=GroupKFold(5), method="decision_function"
    )
    return told


def ngram_counter() -> CountVectorizer:
    """Tells which n-grams stand in folded texts."""
    return CountVectorizer(analyzer=lambda t: set(character_ngrams(t)), min_df=_RARE, binary=True)


def fit(rows: Sequence[tuple[str, bool, int]], name: str) -> dict[str, Any]:
    """The weights of a model for rows of text, label and group."""
    texts, labels, groups = zip(*rows, strict=True)
    counter = ngram_counter()
    counts = counter.fit_transform(texts)
    model = LogisticRegression(C=_C, max_iter=2000)
    told = cross_val_predict(model, counts, labels, groups=groups, cv=GroupKFold(5))
    right = np.mean(told == np.array(labels))
    Console().print(f"{name}: {right:.3f} of {len(texts)} right, {np.mean(labels):.3f} are")
    model.fit(counts, labels)
    weights = zip(counter.get_feature_names_out(), model.coef_[0], strict=True)
    return {
        "weights": {n: round(float(w), 3) for n, w in weights if abs(w) >= _LEAST},
        "intercept": round(float(model.intercept_[0]), 4),
    }


def fit_topics() -> dict[str, float]:
    """The weights by which a leaning turn chooses the topic that it goes on with."""
    groups = []
    for row in load_conversations():
        turns = row["turns"]
        for number, turn in enumerate(turns):
            if turn["leans_on"] is None:
                continue
            topics, openings = _topics_before(turns, number)
            if turn["leans_on"] in openings and len(topics) > 1:
                rows = describe_topics(fold(turn["text"]), topics)
                is_gold = np.array([o == turn["leans_on"] for o in openings])
                groups.append((rows, np.zeros(len(rows), np.float32), is_gold))
    weights = fit_logit(groups, _PENALTY)
    right = np.mean([bool(gold[int(np.argmax(rows @ weights))]) for rows, _, gold in groups])
    last = np.mean([bool(gold[-1]) for _, _, gold in groups])
    Console().print(f"topics: {right:.3f} of {len(groups)} right, the last one is for {last:.3f}")
    return {name: round(float(w), 3) for name, w in zip(TOPIC, weights, strict=True)}


def _topics_before(turns: Sequence[dict[str, Any]], number: int) -> tuple[list[Topic], list[int]]:
    """The topics before a turn as they were marked, the one that was gone on with last."""
    topics: dict[int, Topic] = {}
    for i, turn in enumerate(turns[:number]):
        text = fold(turn["text"])
        if turn["kind"] == "talk":
            continue
        on = turn["leans_on"]
        held = topics.pop(on, None) if on is not None else None
        if held is None:
            topics[i] = Topic(text)
        else:
            topics[on] = Topic(held.opening, (*held.continued, text)[-2:])
    return list(topics.values()), list(topics)


def write(package: str, file: str, fields: dict[str, Any]) -> None:
    """Write a model beside a package's modules."""
    path = Path(str(resources.files(package) / file))
    path.write_text(json.dumps(fields, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
    write_sums()


def main() -> None:
    """Fit all three."""
    write("assistant.question", "asking.json", fit(list(clauses()), "asks"))
    write("assistant.dialog", "leaning.json", fit(list(turns()), "leans"))
    write("assistant.dialog", "topics.json", fit_topics())


if __name__ == "__main__":
    main()
