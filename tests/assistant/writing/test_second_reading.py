"""Sentences are read while others are written: one call each, each once."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest

from assistant.llm import Deadline, Engine, Meter, Prompt
from assistant.types import DraftSentence
from assistant.writing.judging import POINTS, SecondReading
from assistant.writing.packing import pack_articles
from corpus.catalog import Corpus
from corpus.errors import EngineError

DAY = date(2026, 11, 28)


class Reader(Engine):
    """Says that a sentence stands, unless it is about frogs; waits where it is told to."""

    __slots__ = ("free", "read")

    def __init__(self, **limits: bool) -> None:
        super().__init__("reader", None, **limits)  # type: ignore[arg-type]
        self.read: list[str] = []
        self.free = threading.Event()
        self.free.set()

    def stream(self, prompt: Prompt, deadline: Deadline, meter: Meter) -> Iterator[str]:
        self.free.wait(5)
        meter.calls += 1
        self.read.append(prompt.user)
        if "断线" in prompt.user:
            raise EngineError("断了")
        points = ", ".join(f'"{name}": {str("蛙" not in prompt.user).lower()}' for name in POINTS)
        yield f'{{"checks": [{{"n": 1, "span": "禁止夜间进行产生噪声的", {points}}}]}}'


@pytest.fixture
def evidence(corpus: Corpus) -> DraftSentence:
    key = "中华人民共和国生态环境法典#572"
    return DraftSentence("", pack_articles([key], corpus, DAY, 2_000).units[0].evidence)


def sentence(text: str, like: DraftSentence) -> DraftSentence:
    return DraftSentence(text, like.evidence)


def test_each_is_read_once_beside_the_others(corpus: Corpus, evidence: DraftSentence) -> None:
    engine, meter = Reader(), Meter()
    good, bad = sentence("夜里不得施工。", evidence), sentence("蛙可以施工。", evidence)
    engine.free.clear()
    reading = SecondReading(engine, corpus, Deadline(9), meter)
    for one in (good, bad, good):
        reading.begin(one)
    assert reading.verdict(good) is None
    engine.free.set()
    while reading.wait([s for s in (good, bad) if reading.verdict(s) is None]):
        pass
    stands = [verdict and verdict.stands for verdict in map(reading.verdict, (good, bad))]
    assert stands == [True, False]
    assert len(engine.read) == meter.calls == 2
    reading.close()


def test_what_nobody_began_is_not_waited_for(corpus: Corpus, evidence: DraftSentence) -> None:
    reading = SecondReading(Reader(), corpus, Deadline(9), Meter())
    assert not reading.wait([evidence])
    assert reading.verdict(evidence) is None
    reading.close()


def test_a_call_that_fails_is_told_once_and_says_nothing(
    corpus: Corpus, evidence: DraftSentence
) -> None:
    reading = SecondReading(Reader(), corpus, Deadline(9), Meter())
    one = sentence("断线。", evidence)
    reading.begin(one)
    reading.wait([one])
    with pytest.raises(EngineError):
        reading.verdict(one)
    assert reading.verdict(one) is None
    reading.close()


def test_who_is_not_judged_is_not_read(corpus: Corpus, evidence: DraftSentence) -> None:
    engine = Reader(is_judged=False)
    reading = SecondReading(engine, corpus, Deadline(9), Meter())
    reading.begin(evidence)
    verdict = reading.verdict(evidence)
    assert verdict
    assert verdict.stands
    assert engine.read == []
    reading.close()
