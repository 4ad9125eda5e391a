"""BM25 over Chinese: tokens, weights and scores."""

import math
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.lexical import LexicalIndex, count, tokenize

TEXTS = (
    "排污许可证的有效期为五年",
    "噪声污染防治",
    "土壤污染状况调查，土壤污染修复，土壤污染监测",
    "PM2.5污染",
)
runs = st.text(st.sampled_from("水气渣声光热"), max_size=12)


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.build(TEXTS)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("噪声", ["噪", "声", "噪声"]),
        ("三同时", ["三", "同", "时", "三同", "同时"]),
        ("噪声，水", ["噪", "声", "噪声", "水"]),
        ("VOCs 2.5", ["vocs", "2.5"]),
        ("ＰＭ１０", ["pm10"]),
        ("1.2.3", ["1.2", "3"]),
        ("罰款", ["罚", "款", "罚款"]),
        ("，。！ ", []),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert tokenize(text) == tokens


@given(runs)
def test_a_run_has_each_character_and_each_pair_of_neighbours(text: str) -> None:
    tokens = tokenize(text)
    assert len(tokens) == max(0, 2 * len(text) - 1)
    assert set(tokens) >= {text[i : i + 2] for i in range(len(text) - 1)}


@pytest.mark.parametrize(("token", "texts"), [("污染", 3), ("噪声", 1), ("污", 4), ("pm2.5", 1)])
def test_the_weight_of_a_token_goes_by_how_many_texts_have_it(
    index: LexicalIndex, token: str, texts: int
) -> None:
    assert index.weigh(token) == pytest.approx(math.log(1 + len(TEXTS) / texts))


@pytest.mark.parametrize("token", ["光伏", "光", "PM2.5"])
def test_a_token_that_never_occurs_weighs_nothing(index: LexicalIndex, token: str) -> None:
    assert index.weigh(token) == 0


def test_there_is_one_score_a_text_in_their_order(index: LexicalIndex) -> None:
    scores = index.scores("土壤噪声")
    assert scores.shape == (len(TEXTS),)
    assert scores.dtype == np.float32
    assert (scores > 0).tolist() == [False, True, True, False]


def test_writing_makes_no_difference(index: LexicalIndex) -> None:
    assert index.scores("ＰＭ2.5汙染").tolist() == index.scores("pm2.5污染").tolist()


def test_the_score_of_a_question_is_the_sum_over_its_tokens(index: LexicalIndex) -> None:
    apart = sum(index.scores(run) for run in ("噪", "污", "pm2.5"))
    assert index.scores("噪 污 pm2.5") == pytest.approx(apart, rel=1e-5)


def test_a_word_counts_more_where_it_comes_more_often() -> None:
    once, twice = LexicalIndex.build(["水气渣", "水渣水"]).scores("水")
    assert 2 * once > twice > once


def test_a_word_counts_more_in_a_shorter_text() -> None:
    long, short = LexicalIndex.build(["水气渣声光热", "水气"]).scores("水")
    assert short > long > 0


def test_an_index_read_again_is_the_same(tmp_path: Path, index: LexicalIndex) -> None:
    index.counts.save(tmp_path / "bm25")
    again = LexicalIndex.load(tmp_path / "bm25")
    for question in ("土壤污染", "许可证", "PM2.5", "光伏"):
        assert again.scores(question).tolist() == index.scores(question).tolist()
        assert again.weigh(question) == index.weigh(question)


def test_a_folder_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        LexicalIndex.load(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["vocabulary.json", "counts.npy"])
def test_a_damaged_file_is_an_error_of_one_of_two_kinds(
    tmp_path: Path, index: LexicalIndex, name: str
) -> None:
    index.counts.save(tmp_path / "bm25")
    (tmp_path / "bm25" / name).write_text("{broken", "utf-8")
    with pytest.raises((OSError, ValueError)):
        LexicalIndex.load(tmp_path / "bm25")


def test_texts_that_come_and_go_change_nothing_for_the_others() -> None:
    before = count([*TEXTS[:2], "将要删去的文本", *TEXTS[2:-1]])
    extended, anew = LexicalIndex(count(TEXTS, before)), LexicalIndex.build(TEXTS)
    for question in ("土壤污染", "许可证", "PM2.5", "删去"):
        assert extended.scores(question).tolist() == anew.scores(question).tolist()
        assert extended.weigh(question) == anew.weigh(question)


def test_the_scores_are_those_of_bm25s() -> None:
    reference = bm25s.BM25(k1=1.2, b=0.6)
    reference.index([tokenize(text) for text in TEXTS], show_progress=False)
    index = LexicalIndex.build(TEXTS)
    for question in ("土壤污染防治", "排污许可证有效期", "PM2.5"):
        known = [token for token in tokenize(question) if token in reference.vocab_dict]
        wanted = reference.get_scores(known) if known else [0] * len(TEXTS)
        assert index.scores(question) == pytest.approx(wanted, abs=1e-6)
