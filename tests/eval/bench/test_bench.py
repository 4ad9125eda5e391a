"""What the bench says of its figures, and the large corpus that it measures with."""

from corpus.catalog import Corpus
from eval.bench.bench import clock, describe_scale, describe_speed, load_sample
from eval.bench.scale import load_large_corpus

SPEED = {
    "embedding": [10.0, 12.0, 20.0],
    "search": [14.0, 15.0, 30.0],
    "answer": [15.0, 16.8, 40.0],
    "stock_embedding": [10.0, 10.0, 10.0],
    "stock": [49.0, 50.0, 51.0],
}
SCALE = {
    "ready": 61.2,
    "default": [10.0, 20.0, 30.0],
    "large": [30.0, 30.0, 50.0],
    "default_passages": 4000,
    "large_passages": 25352,
}


def test_the_time_beside_the_embedding_is_told() -> None:
    text = "\n".join(describe_speed(SPEED))
    assert "只算嵌入 12.0 毫秒，检索（含嵌入）15.0 毫秒，整个回答 16.8 毫秒" in text
    assert "嵌入的 0.40 倍（目标小于 0.5）：达到" in text
    assert "p50 50.0 毫秒，嵌入以外是嵌入的 4.00 倍" in text
    slow = "\n".join(describe_speed({**SPEED, "answer": [18.0] * 3}))
    assert "嵌入的 0.50 倍（目标小于 0.5）：没有达到" in slow


def test_the_large_corpus_is_told_with_its_stand_ins() -> None:
    text = "\n".join(describe_scale(SCALE))
    assert "25352 段（默认 4000 段）" in text
    assert "少量噪声代替" in text
    assert "默认 20.0 毫秒，放大后 30.0 毫秒，1.50 倍（目标不超过 2 倍）：达到" in text
    assert "没有达到" in "\n".join(describe_scale({**SCALE, "large": [41.0] * 3}))


def test_the_sample_is_the_same_each_time() -> None:
    sample = load_sample()
    assert 100 <= len(sample) <= 200
    assert len(set(sample)) == len(sample)
    assert sample == load_sample()


def test_the_clock_counts_milliseconds() -> None:
    assert 0 <= clock(len, "abc") < 1000


def test_the_large_corpus_is_large_and_holds_the_bundled_one(corpus: Corpus) -> None:
    large = load_large_corpus()
    passages = {passage.id for passage in large.passages()}
    assert len(passages) >= 25_000
    assert {passage.id for passage in corpus.passages()} <= passages
