"""Late interaction over texts of one piece each, by any embedder."""

from collections.abc import Sequence
from typing import cast

import numpy as np

from index.embedders import Read
from index.quantizer import Quantizer
from index.search import LateInteraction, TokenCodes
from index.types import Codes, Embedder, Vector


class _AsTheyAre(Quantizer):
    """Keeps vectors as they are."""

    def __init__(self) -> None:
        super().__init__(np.zeros((1, 256, 1), dtype=np.float32))

    def decode(self, codes: Codes) -> Vector:
        return cast(Vector, codes)


def reading_of(embedder: Embedder, ids: Sequence[str], texts: Sequence[str]) -> LateInteraction:
    """Every text is one piece, and so is a question."""

    def read(question: str) -> Read:
        vector = embedder.encode_query(question)
        return Read(vector, vector[None])

    vectors = embedder.encode_passages(texts)
    codes = TokenCodes(ids, [1] * len(ids), cast(Codes, vectors))
    return LateInteraction(ids, vectors, codes, _AsTheyAre(), read)
