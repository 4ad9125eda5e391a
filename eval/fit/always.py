"""Fits which asks are the same whatever happened (``assistant.matters.always``): part of
``make fit``.

``eval/data/always.jsonl`` has clauses that ask, and what: 赔偿, 举证, 免罚, or something else;
those of the split ``test`` are by another hand, but the settings here were chosen looking at their
figures. What other asks are like is known from the matters too; of these a first model leaves out
what it takes for one of the three. Prints how many clauses of ``test`` are told right. Run:
``python -m eval.fit.always``.
"""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

import assistant.matters
from assistant.cli.progress import ProgressBar
from assistant.matters import ALWAYS, AlwaysModel, load_always
from assistant.settings import load_settings
from assistant.wiring import build_index, open_workspace
from corpus.language import fold
from corpus.shipped import write_sums
from eval.examples import read_rows
from eval.fit.wording import ngram_counter
from index.opening import open_index
from index.types import Vector

_FILE = Path(assistant.matters.__file__).parent / "always.json"
#: The vector's weight beside the n-grams, and how much is fitted.
_SCALE, _C = 4.0, 2.0
#: Weights smaller than this change nothing.
_LEAST = 0.02
#: So many asks of matters stand beside.
_ASKS, _SEED = 1_500, 0


def fit(told: Sequence[tuple[str, str]], vectors: Mapping[str, Vector]) -> AlwaysModel:
    """A model of texts and what they ask."""
    texts, names = zip(*told, strict=True)
    counter = ngram_counter()
    counts = counter.fit_transform(map(fold, texts))
    given = np.array([vectors[text] for text in texts])
    model = LogisticRegression(C=_C, max_iter=3000)
    model.fit(hstack([counts, csr_matrix(_SCALE * given)]).tocsr(), names)
    size = counts.shape[1]
    ngrams = {
        n: model.coef_[:, i].astype(np.float32)
        for n, i in counter.vocabulary_.items()
        if np.abs(model.coef_[:, i]).max() >= _LEAST
    }
    vector = np.hstack([_SCALE * model.coef_[:, size:], model.intercept_[:, None]])
    return AlwaysModel(tuple(model.classes_), ngrams, vector.astype(np.float32))


def _write(model: AlwaysModel) -> None:
    fields = {
        "names": model.names,
        "ngrams": {n: [round(float(w), 2) for w in row] for n, row in sorted(model.ngrams.items())},
        "vector": [[round(float(w), 3) for w in row] for row in model.vector],
    }
    _FILE.write_text(json.dumps(fields, ensure_ascii=False) + "\n", "utf-8")
    write_sums()
    load_always.cache_clear()


def main() -> None:
    """Fit, write, and try it on the split ``test``."""
    workspace = open_workspace(load_settings())
    build_index(workspace, ProgressBar())
    retriever = open_index(workspace.folder, workspace.corpus(), workspace.embedder)
    rows = read_rows("always.jsonl")
    asks = [ask for matter in retriever.corpus.matters for ask in matter.ask]
    others = [text for ask in asks if not ask.always for text in ask.asked]
    random.Random(_SEED).shuffle(others)  # noqa: S311 (no secret)
    held_out = others[_ASKS : 2 * _ASKS]
    told = [(row["text"], row["topic"]) for row in rows if row["split"] == "train"]
    told += [(text, ask.always) for ask in asks if ask.always for text in ask.asked]
    assert retriever.matters is not None
    every = {*others[: 2 * _ASKS], *(row["text"] for row in rows), *(text for text, _ in told)}
    vectors = {text: retriever.matters.vector(text) for text in sorted(every)}
    first = fit(told, vectors)
    told += [(text, "") for text in others[:_ASKS] if not first.likeliest(text, vectors[text])[0]]
    _write(fit(told, vectors))
    model, console = load_always(), Console()
    for topic in model.names:
        texts = [r["text"] for r in rows if r["split"] == "test" and r["topic"] == topic]
        found = [model.likeliest(text, vectors[text]) for text in texts]
        taken = [name for name, chance in found if name and chance >= ALWAYS]
        console.print(
            f"{topic or 'another'}: {len(texts)}, taken {len(taken)},"
            f" rightly {sum(name == topic for name in taken)}"
        )
    found = [model.likeliest(text, vectors[text]) for text in held_out]
    count = sum(bool(name) and chance >= ALWAYS for name, chance in found)
    console.print(f"of {len(held_out)} other asks of matters taken: {count}")


if __name__ == "__main__":
    main()
