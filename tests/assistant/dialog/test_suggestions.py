"""What is suggested comes from the evidence and is answered."""

from datetime import date

import pytest

from assistant.dialog.suggestions import MOST, name_article, suggest
from assistant.pipeline import Assistant
from assistant.types import Audience, Outcome, Query
from corpus.catalog import Corpus
from corpus.splitting import spans

DAY = date(2026, 11, 23)
QUESTIONS = (
    "没办排污许可证就排污，会怎么罚？",
    "生态环境法典第一百七十六条",
    "环境保护法第六十条现在还有效吗？",
    "隔壁工地夜里施工合法吗？",
    "危险废物可以在厂里存放多久？",
    "超标排放会被责令停产吗？",
    "在家门口烧秸秆会被罚吗？",
    "水法第三十六条",
    "污染防治重点任务有多少项？",
    "降碳方面有哪些工作安排？",
    "扩绿有什么措施？",
)


@pytest.mark.parametrize("audience", list(Audience))
def test_every_suggestion_is_answered(assistant: Assistant, audience: Audience):
    offered = 0
    for question in QUESTIONS:
        answer = assistant.answer(Query(question, DAY, audience))
        suggestions = suggest(answer, assistant.corpus)
        assert len(suggestions) <= MOST
        cited = {citation.key for citation in answer.citations}
        for suggestion in suggestions:
            offered += 1
            reply = assistant.answer(Query(suggestion.question, DAY, audience))
            assert reply.outcome is Outcome.ANSWERED, suggestion
            assert suggestion.question != question
            new = {citation.key for citation in reply.citations} - cited
            assert new or reply.citations[0].key.startswith("policy:"), suggestion
    assert offered >= 15


def test_every_measure_of_the_policy_leads_to_answered_ones(assistant: Assistant):
    offered = 0
    for document in assistant.corpus.documents:
        for article in document.articles if article_is_policy(document.title) else ():
            for span in spans(article, document.collection):
                quote = article.text[span.start : span.end]
                answer = assistant.answer(Query(f"{article.label}方面，{quote[:60]}", DAY))
                for suggestion in suggest(answer, assistant.corpus):
                    offered += 1
                    reply = assistant.answer(Query(suggestion.question, DAY))
                    assert reply.outcome is Outcome.ANSWERED, suggestion
    assert offered >= 10


def article_is_policy(title: str) -> bool:
    return title.startswith("潍坊市生态环境局")


def test_each_end_of_the_liability_table_is_a_question_that_is_answered(assistant: Assistant):
    """A sample of all keys: the pipeline looks a named article up, whichever it is."""
    keys = sorted({w.key for w in assistant.corpus.lay_wording if "#" in w.key})[::40]
    assert len(keys) > 10
    for key in keys:
        reply = assistant.answer(Query(name_article(key), DAY))
        assert reply.outcome is Outcome.ANSWERED, key
        assert key in {citation.key for citation in reply.citations}


def test_a_refusal_suggests_nothing(assistant: Assistant):
    answer = assistant.answer(Query("今天天气怎么样？", DAY))
    assert answer.outcome is Outcome.DECLINED
    assert suggest(answer, assistant.corpus) == ()


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("中华人民共和国水法#36", "《水法》第三十六条"),
        ("中华人民共和国刑法#133之一", "《刑法》第一百三十三条之一"),
    ],
)
def test_a_key_is_named_as_documents_do(key: str, name: str):
    assert name_article(key) == name


def test_what_offers_a_question_is_plain_and_no_reference(assistant: Assistant):
    """Of added texts nobody wrote how people ask: the same holds where no lay wording is."""
    bare = Corpus(
        assistant.corpus.documents,
        successors=assistant.corpus.successors,
        liability_links=assistant.corpus.liability_links,
    )
    offered = 0
    for question in QUESTIONS:
        answer = assistant.answer(Query(question, DAY))
        for corpus in (assistant.corpus, bare):
            labels = [found.label for found in suggest(answer, corpus)]
            offered += len(labels)
            assert len(set(labels)) == len(labels)
            for label in labels:
                assert label.endswith("？")
                assert not set("《》：# ") & set(label), label
    assert offered >= 15
