"""The question encoder, as a sentence-transformers module over ONNX Runtime.

It is multilingual-e5-small with the pieces that Chinese texts use and its upper layers fine-tuned
on what people ask and what answers it (``eval.fit.encoder``): ``data/encoder.onnx`` has the network
with weights in 8 bit, which are unpacked when it is opened, ``data/tokenizer.json`` the pieces.
It gives a vector for a text and one for each of its pieces.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnxruntime
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from tokenizers import Tokenizer
from torch import Tensor

_QUERY, _PASSAGE = "query: ", "passage: "
#: Longer texts are read up to here, in pieces.
_MOST = 256
_DIMENSION = 384


def cut(tokenizer: Tokenizer, texts: Sequence[str], most: int) -> dict[str, Tensor]:
    """Texts → ids of their pieces, shape (texts, pieces of the longest, at most ``most``), and
    which of them are there."""
    tokenizer.enable_truncation(most)
    pieces = tokenizer.encode_batch_fast(list(texts))
    return {
        "input_ids": torch.tensor([one.ids for one in pieces]),
        "attention_mask": torch.tensor([one.attention_mask for one in pieces]),
    }


class Encoder(InputModule):
    """The network as a sentence-transformers input module.

    The prompt tells whether a question or a text is meant, as in E5.
    """

    def __init__(self, network: Path, tokenizer: Path, threads: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
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

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Texts → pieces, shape (texts, pieces), which of them are there, and which of these are
        the texts' ``own``: the others say that a question or a text begins, and that it ends."""
        start = prompt or _PASSAGE
        found = cut(self._pieces, [f"{start}{text}" for text in inputs], _MOST)
        there = found["attention_mask"]
        begins = len(self._pieces.encode(start.strip()).ids) - 1
        place = torch.arange(there.shape[1])
        own = (place >= begins) & (place < there.sum(dim=1, keepdim=True) - 1)
        return {**found, "own": own}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Pieces → ``sentence_embedding`` of shape (texts, 384), unit length, and
        ``token_embeddings`` of shape (texts, pieces, 384)."""
        given = {name: features[name].numpy() for name in ("input_ids", "attention_mask")}
        vectors, tokens = self._session.run(["vectors", "tokens"], given)
        return {
            **features,
            "sentence_embedding": torch.from_numpy(vectors),
            "token_embeddings": torch.from_numpy(tokens),
        }

    def get_embedding_dimension(self) -> int:
        """384."""
        return _DIMENSION

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """The weights stay in the package; there is nothing to write."""


def load_network(network: Path, tokenizer: Path, threads: int) -> SentenceTransformer:
    """The model in these files."""
    return SentenceTransformer(
        modules=[Encoder(network, tokenizer, threads)],
        device="cpu",
        prompts={"query": _QUERY, "document": _PASSAGE},
    )
