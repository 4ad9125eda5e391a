"""Vectors that travel with the repository.

Everyone's first index holds the same texts; embedding them again would cost minutes. Vectors are
kept by id, a file for each embedder, a byte a number; what does not match is embedded anew.
"""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import numpy as np

from index.types import Codes, Vector

_MOST = 127


#: The vectors of passages and lay wording; those of what the matters tell (bundled, of passages
#: too) by the question encoder; the codes of passages' pieces by it.
VECTORS, TOLD, TOKENS = "vectors", "told", "tokens"


def bundled_path(name: str = VECTORS) -> Path:
    """The file of the bundled corpus' vectors of this name."""
    return Path(str(resources.files("index") / "data" / f"{name}.npz"))


def load_bundled(embedder_name: str) -> dict[str, Vector]:
    """Text id → unit vector; empty for an embedder that no file was made with."""
    found: dict[str, Vector] = {}
    for name in (VECTORS, TOLD):
        found |= load_vectors(bundled_path(name), embedder_name)
    return found


def load_vectors(path: Path, embedder_name: str) -> dict[str, Vector]:
    """Id → unit vector; empty where there is no file, or one made with another embedder."""
    if not path.is_file():
        return {}
    with np.load(path) as data:
        if str(data["embedder"]) != embedder_name:
            return {}
        vectors = data["vectors"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return dict(zip(data["ids"].tolist(), vectors, strict=True))


def save_vectors(path: Path, embedder_name: str, vectors: Mapping[str, Vector]) -> None:
    """Write unit vectors in the order of their ids, each number as a byte of its vector's range.

    The cosine similarity of a vector with itself as read again is at least 0.9999.
    """
    ids = sorted(vectors)
    stacked = np.stack([vectors[i] for i in ids])
    scaled = stacked * (_MOST / np.abs(stacked).max(axis=1, keepdims=True))
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        path,
        embedder=np.array(embedder_name),
        ids=np.array(ids),
        vectors=np.rint(scaled).astype(np.int8),
    )


def load_codes(encoder_name: str) -> dict[str, Codes]:
    """Text id → its pieces' codes; empty where there is no file, or one by another encoder."""
    path = bundled_path(TOKENS)
    if not path.is_file():
        return {}
    with np.load(path) as data:
        if str(data["embedder"]) != encoder_name:
            return {}
        parts = np.split(data["codes"], np.cumsum(data["counts"])[:-1])
        return dict(zip(data["ids"].tolist(), parts, strict=True))


def save_codes(encoder_name: str, codes: Mapping[str, Codes]) -> None:
    """Write the codes of texts' pieces in the order of their ids."""
    ids = sorted(codes)
    np.savez_compressed(
        bundled_path(TOKENS),
        embedder=np.array(encoder_name),
        ids=np.array(ids),
        counts=np.array([len(codes[i]) for i in ids], dtype=np.int32),
        codes=np.concatenate([codes[i] for i in ids]),
    )
