"""The question encoder: its vectors, and what is near to what."""

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.embedders import encoder_files, load_question_encoder, question_encoder_name
from index.encoder import cut

TEXTS = [
    "楼下饭店油烟怎么投诉",
    "第四十三条　违反本条例规定的，责令改正，处二万元以上20万元以下的罚款。",
    "PM2.5 超标，35μg/m³",
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    path = encoder_files().tokenizer
    return Tokenizer.from_file(str(path))


def test_texts_are_cut_and_filled_up(tokenizer: Tokenizer):
    found = cut(tokenizer, ["排污" * 400, "短"], 64)
    assert found["input_ids"].shape == found["attention_mask"].shape == (2, 64)
    (long, short), (_, there) = found["input_ids"], found["attention_mask"]
    assert (long[0], long[-1]) == (short[0], short[there.sum() - 1])
    assert there.tolist() == [1] * int(there.sum()) + [0] * (64 - int(there.sum()))


def test_signs_of_any_width_are_the_same_and_unknown_ones_are_few_pieces(tokenizer: Tokenizer):
    wide, plain = (
        cut(tokenizer, [t], 64)["input_ids"][0] for t in ("ＰＭ２．５　超標", "PM2.5 超標")
    )
    assert wide.tolist() == plain.tolist()
    assert cut(tokenizer, ["\U0001f9ff"], 64)["input_ids"].shape[1] <= 4


def test_vectors_are_of_unit_length_and_always_the_same():
    encoder = load_question_encoder()
    one, other = encoder.encode_query(TEXTS[0]), encoder.encode_passages(TEXTS)
    assert one.shape == (384,)
    assert other.shape == (3, 384)
    assert np.allclose(np.linalg.norm(other, axis=1), 1.0, atol=1e-4)
    encoder.read.cache_clear()
    assert np.array_equal(one, encoder.encode_query(TEXTS[0]))
    by_model = encoder.model.encode_query(TEXTS[0], normalize_embeddings=True)
    assert np.allclose(one, by_model, atol=1e-6)
    assert encoder.name == question_encoder_name()


def test_a_text_s_own_pieces_are_what_stands_between_the_marks(tokenizer: Tokenizer):
    encoder = load_question_encoder()
    text = TEXTS[0]
    asked, told = (tokenizer.encode(f"{start}: {text}").tokens for start in ("query", "passage"))
    assert "".join(asked[4:-1]).replace("▁", "") == "".join(told[3:-1]).replace("▁", "") == text
    # A longer text beside it fills it up with pieces that are not its own.
    passage, longer = encoder.read_documents([text, text * 5])
    assert encoder.read(text).tokens.shape == (len(asked) - 5, 384)
    assert passage.tokens.shape == (len(told) - 4, 384)
    assert len(longer.tokens) > 4 * len(passage.tokens)
    assert np.allclose(np.linalg.norm(passage.tokens, axis=1), 1.0, atol=1e-4)


def test_what_stands_beside_a_text_does_not_change_its_vector():
    encoder = load_question_encoder()
    for text, vector in zip(TEXTS, encoder.encode_passages(TEXTS), strict=True):
        assert float(encoder.encode_passages([text])[0] @ vector) > 0.9999


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
