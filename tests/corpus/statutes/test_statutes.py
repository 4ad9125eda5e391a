import re

import pytest

from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.statutes.package import HEAD_MISSING, join_broken_lines, split_trailing_headings
from corpus.types import Article, Document

CODE = "中华人民共和国生态环境法典"


@pytest.fixture(scope="module")
def code(corpus: Corpus) -> Document:
    (document,) = corpus.versions(CODE)
    return document


@pytest.fixture(scope="module")
def articles(code: Document) -> dict[str, Article]:
    return {article.key.split("#")[1]: article for article in code.articles}


def test_the_code_has_every_article_once(code: Document) -> None:
    numbers = [article.key.split("#")[1] for article in code.articles]
    assert numbers == [str(n) for n in range(1, 1243)]


def test_stuck_articles_are_separated_and_marked(articles: dict[str, Article]) -> None:
    for number in ("1120", "1201"):
        assert articles[number].note == HEAD_MISSING
        assert articles[number].text.startswith("境主管部门责令")
    assert "境主管部门责令改正，处二万元" not in articles["1119"].text
    assert articles["1119"].text.endswith("并处二万元以上二十万元以下的罚款。")
    assert articles["1200"].text.endswith("停产整治。")
    assert {a.key for a in articles.values() if a.note} == {f"{CODE}#1120", f"{CODE}#1201"}


def test_headings_at_an_article_end_become_the_next_path(articles: dict[str, Article]) -> None:
    assert articles["147"].text.endswith("不得通过诉讼牟取经济利益。")
    assert articles["148"].path == ("第二编 污染防治", "第一分编 通则", "第一章 一般规定")
    assert articles["187"].path[:2] == ("第二编 污染防治", "第二分编 大气污染防治")
    assert articles["674"].path[0] == "第三编 生态保护"
    assert articles["1052"].path[0] == "第五编 法律责任和附则"
    assert articles["1"].path[0] == "第一编 总则"
    for article in articles.values():
        assert not re.search(r"^第[一二三四五六七八九]+(编|分编)", article.text, re.MULTILINE)


def test_no_space_or_break_in_mid_sentence(code: Document) -> None:
    for article in code.articles:
        assert not re.search(r"[ \u3000]", article.text), article.key
        for line in article.text.split("\n"):
            assert line[-1] in "。：；", (article.key, line)


def test_every_statute_of_the_catalog_is_loaded(corpus: Corpus) -> None:
    statutes = [d for d in corpus.documents if d.kind is Kind.STATUTE]
    assert len({d.title for d in statutes}) == 41
    assert all(d.articles and d.adopted and d.effective and d.issuer for d in statutes)


def test_excerpts_hold_only_the_listed_articles(corpus: Corpus) -> None:
    (civil,) = corpus.versions("中华人民共和国民法典")
    keys = [article.key.split("#")[1] for article in civil.articles]
    assert "1229" in keys
    assert "1000" not in keys


def test_inserted_articles_have_a_key_of_their_own(corpus: Corpus) -> None:
    (criminal,) = corpus.versions("中华人民共和国刑法")
    assert "中华人民共和国刑法#342之一" in {article.key for article in criminal.articles}


def test_rate_tables_keep_their_rows(corpus: Corpus) -> None:
    (tax,) = corpus.versions("中华人民共和国环境保护税法")
    last = tax.articles[-1].text
    assert "大气污染物 | 每污染当量 | 1.2元至12元" in last
    assert "----" not in last


def test_join_broken_lines() -> None:
    text = "同一个违法行为\n应当 处罚。\n（一）甲；\n（二）乙。"
    assert join_broken_lines(text) == "同一个违法行为应当处罚。\n（一）甲；\n（二）乙。"


def test_split_trailing_headings_keeps_an_article_without_any() -> None:
    assert split_trailing_headings("甲。\n乙。") == ("甲。\n乙。", [])
