"""Comparing piece by piece: every piece of a question is answered by the nearest of the passage."""

from datetime import date

import numpy as np
import pytest

from corpus.catalog import Corpus
from index.bundled import load_codes, save_codes
from index.contents import text_entries
from index.embedders import Read, load_question_encoder, question_encoder_name
from index.quantizer import Quantizer
from index.search import HybridRetriever, LateInteraction, TokenCodes

AXES = np.eye(4, dtype=np.float32)
#: Two parts of two numbers each: the axes, and what lies between them.
BOOK = np.array([[[1, 0], [0, 1], [0, 0], [1, 1]]] * 2, dtype=np.float32)


def test_codes_are_those_of_the_nearest_parts():
    quantizer = Quantizer(BOOK)
    vectors = np.array([[0.9, 0.1, 0.0, 0.1], [0.7, 0.8, 0.0, 1.0]], dtype=np.float32)
    codes = quantizer.encode(vectors)
    assert codes.tolist() == [[0, 2], [3, 1]]
    assert quantizer.parts == 2
    kept = quantizer.decode(codes)
    assert kept[0].tolist() == [1, 0, 0, 0]
    assert np.linalg.norm(kept, axis=1) == pytest.approx([1, 1])


def test_many_vectors_are_encoded_as_few_are(monkeypatch: pytest.MonkeyPatch):
    vectors = np.random.default_rng(7).normal(size=(50, 4)).astype(np.float32)
    at_once = Quantizer(BOOK).encode(vectors)
    monkeypatch.setattr("index.quantizer._AT_ONCE", 7)
    assert Quantizer(BOOK).encode(vectors).tolist() == at_once.tolist()


def test_the_mean_of_what_answers_each_piece_best():
    quantizer = Quantizer(BOOK)
    pieces = {"both": AXES[[0, 2]], "one": AXES[[0, 0, 1]], "none": AXES[[3]]}
    codes = TokenCodes(
        list(pieces),
        [len(p) for p in pieces.values()],
        quantizer.encode(np.vstack([*pieces.values()])),
    )
    vectors = np.stack([p.mean(axis=0) for p in pieces.values()])
    own = LateInteraction(
        list(pieces), vectors, codes, quantizer, lambda _: Read(AXES[0], AXES[[0, 2]])
    )
    assert own.compare("", list(pieces)) == [("both", 1.0), ("one", 0.5), ("none", 0.0)]
    silent = LateInteraction(
        list(pieces), vectors, codes, quantizer, lambda _: Read(AXES[0], AXES[:0])
    )
    assert silent.likeness("", "one") == 0.0


def test_bundled_codes_are_those_of_the_encoder(corpus: Corpus):
    encoder = load_question_encoder()
    bundled = load_codes(question_encoder_name())
    entries = text_entries(corpus)
    assert set(entries.ids) == set(bundled)
    texts = dict(zip(entries.ids, entries.texts, strict=True))
    sample = entries.ids[:: len(entries.ids) // 12]
    _, fresh = encoder.read_passages([texts[i] for i in sample])
    for name, codes in zip(sample, fresh, strict=True):
        assert codes.shape == bundled[name].shape
        assert (codes == bundled[name]).mean() > 0.98
    assert load_codes("another") == {}


def test_kept_pieces_come_near_to_what_they_were():
    encoder = load_question_encoder()
    (read,) = encoder.read_documents(["建筑施工单位夜间施工应当取得证明，并公告附近居民。"])
    kept = encoder.quantizer.decode(encoder.quantizer.encode(read.tokens))
    assert float((kept * read.tokens).sum(axis=1).mean()) > 0.85


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("夜里在小区边上施工要不要先拿证明", 572),
        ("厂里排污许可证快到期了什么时候去续", 182),
        ("楼上邻居装修中午能不能施工", 595),
    ],
)
def test_an_article_is_found_by_its_own_words(retriever: HybridRetriever, asked: str, number: int):
    day, code = date(2026, 11, 23), "中华人民共和国生态环境法典"
    passage = retriever.passage_of(f"{code}#{number}", day)
    assert passage is not None
    first, second, *_ = retriever.near(asked, [passage.document_id], day)
    assert first.key == f"{code}#{number}"
    assert 1 >= retriever.likeness(asked, first) > retriever.likeness(asked, second) > 0


def test_written_codes_are_read_again(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("index.bundled.bundled_path", lambda name: tmp_path / f"{name}.npz")
    codes = {"b": np.ones((3, 2), np.uint8), "a": np.zeros((1, 2), np.uint8)}
    save_codes("encoder", codes)
    found = load_codes("encoder")
    assert {name: value.tolist() for name, value in found.items()} == {
        name: value.tolist() for name, value in codes.items()
    }
