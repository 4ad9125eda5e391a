"""Questions about a statute itself are answered from its headings."""

from datetime import date

import pytest

from assistant.answering.structure import tell_structure
from assistant.question import understand
from assistant.types import Query
from corpus.catalog import Corpus

TODAY = date(2026, 11, 28)


def told(question: str, corpus: Corpus) -> str:
    draft = tell_structure(understand(Query(question, TODAY), corpus), corpus, TODAY)
    return "".join(sentence.text for sentence in draft.sentences) if draft else ""


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("法典分几编", "分五编"),
        ("生态环境法典一共多少条", "共一千二百四十二条"),
        ("第三编管什么", "第三编“生态保护”（第六百七十四条至第九百三十七条）"),
        ("第二编第七分编讲什么", "第七分编“噪声污染防治”"),
        ("罚则都在哪一编", "第五编“法律责任和附则”"),
        ("噪声污染防治在法典哪一分编", "第七分编“噪声污染防治”"),
        ("水污染防治法的内容现在在哪", "第三分编“水污染防治”（第二百六十六条至第三百三十三条）"),
        ("环评法的条款搬到哪里去了", "第五章“生态环境影响评价”"),
        ("清洁生产促进法并到哪了", "第四编“绿色低碳发展”"),
        ("森林法有几章", "分九章"),
        ("水法多少条", "共八十二条"),
    ],
)
def test_what_is_told(corpus: Corpus, question: str, says: str):
    assert says in told(question, corpus)


@pytest.mark.parametrize(
    "question",
    [
        "排污许可证在哪里办",
        "危险废物放在哪里",
        "夜间施工怎么罚",
        "法典第一百七十六条",
        "环评分几类",
    ],
)
def test_other_questions_are_left_alone(corpus: Corpus, question: str):
    assert told(question, corpus) == ""


def test_what_moved_cites_the_clause_that_repealed_it(corpus: Corpus):
    question = understand(Query("噪声法的规定现在在哪里找", TODAY), corpus)
    draft = tell_structure(question, corpus, TODAY)
    assert draft is not None
    cited = {piece.key for sentence in draft.sentences for piece in sentence.evidence}
    assert "中华人民共和国生态环境法典#1242" in cited
