"""Looking around in the corpus."""

from datetime import date

import pytest

from corpus.browsing import Browsing, Place, sections
from corpus.catalog import Corpus
from tests.conftest import TODAY

CODE = "中华人民共和国生态环境法典"
OLD = "中华人民共和国环境保护法"


@pytest.fixture(scope="module")
def browsing(corpus: Corpus) -> Browsing:
    return Browsing(corpus, TODAY)


def keys(places: list[Place]) -> list[str]:
    return [place.article.key for place in places]


def test_sections_cover_every_article_once(corpus: Corpus):
    for document in corpus.documents:
        covered = [i for s in sections(document) for i in range(s.first, s.end)]
        assert covered == list(range(len(document.articles)))
        for section in sections(document):
            assert document.articles[section.first].path == section.path


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("176", [f"{CODE}#176"]),
        ("第一百七十六条", [f"{CODE}#176"]),
        ("環境保護法第六十條", [f"{OLD}#60"]),
        ("三百四十二条之一", ["中华人民共和国刑法#342之一"]),
        ("EOD", ["policy:增长"]),
        ("eod", ["policy:增长"]),
        ("  ", []),
        ("没有这几个字", []),
    ],
)
def test_numbers_references_and_words(browsing: Browsing, words: str, found: list[str]):
    assert keys(browsing.search(words)) == found


def test_all_the_words_are_wanted(browsing: Browsing):
    found = browsing.search("夜间 施工")
    assert len(found) == 4
    assert all("夜间" in p.article.text and "施工" in p.article.text for p in found)


def test_a_word_is_found_where_its_parts_stand_apart(browsing: Browsing):
    found = [place.article.text for place in browsing.search("河道采砂")]
    assert all(part in text for text in found for part in ("河道", "采砂"))
    exact = ["河道采砂" in text for text in found]
    assert exact == sorted(exact, reverse=True)
    assert any(exact)
    assert not all(exact)


def test_a_search_keeps_to_its_document(browsing: Browsing, corpus: Corpus):
    (document,) = corpus.versions(OLD)
    assert keys(browsing.search("60", document)) == [f"{OLD}#60"]
    assert {p.document.title for p in browsing.search("罚款", document)} == {OLD}


def test_old_and_new_lead_to_each_other(browsing: Browsing, corpus: Corpus):
    for old, successor in corpus.successors.items():
        place = browsing.find(old)
        assert place
        assert keys(browsing.governing(place.article)) == list(successor.new)
        for new in browsing.governing(place.article):
            assert old in keys(browsing.governed_before(new.article))


def test_before_the_code_nothing_is_governed_otherwise(corpus: Corpus):
    before = Browsing(corpus, date(2026, 8, 14))
    place = before.find(f"{OLD}#60")
    assert place
    assert before.governing(place.article) == []


def test_pointers_lead_to_the_articles_that_they_name(browsing: Browsing, corpus: Corpus):
    count = 0
    (document,) = corpus.versions(CODE)
    for index in range(len(document.articles)):
        place = Place(document, index)
        for pointer in browsing.pointers(place):
            assert 0 <= pointer.start < pointer.end <= len(place.article.text)
            assert pointer.place.article.key != place.article.key
            count += 1
    assert count > 0
