"""Fits whether a turn of a conversation leans on an earlier one: part of ``make fit``.

First by its wording (``eval.fit.wording``), then together with how near it is to the turn before.
Conversations are held out as a whole; prints what is told right in five folds.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from rich.console import Console
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.preprocessing import StandardScaler

from assistant.dialog import LEANING, describe_turn
from assistant.settings import load_settings
from assistant.wiring import build_index, open_workspace
from corpus.language import fold
from eval.examples import load_conversations
from eval.fit.wording import held_out_logits, write
from index.opening import open_index
from index.search import HybridRetriever
from index.types import Vector

_C = 1.0
_FILE = "leans.json"


def turns() -> Iterator[tuple[str, str, bool, int]]:
    """Every turn behind the first: it, the one before, whether it leans, its conversation."""
    for number, row in enumerate(load_conversations()):
        said = [turn for turn in row["turns"] if turn["kind"] != "talk"]
        for before, turn in pairwise(said):
            yield turn["text"], before["text"], turn["kind"] != "new", number


def describe(retriever: HybridRetriever) -> tuple[Vector, list[bool], list[int]]:
    """Rows of ``LEANING``, whether each leans, and its conversation.

    The wording's log-odds are those of a model that has not seen the conversation.
    """
    rows = list(turns())
    texts, _, labels, groups = (list(column) for column in zip(*rows, strict=True))
    described = np.stack([describe_turn(text, before, retriever) for text, before, _, _ in rows])
    folded = [(fold(t), label, g) for t, label, g in zip(texts, labels, groups, strict=True)]
    described[:, LEANING.index("wording")] = held_out_logits(folded)
    return described, labels, groups


def main() -> None:
    """Fit and write ``assistant/dialog/leans.json``."""
    workspace = open_workspace(load_settings())
    build_index(workspace, lambda _done, _total: None)
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    described, labels, groups = describe(retriever)
    scale = StandardScaler().fit(described[:, 1:])
    rows = scale.transform(described[:, 1:])
    model = LogisticRegression(C=_C, max_iter=2000)
    told = cross_val_predict(model, rows, labels, groups=groups, cv=GroupKFold(5))
    Console().print(f"leans: {np.mean(told == np.array(labels)):.3f} of {len(labels)} right")
    model.fit(rows, labels)
    weights = model.coef_[0] / scale.scale_
    constant = float(model.intercept_[0] - weights @ scale.mean_)
    fields = dict(zip(LEANING, [constant, *weights.tolist()], strict=True))
    write("assistant.dialog", _FILE, {name: round(w, 4) for name, w in fields.items()})


if __name__ == "__main__":
    main()
