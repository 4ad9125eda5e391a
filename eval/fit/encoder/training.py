"""Trains the question encoder: ``make train-encoder``, an hour and a half on two cores, in pieces.

Pairs of a question and what answers it (``eval.examples``) are brought nearer to one another than
to anything else in the batch (InfoNCE): an ask and a statement or another wording of it, two
tellings of one matter, how people ask for a text outside the corpus and what it decides, lay
wording and the 条, 款 or 项 that it was written for, what people say and what answers it, a
statement and what carries it. Embeddings and the lower layers stay as they are.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import torch
from rich.console import Console
from tokenizers import Tokenizer
from torch import Tensor
from transformers import BertModel

from corpus.catalog import Corpus
from corpus.loading import load_corpus
from eval.examples import Pair, Pairs
from eval.fit.encoder.base import E5File, make_tokenizer
from eval.fit.encoder.export import export
from eval.fit.encoder.network import embed, read_network
from index.encoder import cut

_SEED = 7
_STEPS, _SAVED_AFTER, _WARM_UP = 1350, 15, 30
_RATE, _LEAST_RATE, _DECAY = 1e-4, 0.03, 0.01
#: The layers below this one stay as they are.
_FIRST = 6
_TEMPERATURE = 0.03
#: What the loss of text → question counts beside that of question → text.
_BACKWARD = 0.3
_QUESTION, _TEXT = 72, 100
#: Texts of like length are embedded together, in so many groups a batch.
_GROUPS = 6
_SAME = -1e4


def embed_all(network: BertModel, tokenizer: Tokenizer, texts: Sequence[str], most: int) -> Tensor:
    """Vectors of texts of any length, shape (texts, 384)."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    size = len(order) // _GROUPS + 1
    groups = (order[start : start + size] for start in range(0, len(order), size))
    found = [embed(network, cut(tokenizer, [texts[i] for i in g], most)) for g in groups]
    place = torch.empty(len(order), dtype=torch.long)
    place[torch.tensor(order)] = torch.arange(len(order))
    return torch.cat(found)[place]


def loss_of(questions: Tensor, texts: Tensor, batch: Sequence[Pair]) -> Tensor:
    """How far questions are from their texts, beside those of the others in the batch.

    What stands for the same, and a matter beside its own asks, is no counter-example.
    """
    scores = questions @ texts.T / _TEMPERATURE
    same = torch.tensor(
        [[i != j and _is_same(a, b) for j, b in enumerate(batch)] for i, a in enumerate(batch)]
    )
    scores = scores.masked_fill(same, _SAME)
    right = torch.arange(len(batch))
    forward = torch.nn.functional.cross_entropy(scores, right)
    return forward + _BACKWARD * torch.nn.functional.cross_entropy(scores.T, right)


def _is_same(one: Pair, other: Pair) -> bool:
    is_whole = one.target == one.whole or other.target == other.whole
    in_one = bool(one.whole) and one.whole == other.whole and is_whole
    return one.target == other.target or one.text == other.text or in_one


def rate_at(step: int, steps: int) -> float:
    """The learning rate of a step."""
    return _RATE * min(1.0, (step + 1) / _WARM_UP) * max(_LEAST_RATE, 1 - step / steps)


def train(
    corpus: Corpus, checkpoint: Path, steps: int = _STEPS
) -> tuple[BertModel, list[int], list[float]]:
    """The network, the ids of its pieces, and the loss of every step of this run."""
    torch.manual_seed(_SEED)
    draw = random.Random(_SEED)  # noqa: S311
    pairs = Pairs(corpus, draw)
    file = E5File()
    whole = make_tokenizer(file, range(file.count))
    known = (f"{start}: {text}" for text in pairs.texts() for start in ("query", "passage"))
    seen = {*file.special, *(i for text in known for i in whole.encode(text).ids)}
    # Single signs are kept, so that any other word can be written with them.
    seen |= {i for i, (piece, _) in enumerate(file.pieces(range(file.count))) if len(piece) == 1}
    ids = sorted(seen)
    network, tokenizer = read_network(file, ids), make_tokenizer(file, ids)
    network.train()
    for name, value in network.named_parameters():
        value.requires_grad = name.startswith("encoder") and int(name.split(".")[2]) >= _FIRST
    trained = [value for value in network.parameters() if value.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=_RATE, weight_decay=_DECAY)
    begin = 0
    if checkpoint.is_file():
        held = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(held["trained"], strict=False)
        optimizer.load_state_dict(held["optimizer"])
        begin = held["step"]
    losses: list[float] = []
    for step, batch in zip(range(steps), pairs.batches(), strict=False):
        if step < begin:
            continue
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, steps)
        texts = embed_all(network, tokenizer, [f"passage: {p.text}" for p in batch], _TEXT)
        questions = embed_all(
            network, tokenizer, [f"query: {p.question}" for p in batch], _QUESTION
        )
        loss = loss_of(questions, texts, batch)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        losses.append(loss.item())
        if (step + 1) % _SAVED_AFTER == 0 or step + 1 == steps:
            last = losses[-_SAVED_AFTER:]
            Console().print(f"{step + 1}/{steps}: loss {sum(last) / len(last):.3f}")
            held = {
                "trained": {n: v for n, v in network.named_parameters() if v.requires_grad},
                "optimizer": optimizer.state_dict(),
                "step": step + 1,
            }
            torch.save(held, checkpoint.with_suffix(".new"))
            checkpoint.with_suffix(".new").replace(checkpoint)
    return network, ids, losses


def main() -> None:
    """Train, or go on with training, and write the encoder (``index/data``)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, default=Path("var/encoder.pt"))
    parser.add_argument("--steps", type=int, default=_STEPS)
    chosen = parser.parse_args()
    chosen.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    network, ids, _ = train(load_corpus(), chosen.checkpoint, chosen.steps)
    export(network, E5File(), ids)


if __name__ == "__main__":
    main()
