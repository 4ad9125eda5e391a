"""The panel shows what an old article became, and what one of today replaced."""

from datetime import date

import pytest

from assistant.ui.article import find_source, render_source
from corpus.catalog import Corpus
from corpus.statutes.successors import Successor
from tests.assistant.ui.markup import Markup
from tests.records import make_article, make_document

TODAY = date(2026, 11, 23)
BEFORE = date(2025, 3, 1)
CHANGE = date(2026, 1, 1)
CLAUSE = "本法自2026年1月1日起施行。《旧法》同时废止。"


def corpus_of(*new: str) -> Corpus:
    old = make_document(
        make_article(5, "旧的应当办证。", title="旧法"),
        make_article(6, "另一条。", title="旧法"),
        title="旧法",
    )
    code = make_document(
        make_article(1, "办证依照本法第二条：\n（一）甲。", title="新法"),
        make_article(2, "条件另定。", title="新法"),
        make_article(9, CLAUSE, title="新法"),
        title="新法",
        effective=CHANGE,
    )
    successors = {"旧法#5": Successor("旧法#5", tuple(new), "改得更严")}
    return Corpus([old, code], successors=successors)


def panel(corpus: Corpus, key: str, day: date = TODAY, today: date | None = None) -> Markup:
    source = find_source(corpus, key, day)
    assert source is not None
    return Markup(render_source(source, corpus, day, today=today))


def test_the_articles_of_today_are_shown_whole_the_first_open() -> None:
    page = panel(corpus_of("新法#1", "新法#2"), "旧法#5")
    (section,) = page.classed("became")
    assert section.text.startswith("现行对应规定改得更严（本项目对照整理，非官方）《新法》第一条")
    first, second = page.named("details")
    assert ("open" in first.attributes, "open" in second.attributes) == (True, False)
    assert "办证依照本法第二条：（一）甲。" in first.text
    assert "条件另定。" in second.text
    links = [a for a in page.named("a") if a.text == "打开《新法》第一条"]
    assert len(links) == 1
    assert "data-source" in links[0].attributes
    assert TODAY.isoformat() in links[0].attributes["href"]


def test_a_rule_that_was_dropped_is_told() -> None:
    (section,) = panel(corpus_of(), "旧法#5").classed("became")
    assert section.text.startswith("没有对应的现行规定改得更严")


def test_an_article_of_today_shows_what_it_replaced_folded() -> None:
    page = panel(corpus_of("新法#1"), "新法#1")
    (section,) = page.classed("was")
    assert section.text.startswith("取代的旧条文")
    (folded,) = page.named("details")
    assert "open" not in folded.attributes
    assert "旧的应当办证。" in folded.text
    assert "（已废止）" in folded.text


@pytest.mark.parametrize("key", ["旧法#6", "新法#2"])
def test_where_nothing_is_known_nothing_is_said(key: str) -> None:
    assert not panel(corpus_of("新法#1"), key).classed("corresponding")


def test_for_a_day_before_the_change_both_days_are_told() -> None:
    corpus = corpus_of("新法#1")
    page = panel(corpus, "旧法#5", BEFORE, TODAY)
    assert [badge.text for badge in page.classed("badge")] == ["当日有效", "现已废止"]
    assert page.classed("became")
    alone = panel(corpus, "旧法#5", BEFORE)
    assert [badge.text for badge in alone.classed("badge")] == ["现行有效"]
    assert not alone.classed("became")
    same = panel(corpus, "旧法#5", TODAY, TODAY)
    assert [badge.text for badge in same.classed("badge")] == ["已废止"]


def test_an_earlier_version_leads_to_its_number_in_the_present_one() -> None:
    before = make_document(make_article(3, "修改前。"), adopted=date(2020, 1, 1))
    after = make_document(make_article(3, "修改后。"), adopted=date(2024, 1, 1))
    corpus = Corpus([before, after])
    page = panel(corpus, "某法#3", date(2021, 1, 1), TODAY)
    (section,) = page.classed("became")
    assert "修改后。" in section.text
    assert "条号可能有变" in section.text
    assert not panel(corpus, "某法#3", TODAY, TODAY).classed("became")


def test_a_real_old_law_shows_the_code(corpus: Corpus) -> None:
    page = panel(corpus, "中华人民共和国环境保护法#60")
    first = page.named("details")[0]
    assert "open" in first.attributes
    assert first.text.startswith("《生态环境法典》第")
