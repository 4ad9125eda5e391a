"""Learns the parts by which the vectors of passages' pieces are kept: ``index/data/codebook.npy``.

Run after the network was trained: ``python -m eval.fit.encoder.codebook``, a minute.
"""

import numpy as np
from rich.console import Console
from scipy.cluster.vq import kmeans2

from corpus.loading import load_corpus
from corpus.shipped import write_sums
from index.contents import text_entries
from index.embedders import encoder_files, load_question_encoder
from index.quantizer import Quantizer
from index.types import Vector

_SEED = 7
#: A vector of 384 numbers is kept in 48 bytes: 64 find no more, 32 fewer.
_PARTS = 48
_LEARNT, _ROUNDS = 256, 12
_PASSAGES = 1200


def learn(vectors: Vector, parts: int = _PARTS, learnt: int = _LEARNT) -> Vector:
    """A codebook of shape (parts, learnt, numbers of a part) for vectors of shape (n, numbers)."""
    return np.stack(
        [
            kmeans2(part, learnt, iter=_ROUNDS, minit="points", rng=np.random.default_rng(_SEED))[0]
            for part in np.split(vectors, parts, axis=1)
        ]
    ).astype(np.float32)


def main() -> None:
    """Learn from the pieces of some of the corpus' passages, and print how near codes come."""
    draw = np.random.default_rng(_SEED)
    texts = text_entries(load_corpus()).texts
    some = [texts[i] for i in draw.choice(len(texts), 2 * _PASSAGES, replace=False)]
    encoder = load_question_encoder()
    seen, unseen = (
        np.concatenate([found.tokens for found in encoder.read_documents(part)])
        for part in (some[:_PASSAGES], some[_PASSAGES:])
    )
    book = learn(seen)
    quantizer = Quantizer(book)
    near = (quantizer.decode(quantizer.encode(unseen)) * unseen).sum(axis=1).mean()
    np.save(encoder_files().codebook, book.astype(np.float16))
    write_sums()
    Console().print(f"{len(seen)} pieces; cosine of others as kept: {near:.3f}")


if __name__ == "__main__":
    main()
