from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from assistant.ui.library.article import render_article
from assistant.ui.library.rendering import (
    LIMIT,
    render_check,
    render_document,
    render_library,
    render_results,
    render_section,
)
from assistant.ui.library.tab import Pages, add_library
from assistant.ui.telling import Telling
from corpus.browsing import Browsing, Place, sections
from corpus.catalog import Corpus, KnownDocument
from corpus.check import Finding, check_corpus
from corpus.collection import Kind
from corpus.types import Article, Document
from tests.assistant.ui.board.test_board import Reader
from tests.conftest import TODAY
from tests.support import options_for

CODE = "中华人民共和国生态环境法典"
OLD = "中华人民共和国环境保护法"
HOSTILE = "<img src=x onerror=alert(1)>\"'&<script>alert(2)</script>"


@pytest.fixture(scope="module")
def browsing(corpus: Corpus) -> Browsing:
    return Browsing(corpus, TODAY)


def document_of(browsing: Browsing, title: str) -> Document:
    found = browsing.corpus.version_on(title, browsing.day)
    assert found
    return found


def test_every_document_is_on_a_shelf_and_all_unloaded_are_named(browsing: Browsing):
    checked = check_corpus(browsing.corpus, date(2026, 11, 23))
    page = Reader(render_library(browsing, (), checked))
    ids = [b["data-document"] for b in page.named("button") if "data-document" in b]
    assert sorted(ids) == sorted(d.id for d in browsing.corpus.documents)
    for known in browsing.corpus.not_loaded.values():
        assert known.title in page.text
        assert known.issuer in page.text
    assert "没有发现别的问题" in page.text
    assert "农业法（2027年起）尚未施行" in page.text
    assert "2026年11月23日" in page.text


def test_findings_are_told_in_the_line(corpus: Corpus):
    report = replace(
        check_corpus(corpus, date(2026, 11, 23)), findings=(Finding(HOSTILE, "重复出现 2 次"),)
    )
    line = render_check(report)
    assert "另有 1 处要核对" in line
    assert "<img" not in line


@pytest.mark.parametrize("title", [CODE, OLD, "中华人民共和国刑法", "中华人民共和国海岛保护法"])
def test_the_outline_holds_every_section(browsing: Browsing, title: str):
    document = document_of(browsing, title)
    page = Reader(render_document(browsing, document))
    shown = [d["data-section"] for d in page.named("details") if "data-section" in d]
    assert shown == [str(i) for i in range(len(sections(document)))]
    for section in sections(document):
        for heading in section.path:
            assert heading in page.text
    assert not page.named("article")


def test_a_section_holds_its_articles_whole(browsing: Browsing):
    document = document_of(browsing, CODE)
    section = sections(document)[20]
    page = Reader(render_section(browsing, document, section))
    for article in document.articles[section.first : section.end]:
        assert article.text.replace("\n", "") in page.text
    assert len(page.named("article")) == section.end - section.first


def test_a_repealed_article_says_what_governs_today(browsing: Browsing):
    place = browsing.find(f"{OLD}#60")
    assert place
    text = Reader(render_article(browsing, place)).text
    assert "现行对应规定：《生态环境法典》第" in text
    assert "本项目对照整理，非官方" in text
    head = Reader(render_document(browsing, place.document)).text
    assert "2026年8月15日起由《生态环境法典》第一千二百四十二条废止。" in head


def test_a_head_that_is_missing_is_told(browsing: Browsing):
    place = browsing.find(f"{CODE}#1120")
    assert place
    assert "条首缺失" in Reader(render_article(browsing, place)).text


def test_results_are_counted_and_limited(browsing: Browsing):
    found = browsing.search("噪声")
    page = Reader(render_results(found, "噪声", TODAY, browsing.corpus))
    assert f"找到 {len(found)} 条，列出前 {LIMIT} 条" in page.text
    assert len(page.named("li")) == LIMIT
    assert "没有找到" in render_results([], HOSTILE, TODAY, browsing.corpus)


def test_a_document_is_shown_and_never_run():
    article = Article(f"{HOSTILE}#1", HOSTILE, (HOSTILE,), f"{HOSTILE}\n（一）{HOSTILE}", HOSTILE)
    document = Document(
        HOSTILE, Kind.STATUTE, HOSTILE, None, date(2020, 1, 1), "javascript:alert(1)", (article,)
    )
    known = KnownDocument(HOSTILE + "2", (), HOSTILE, "javascript:alert(1)")
    browsing = Browsing(Corpus([document], not_loaded=[known]), TODAY)
    place = Place(document, 0)
    html = (
        render_library(browsing, [HOSTILE], check_corpus(browsing.corpus, date(2026, 11, 23)))
        + render_document(browsing, document)
        + render_section(browsing, document, sections(document)[0])
        + render_results([place], HOSTILE, TODAY, browsing.corpus)
    )
    page = Reader(html)
    assert not page.named("img")
    assert not page.named("script")
    assert not [a for a in page.named("a") if "javascript" in (a.get("href") or "")]


@pytest.mark.parametrize("what", ["", "x", "../etc", "中华人民共和国水法", "-1", str(10**9), "5"])
def test_the_server_takes_anything_from_a_browser(corpus: Corpus, what: str):
    reader: Any = SimpleNamespace(corpus=corpus)
    app = FastAPI()
    add_library(router := APIRouter(), reader, Telling(options_for(Corpus([]))))
    app.include_router(router)
    client = TestClient(app)

    def shown(path: str, **given: str) -> str:
        return client.get(f"/library/{path}", params=given).text

    assert "已经移除" in shown("document", document=what)
    assert "已经移除" in shown("section", document=what, section="0")
    assert shown("results", words=what, document=what)
    (code,) = corpus.versions(CODE)
    assert ("<article" in shown("section", document=code.id, section=what)) == (what == "5")


def test_a_long_search_is_refused(corpus: Corpus):
    pages = Pages(SimpleNamespace(corpus=corpus))  # type: ignore[arg-type]
    assert "不超过 60 个字" in pages.results(TODAY, "长" * 61, "")
