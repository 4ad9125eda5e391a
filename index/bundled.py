"""Vectors of the bundled corpus that travel with the repository.

Everyone's first index holds the same passages; embedding them again would cost minutes. They are
kept in half precision by passage id, for one embedder; what does not match is embedded anew.
"""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import numpy as np

from index.types import Vector


def bundled_path() -> Path:
    """The file of the bundled vectors."""
    return Path(str(resources.files("index") / "data" / "vectors.npz"))


def load_bundled(embedder_name: str) -> dict[str, Vector]:
    """Passage id → unit vector; empty for an embedder that the file was not made with."""
    path = bundled_path()
    if not path.is_file():
        return {}
    with np.load(path) as data:
        if str(data["embedder"]) != embedder_name:
            return {}
        vectors = data["vectors"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return dict(zip(data["ids"].tolist(), vectors, strict=True))


def save_bundled(embedder_name: str, vectors: Mapping[str, Vector]) -> None:
    """Write the vectors of the bundled corpus, in the order of their ids."""
    ids = sorted(vectors)
    path = bundled_path()
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        path,
        embedder=np.array(embedder_name),
        ids=np.array(ids),
        vectors=np.stack([vectors[i] for i in ids]).astype(np.float16),
    )
