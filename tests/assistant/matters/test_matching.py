"""Which matter is told of: the fitted weights, the data they were fitted on, and unseen wording."""

import math
from datetime import date

import numpy as np
import pytest

from assistant.answering.asks import LIKELY_OF_REFUSED
from assistant.finding import find
from assistant.matters import Told, match
from assistant.matters.matching import ASK_FEATURES, MATTER_FEATURES, load_model
from assistant.question import read_letter, understand
from assistant.types import Query
from corpus.collections import AskKind
from index.search import HybridRetriever

TODAY = date(2026, 11, 28)


def told(text: str, retriever: HybridRetriever) -> Told:
    letter = read_letter(text)
    found = find(retriever, understand(Query(text, TODAY), retriever.corpus), 10, TODAY)
    return Told(letter.asks[-1] if letter.asks else "", letter.digest, found)


def test_the_weights_are_those_of_the_features():
    model = load_model()
    assert model.matter.shape == (len(MATTER_FEATURES),)
    assert model.ask.shape == (len(ASK_FEATURES),)
    assert model.kinds.shape[0] == len(AskKind)
    chances = model.kind_chances(np.full(model.kinds.shape[1] - 1, 0.05, dtype=np.float32))
    assert math.isclose(float(chances.sum()), 1.0, rel_tol=1e-5)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("对门那户半夜唱歌跳舞拿音箱放，楼板都震", "noise"),
        ("排污许可证快到期了，延续要提前多久办", "permit"),
        ("厂里的自动监测坏了三天没修，会被罚吗", "permit"),
        ("山上自留地两棵杨树我想放倒打家具", "nature"),
        ("罚单下来了我不认，去哪里告", "proc"),
    ],
)
def test_unseen_wording_finds_a_matter_of_its_field(
    text: str, part: str, retriever: HybridRetriever
):
    found = match(told(text, retriever), retriever)
    assert found is not None
    assert found.matter.id.startswith(part)
    assert found.asks[0][1] == max(chance for _, chance in found.asks)


@pytest.mark.parametrize(
    "text",
    [
        "明天会不会下雨",
        "红烧肉怎么做",
        "高考报什么专业好",
    ],
)
def test_what_is_no_matter_is_unlikely(text: str, retriever: HybridRetriever):
    found = match(told(text, retriever), retriever)
    # Where no passage answers, it takes more than this.
    assert found is None or found.chance < LIKELY_OF_REFUSED
