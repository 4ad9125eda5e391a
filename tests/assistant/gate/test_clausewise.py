"""A statement beside a clause that is copied does not come in with it; a reader's case does."""

from datetime import date

import pytest

from assistant.gate import is_carried
from assistant.gate.unitwise import faults_of
from assistant.types import Evidence
from assistant.writing.packing import pack_articles
from corpus.catalog import Corpus

DAY = date(2026, 11, 28)
CODE = "中华人民共和国生态环境法典"
ASKED = "饭馆楼上的邻居半夜打桩，镇长早就点头同意了，对吧？"


def unit(corpus: Corpus, number: int, nth: int) -> tuple[Evidence, ...]:
    """The nth unit of an article of the code."""
    return pack_articles([f"{CODE}#{number}"], corpus, DAY, 4_000).units[nth - 1].evidence


def copied(corpus: Corpus, evidence: tuple[Evidence, ...]) -> str:
    """The words of a unit, without the mark at their end."""
    _, article = corpus.find(evidence[0].document_id, evidence[0].key)
    return article.text[evidence[0].start : evidence[0].end].rstrip("。；")


@pytest.mark.parametrize(
    "glued",
    [
        "{copied}。另外，金鱼池的钥匙挂在门后。",
        "门后挂着金鱼池的钥匙，{copied}。",
        "{copied}（注：金鱼池的钥匙挂在门后）。",
        "{copied}；此外：金鱼池里养着三尾锦鲤，钥匙挂在门后。",
        "门后挂钥匙，池里养锦鲤，{copied}。",
        "{copied}并且金鱼池旁边那把钥匙挂在厨房门后。",
        "金鱼池的钥匙挂在厨房门后因此{copied}。",
    ],
)
@pytest.mark.parametrize(("number", "nth"), [(572, 1), (1102, 1), (572, 3), (1145, 5)])
def test_what_is_glued_to_a_copied_clause_does_not_pass(
    corpus: Corpus, glued: str, number: int, nth: int
) -> None:
    evidence = unit(corpus, number, nth)
    words = copied(corpus, evidence)
    assert "glued" not in faults_of(f"{words}。", evidence, corpus, DAY, "")
    text = glued.format(copied=words)
    assert "glued" in faults_of(text, evidence, corpus, DAY, "")
    assert not is_carried(text, evidence, corpus, DAY, "")


def test_the_reader_s_case_may_be_told_and_not_his_claim(corpus: Corpus) -> None:
    night = unit(corpus, 572, 1)
    rule = "夜间禁止在噪声敏感建筑物集中区域进行产生噪声的施工作业"
    case = f"饭馆楼上邻居打桩的，{rule}。"
    claim = f"{rule}，镇长早就点头同意了。"
    assert "glued" not in faults_of(case, night, corpus, DAY, ASKED)
    assert "glued" in faults_of(case, night, corpus, DAY, "夜里几点以后不能施工？")
    assert "glued" in faults_of(claim, night, corpus, DAY, ASKED)


def test_a_source_s_name_is_known(corpus: Corpus) -> None:
    night = unit(corpus, 572, 1)
    rule = "夜间禁止在噪声敏感建筑物集中区域进行产生噪声的施工作业"
    assert "glued" not in faults_of(f"按照生态环境法典，{rule}。", night, corpus, DAY, "")
