"""A sentence is placed on the unit that carries most of it."""

from datetime import date

from assistant.writing.packing import pack_articles
from assistant.writing.placing import UnitPlacer
from assistant.writing.proposals import Proposal
from corpus.catalog import Corpus

DAY = date(2026, 11, 28)
CODE = "中华人民共和国生态环境法典"


def placer(corpus: Corpus, number: int) -> UnitPlacer:
    units = pack_articles([f"{CODE}#{number}"], corpus, DAY, 4_000).units
    return UnitPlacer(units, corpus, DAY, "", is_strict=False)


def test_a_lead_is_not_taken_without_the_item_that_is_told(corpus: Corpus) -> None:
    told = "施工时没有取得连续施工作业证明就在夜里施工的，责令改正，处一万元以上十万元以下的罚款。"
    placing = placer(corpus, 1185)
    lead, item = placing.units[0], placing.units[2]
    for marks in ((1,), (1, 3), (3, 1)):
        sentence = placing.place(Proposal(told, marks))
        assert sentence
        assert set(item.evidence) <= set(sentence.evidence)
        assert sentence.evidence != lead.evidence


def test_why_nothing_carries_it_is_told_of_the_nearest_unit(corpus: Corpus) -> None:
    placing = placer(corpus, 572)
    assert placing.place(Proposal("夜里一律不得施工。", (1,))) is None
    assert "scope" in placing.faults(Proposal("居民楼旁边夜里一律不得进行产生噪声的施工。", (1,)))
