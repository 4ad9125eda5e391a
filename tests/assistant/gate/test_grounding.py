from datetime import date

import pytest

from assistant.gate import ground
from assistant.types import NOT_COVERED, Draft, DraftSentence, Evidence, Outcome, Query
from corpus.catalog import Corpus

CODE = "中华人民共和国生态环境法典"
QUERY = Query("无证排污罚多少", date(2026, 11, 23))


@pytest.fixture
def evidence(corpus: Corpus) -> Evidence:
    found = corpus.article(f"{CODE}#1102", QUERY.as_of)
    assert found is not None
    document, article = found
    return Evidence(document.id, article.key, 0, len(article.text))


def test_a_carried_sentence_stays_and_is_numbered(corpus: Corpus, evidence: Evidence) -> None:
    sentence = DraftSentence("法典规定：「处二十万元以上一百万元以下的罚款」", (evidence,))
    answer = ground(Draft((sentence, sentence)), QUERY, corpus, "test")
    assert answer.outcome is Outcome.ANSWERED
    assert [s.citations for s in answer.sentences] == [(1,), (1,)]
    (citation,) = answer.citations
    assert citation.key == f"{CODE}#1102"
    assert citation.status == "现行有效"
    assert citation.effective_date == "2026-08-15"
    assert citation.quote in (corpus.article(citation.key, QUERY.as_of) or ("", ""))[1].text
    assert answer.text.endswith("[1]")


@pytest.mark.parametrize(
    "text",
    [
        "法典规定：「处三十万元以上一百万元以下的罚款」",
        "要罚 300000 元。",
        "法典规定：「可以不取得排污许可证」",
    ],
)
def test_what_the_passage_does_not_carry_goes(
    corpus: Corpus, evidence: Evidence, text: str
) -> None:
    answer = ground(Draft((DraftSentence(text, (evidence,)),)), QUERY, corpus, "test")
    assert answer.outcome is Outcome.DECLINED
    assert answer.citations == ()
    assert answer.text.startswith(NOT_COVERED)


@pytest.mark.parametrize(
    ("text", "stands"),
    [("由公安机关交通管理部门处罚。", True), ("由公安机关处罚。", False)],
)
def test_an_authority_is_no_beginning_of_another_s_name(
    corpus: Corpus, text: str, stands: bool
) -> None:
    found = corpus.article(f"{CODE}#1187", QUERY.as_of)
    assert found is not None
    document, article = found
    evidence = Evidence(document.id, article.key, 0, article.text.index("\n"))
    assert "公安机关交通管理部门" in article.text[: evidence.end]
    sentence = DraftSentence(f"擅自改装的机动车轰鸣、疾驶的，{text}", (evidence,), is_ours=True)
    answer = ground(Draft((sentence,)), QUERY, corpus, "test")
    assert (answer.outcome is Outcome.ANSWERED) is stands


def test_a_number_of_the_question_is_no_source(corpus: Corpus, evidence: Evidence) -> None:
    query = Query("不是罚 50 万吗", QUERY.as_of)
    draft = Draft((DraftSentence("是 50 万，「处二十万元以上」", (evidence,)),))
    assert ground(draft, query, corpus, "test").outcome is Outcome.DECLINED


def test_a_refusal_may_repeat_a_number_of_the_question(corpus: Corpus) -> None:
    query = Query("法典第2000条", QUERY.as_of)
    draft = Draft((DraftSentence("没有第2000条。"),), Outcome.DECLINED)
    (sentence,) = ground(draft, query, corpus, "test").sentences
    assert "2000" in sentence.text


def test_the_locator_names_the_part(corpus: Corpus) -> None:
    found = corpus.article(f"{CODE}#147", QUERY.as_of)
    assert found is not None
    document, article = found
    start = article.text.index("（二）")
    end = article.text.index("\n", start)
    evidence = Evidence(document.id, article.key, start, end)
    draft = Draft((DraftSentence("须「连续五年以上」", (evidence,)),))
    (citation,) = ground(draft, QUERY, corpus, "test").citations
    assert citation.locator == "第一百四十七条第二款第（二）项"
