"""The question encoder as a sentence-transformers module."""

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from index.encoder import PASSAGE, QUERY, Network

_DIMENSION = 384


class Encoder(InputModule):
    """The network as an input module; the prompt tells whether a question or a text is meant."""

    def __init__(self, network: Network) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._network = network

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Texts → the features that ``Network.cut`` gives."""
        found = self._network.cut(list(inputs), prompt or PASSAGE)
        return {name: torch.from_numpy(values) for name, values in found.items()}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Pieces → ``sentence_embedding`` of shape (texts, 384), unit length, and
        ``token_embeddings`` of shape (texts, pieces, 384)."""
        given = {name: features[name].numpy() for name in ("input_ids", "attention_mask")}
        vectors, tokens = self._network.run(given)
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


def as_model(network: Network) -> SentenceTransformer:
    """The network as a SentenceTransformer."""
    return SentenceTransformer(
        modules=[Encoder(network)],
        device="cpu",
        prompts={"query": QUERY, "document": PASSAGE},
    )
