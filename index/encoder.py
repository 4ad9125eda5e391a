"""The question encoder's network, over ONNX Runtime.

It is multilingual-e5-small with the pieces that Chinese texts use and its upper layers fine-tuned
on what people ask and what answers it (``eval.fit.encoder``): ``data/encoder.onnx`` has the network
with weights in 8 bit, which are unpacked when it is opened, ``data/tokenizer.json`` the pieces.
It gives a vector for a text and one for each of its pieces. torch is not needed for it: what only
reads texts begins seconds sooner without. ``index.encoder_module`` has it for who uses
sentence-transformers.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.types import Vector

#: What stands before a question and before a text, as in E5.
QUERY, PASSAGE = "query: ", "passage: "
#: Longer texts are read up to here, in pieces.
_MOST = 256

Ints = NDArray[np.int64]


def cut(tokenizer: Tokenizer, texts: Sequence[str], most: int) -> dict[str, Ints]:
    """Texts → ids of their pieces, shape (texts, pieces of the longest, at most ``most``), and
    which of them are there."""
    tokenizer.enable_truncation(most)
    pieces = tokenizer.encode_batch_fast(list(texts))
    return {
        "input_ids": np.array([one.ids for one in pieces], np.int64),
        "attention_mask": np.array([one.attention_mask for one in pieces], np.int64),
    }


class Network:
    """The network in these files, on ``threads`` cores."""

    def __init__(self, network: Path, tokenizer: Path, threads: int) -> None:
        self._pieces = Tokenizer.from_file(str(tokenizer))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Waiting threads would take the cores from whoever else answers.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Weights are unpacked once and not with every text.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        self._session = onnxruntime.InferenceSession(
            str(network), options, providers=["CPUExecutionProvider"]
        )

    def cut(self, texts: Sequence[str], start: str) -> dict[str, Ints]:
        """Texts behind ``start`` → pieces, shape (texts, pieces), which of them are there, and
        which of these are the texts' ``own``: the others say that a question or a text begins, and
        that it ends."""
        found = cut(self._pieces, [f"{start}{text}" for text in texts], _MOST)
        there = found["attention_mask"]
        begins = len(self._pieces.encode(start.strip()).ids) - 1
        place = np.arange(there.shape[1])
        own = (place >= begins) & (place < there.sum(axis=1, keepdims=True) - 1)
        return {**found, "own": own}

    def run(self, features: Mapping[str, Ints]) -> tuple[Vector, Vector]:
        """Pieces → vectors of shape (texts, 384), unit length, and those of the pieces, of shape
        (texts, pieces, 384)."""
        given = {name: features[name] for name in ("input_ids", "attention_mask")}
        vectors, tokens = self._session.run(["vectors", "tokens"], given)
        return vectors, tokens
