"""The network that is fine-tuned, as torch has it, with the weights that the base begins with."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import BertConfig, BertModel

from eval.fit.encoder.base import E5File

#: The base's names of a layer's weights → those of the network.
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


def read(network: BertModel, features: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
    """The mean of a text's pieces, unit length, shape (texts, 384), and all of them, shape
    (texts, pieces, 384)."""
    mask = features["attention_mask"]
    hidden = network(input_ids=features["input_ids"], attention_mask=mask).last_hidden_state
    mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
    return torch.nn.functional.normalize(mean, dim=-1), hidden


def embed(network: BertModel, features: Mapping[str, NDArray[np.int64]]) -> Tensor:
    """The mean of a text's pieces, unit length, shape (texts, 384)."""
    vectors, _ = read(network, {name: torch.from_numpy(v) for name, v in features.items()})
    return vectors
