from datetime import date

import pytest

from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.types import Document, Status
from corpus.validity import find_repeals, status_on

BEFORE, AFTER = date(2026, 8, 14), date(2026, 8, 15)
REPEALED = [
    "环境保护法", "环境影响评价法", "海洋环境保护法", "大气污染防治法", "水污染防治法",
    "土壤污染防治法", "固体废物污染环境防治法", "噪声污染防治法", "放射性污染防治法",
    "清洁生产促进法",
]  # fmt: skip


@pytest.mark.parametrize("name", REPEALED)
def test_the_code_repeals_ten_statutes(corpus: Corpus, name: str) -> None:
    (document,) = corpus.versions(f"中华人民共和国{name}")
    assert corpus.status(document, BEFORE) is Status.IN_FORCE
    assert corpus.status(document, AFTER) is Status.REPEALED
    repeal = corpus.repeal(document.title)
    assert repeal is not None
    assert repeal.by == "中华人民共和国生态环境法典#1242"


def test_the_code_itself(corpus: Corpus) -> None:
    (code,) = corpus.versions("中华人民共和国生态环境法典")
    assert corpus.status(code, BEFORE) is Status.NOT_YET
    assert corpus.status(code, AFTER) is Status.IN_FORCE


def test_versions_follow_each_other(corpus: Corpus) -> None:
    old, new = corpus.versions("中华人民共和国农业法")
    today, next_year = date(2026, 11, 23), date(2027, 1, 1)
    assert corpus.status(old, today) is Status.IN_FORCE
    assert corpus.status(new, today) is Status.NOT_YET
    assert corpus.status(old, next_year) is Status.SUPERSEDED
    assert corpus.status(new, next_year) is Status.IN_FORCE
    assert corpus.version_on(old.title, today) is old
    assert corpus.version_on(old.title, next_year) is new


def test_the_status_column_is_not_believed(corpus: Corpus) -> None:
    (farmland,) = corpus.versions("中华人民共和国耕地保护和质量提升法")
    assert corpus.status(farmland, date(2026, 12, 31)) is Status.NOT_YET


def test_the_policy_text_is_news(corpus: Corpus) -> None:
    policy = corpus.documents[0]
    assert corpus.status(policy, AFTER) is Status.NEWS


def test_a_text_without_date_is_told_as_such() -> None:
    document = Document("甲法", Kind.STATUTE, "", None, None, "", ())
    assert status_on(document, AFTER, [document], None) is Status.UNDATED
    assert find_repeals([document]) == {}
