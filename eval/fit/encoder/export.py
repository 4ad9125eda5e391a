"""Writes the fine-tuned network as the files that the product opens."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor
from torch.export import Dim
from transformers import BertModel

from corpus.shipped import write_sums
from eval.fit.encoder.base import E5File, make_tokenizer
from eval.fit.encoder.network import read
from index.embedders import encoder_files

_RANGE = 127
#: Smaller tensors are kept as they are.
_LEAST = 10_000
#: What the network may be given, in texts and in pieces of the longest.
_MOST_TEXTS, _MOST_PIECES = 4096, 512


class _Reading(torch.nn.Module):
    def __init__(self, network: BertModel) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        return read(self.network, {"input_ids": input_ids, "attention_mask": attention_mask})


def export(network: BertModel, file: E5File, ids: Sequence[int]) -> None:
    """Write the network and the pieces with these ids to ``index/data``."""
    files = encoder_files()
    make_tokenizer(file, ids).save(str(files.tokenizer), pretty=False)
    write_network(network, files.network)
    write_sums()


def write_network(network: BertModel, path: Path) -> None:
    """Write the network as ONNX, its matrices in 8 bit with a scale for each output (for each piece
    of the embedding)."""
    network.train(mode=False)
    network.set_attn_implementation("eager")
    # Two tensors: one given twice would be taken for a single input.
    ids, mask = torch.ones(2, 8, dtype=torch.long), torch.ones(2, 8, dtype=torch.long)
    shape = {0: Dim("texts", max=_MOST_TEXTS), 1: Dim("pieces", min=2, max=_MOST_PIECES)}
    program = torch.onnx.export(
        _Reading(network),
        (ids, mask),
        input_names=["input_ids", "attention_mask"],
        output_names=["vectors", "tokens"],
        dynamic_shapes=(shape, shape),
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("nothing was exported")
    model: onnx.ModelProto = program.model_proto
    onnx.save(_bare(_packed(model)), path)


def _bare(model: onnx.ModelProto) -> onnx.ModelProto:
    """The model without the exporter's notes: they tell where on this machine its code lay."""
    graph = model.graph
    kept = (*graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer)
    for part in (model, graph, *kept):
        del part.metadata_props[:]
    return model


def _packed(model: onnx.ModelProto) -> onnx.ModelProto:
    graph = model.graph
    users = {name: node.op_type for node in graph.node for name in node.input}
    kept, unpacking = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.ndim != 2 or values.size < _LEAST or values.dtype != np.float32:
            kept.append(tensor)
            continue
        axis = 1 if users[tensor.name] == "MatMul" else 0
        scale = np.maximum(np.abs(values).max(axis=1 - axis, keepdims=True) / _RANGE, 1e-12)
        parts = {
            f"{tensor.name}.packed": np.rint(values / scale).astype(np.int8),
            f"{tensor.name}.scale": scale.reshape(-1).astype(np.float32),
        }
        kept += [numpy_helper.from_array(part, name) for name, part in parts.items()]
        node = onnx.helper.make_node("DequantizeLinear", [*parts], [tensor.name], axis=axis)
        unpacking.append(node)
    nodes = [*unpacking, *graph.node]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(kept)
    graph.node.extend(nodes)
    return model
