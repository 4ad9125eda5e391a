"""The table of duties and what punishes their breach agrees with the statutes."""

import re
from collections import Counter
from datetime import date

import pytest

from corpus.catalog import Corpus
from corpus.language.numerals import to_chinese
from corpus.language.references import cross_references
from corpus.splitting import spans
from corpus.statutes.liability import LiabilityLink, LiabilityLinks
from corpus.types import Article, Document, Span, Status

TODAY = date(2026, 11, 23)
#: 「违反本法第十九条、第二十五条第二款」: the duties that a liability article names itself.
_BREACH = re.compile(
    r"违反本法(?:第[零一二三四五六七八九十百]+条(?:第[一二三四五六七八九十]+款)?[、，和或者]*)+"
)


@pytest.fixture(scope="module")
def links(corpus: Corpus) -> list[LiabilityLink]:
    """Every link of the table."""
    keys = {article.key for document in corpus.documents for article in document.articles}
    return [link for key in sorted(keys) for link in corpus.liability_links.punishing(key)]


def shown(corpus: Corpus, key: str) -> tuple[Document, Article]:
    found = corpus.article(key, TODAY)
    assert found is not None, key
    return found


def named_breaches(corpus: Corpus, document: Document) -> set[tuple[str, str]]:
    """Duty and liability, where an article of the document names the article that it punishes."""
    return {
        (reference.key, article.key)
        for article in document.articles
        for match in _BREACH.finditer(article.text)
        for reference in cross_references(match[0], document.title, corpus.names)
        if reference.key
    }


def test_the_table_is_there(links: list[LiabilityLink]) -> None:
    assert len(links) >= 800
    assert len(set(links)) == len(links)


def test_every_link_leads_from_an_article_to_another_of_today(
    corpus: Corpus, links: list[LiabilityLink]
) -> None:
    for link in links:
        assert link.duty != link.liability
        for key in (link.duty, link.liability):
            document, _ = shown(corpus, key)
            assert corpus.status(document, TODAY) is Status.IN_FORCE, key


def test_every_paragraph_and_item_exists(corpus: Corpus, links: list[LiabilityLink]) -> None:
    def fits(link: LiabilityLink, span: Span) -> bool:
        item = f"第（{to_chinese(link.item)}）项" if link.item else ""
        return span.paragraph == link.paragraph and span.locator.endswith(item)

    for link in links:
        document, article = shown(corpus, link.liability)
        assert link.paragraph or not link.item, link
        if link.paragraph:
            assert any(fits(link, span) for span in spans(article, document.collection)), link


def test_the_water_law_agrees(corpus: Corpus) -> None:
    (document,) = corpus.versions("中华人民共和国水法")
    pairs = named_breaches(corpus, document)
    assert pairs
    for duty, liability in pairs:
        assert liability in {link.liability for link in corpus.liability_links.punishing(duty)}


def test_what_the_statutes_say_themselves_is_in_the_table(
    corpus: Corpus, links: list[LiabilityLink]
) -> None:
    covered = Counter(link.liability.split("#")[0] for link in links)
    documents = [corpus.version_on(title, TODAY) for title in covered]
    stated = {pair for d in documents if d for pair in named_breaches(corpus, d)}
    missing = stated - {(link.duty, link.liability) for link in links}
    assert len(stated) >= 40
    assert len(missing) * 20 <= len(stated), missing


def test_the_table_is_read_from_both_ends(links: list[LiabilityLink], corpus: Corpus) -> None:
    for link in links:
        assert link in corpus.liability_links.punished_by(link.liability, link.paragraph, link.item)


def test_a_paragraph_and_an_item_narrow_the_duties() -> None:
    whole = LiabilityLink("a#1", "a#9", 1)
    second = LiabilityLink("a#2", "a#9", 1, 2)
    third = LiabilityLink("a#3", "a#9", 1, 3)
    other = LiabilityLink("a#4", "a#9", 2)
    links = LiabilityLinks([whole, second, third, other])
    assert links.punished_by("a#9") == (whole, second, third, other)
    assert links.punished_by("a#9", 1) == (whole, second, third)
    # What is said of the whole 款 holds for each of its 项.
    assert links.punished_by("a#9", 1, 2) == (whole, second)
    assert links.punishing("a#4") == (other,)
    assert links.punishing("a#9") == links.punished_by("a#1") == ()


def test_what_is_linked_is_found_from_both_ends() -> None:
    links = LiabilityLinks([LiabilityLink("甲#1", "甲#9"), LiabilityLink("甲#2", "甲#9")])
    assert links.linked("甲#1") == {"甲#9"}
    assert links.linked("甲#9") == {"甲#1", "甲#2"}
    assert links.linked("甲#3") == frozenset()
