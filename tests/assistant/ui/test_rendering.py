from dataclasses import replace
from datetime import date
from html import escape
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.dialog.suggestions import Suggestion
from assistant.types import Answer, Audience, Citation, Outcome, Sentence
from assistant.ui import texts
from assistant.ui.article.panel import render_source
from assistant.ui.article.sources import find_source
from assistant.ui.article.text import render_text
from assistant.ui.chat.rendering import (
    Beside,
    render_answer,
    render_problem,
    render_turn,
    to_exchange,
)
from assistant.ui.html import badge, official_link, source_link, source_url
from corpus.browsing import Place, Pointer
from corpus.catalog import Corpus
from corpus.collection import Hotline, Kind
from corpus.types import Article, Document

HOSTILE = "<img src=x onerror=alert(1)>\"'&<script>alert(2)</script>${7*7}"
DAY = date(2026, 11, 23)
ARTICLE = Article(
    key="某法#5",
    label="第五条",
    path=("第一编 总则", "第二章 许可"),
    text="下列单位应当取得许可证：\n（一）排放废气的；\n（二）排放污水的。\n其他单位除外。",
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked = ""
        self._in_mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_mark = self._in_mark or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._in_mark else ""

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def citation(n: int = 1, **changes: str) -> Citation:
    facts = {
        "key": "某法#5",
        "title": "某法",
        "locator": "第五条",
        "quote": "排放废气的；",
        "status": "现行有效",
        "effective_date": "2026-08-15",
        "url": "https://flk.npc.gov.cn/",
    }
    return Citation(n=n, **(facts | changes))


def answer(*sentences: Sentence, outcome: Outcome = Outcome.ANSWERED) -> Answer:
    return Answer("", "问", outcome, sentences, (citation(1), citation(2)), DAY, "extractive")


def corpus_of(*articles: Article, title: str = "某法") -> Corpus:
    url = "https://flk.npc.gov.cn/"
    effective = date(2026, 8, 15)
    return Corpus([Document(title, Kind.STATUTE, "某机关", None, effective, url, articles)])


def shown(quote: str = "排放废气的；", *others: Article, article: Article = ARTICLE) -> _Reader:
    corpus = corpus_of(article, *others)
    source = find_source(corpus, article.key, DAY, quote)
    assert source is not None
    return read(render_source(source, corpus, DAY))


def marks(page: _Reader) -> list[dict[str, str | None]]:
    return [link for link in page.named("a") if link.get("class") == "mark"]


def test_marks_lead_to_the_source_with_the_quote():
    page = read(
        render_answer(answer(Sentence("甲。", (1,)), Sentence("乙。", (2, 1))), 3, Audience.PUBLIC)
    )
    assert len(marks(page)) == 3
    given = parse_qs(urlsplit(marks(page)[0]["href"] or "").query)
    assert given == {"key": ["某法#5"], "day": ["2026-11-23"], "quote": ["排放废气的；"]}
    assert marks(page)[0]["aria-label"] == "出处 1：某法 第五条"
    assert all("data-source" in mark for mark in marks(page))
    assert "甲。[1]" in page.text
    assert "乙。[2][1]" in page.text


def test_a_growing_answer_shows_only_the_sources_that_it_uses_so_far():
    page = read(render_answer(answer(Sentence("甲。", (2,))), 1, Audience.PUBLIC))
    assert sum(link.get("class") == "source" for link in page.named("a")) == 1
    assert not page.named("button")


def test_before_the_first_words_the_source_stands_open() -> None:
    page = read(render_answer(answer(), 1, Audience.PUBLIC))
    assert texts.SOURCE_FIRST in page.text
    assert '<details class="quote" open>' in render_answer(answer(), 1, Audience.PUBLIC)
    worded = render_answer(answer(Sentence("甲。", (2,))), 1, Audience.PUBLIC)
    assert texts.SOURCE_FIRST not in worded
    assert " open>" not in worded


def test_a_complete_answer_can_be_copied_judged_and_followed_up():
    beside = Beside(copy='正文"[1]', suggestions=[Suggestion("对应的义务", "《某法》第一条")])
    page = read(render_answer(answer(Sentence("甲。", (1,))), 1, Audience.PUBLIC, beside))
    assert {b.get("data-do") for b in page.named("button")} >= {"copy", "link", "useful", "useless"}
    assert any(b.get("data-ask") == "《某法》第一条" for b in page.named("button"))
    assert any(div.get("data-copy") == '正文"[1]' for div in page.named("div"))


def test_the_source_says_where_it_stands_and_how_it_is_today():
    following = Article("某法#6", "第六条", (), "别的。")
    page = shown("排放废气的；", following)
    for fact in ("某法", "现行有效", "2026年8月15日起施行", "效力以 2026年11月23日 为准"):
        assert fact in page.text
    assert "第一编 总则 › 第二章 许可 › 第五条第一款第（一）项" in page.text
    assert {"class": "badge in-force"} in page.named("span")
    assert page.marked == "排放废气的；"
    assert "上一条（没有了）" in page.text
    assert "下一条（第六条）" in page.text


def test_a_quote_that_no_version_holds_marks_nothing():
    page = shown("没有的话")
    assert page.marked == ""
    assert "› 第五条" in page.text


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("现行有效", "in-force"),
        ("已废止", "repealed"),
        ("已被新版本取代", "superseded"),
        ("尚未施行", "not-yet"),
        ("新闻报道", "news"),
        ("别的", "other"),
    ],
)
def test_each_status_has_a_colour(status: str, kind: str):
    assert {"class": f"badge {kind}"} in read(badge(status)).named("span")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "data:text/html,x", "//example.com/"])
def test_only_web_pages_are_linked(url: str):
    assert official_link(url) == ""


def panel_link(place: Place, words: str) -> str:
    return source_link(source_url(place.article.key, DAY), escape(words))


@pytest.mark.parametrize(
    "quote",
    ["下列单位", "（一）排放废气的；\n（二）排放污水的。", ARTICLE.text, "其他单位除外。"],
)
def test_the_quote_is_marked_across_paragraphs(quote: str):
    html = render_text(ARTICLE.text, (), panel_link, quote)
    page = read(html)
    assert page.marked == quote.replace("\n", "")
    assert page.text == ARTICLE.text.replace("\n", "")
    assert html.count("<p ") == ARTICLE.text.count("\n") + 1


def test_a_cross_reference_is_a_link_to_its_source():
    text = "依照本法第五条处罚，<b>不重复</b>。"
    place = Place(corpus_of(Article("甲法#5", "第五条", (), "甲。"), title="甲法").documents[0], 0)
    pointer = Pointer(text.index("本法"), text.index("处罚"), place)
    html = render_text(text, [pointer], panel_link, "处罚")
    (link,) = read(html).named("a")
    assert parse_qs(urlsplit(link["href"] or "").query)["key"] == ["甲法#5"]
    assert read(html).text == text
    assert "<b>" not in html


def test_a_refusal_looks_different_and_says_where_to_ask():
    declined = answer(Sentence("现有资料没有。", ()), outcome=Outcome.DECLINED)
    beside = Beside(hotlines=[Hotline(number="12345", name="热线")])
    page = read(render_answer(declined, 1, Audience.STAFF, beside))
    assert {"class": "reply declined"} in page.named("div")
    assert not marks(page)
    assert {"href": "tel:12345"} in page.named("a")


def test_a_refusal_that_answers_a_part_does_not_say_that_nothing_can_be_cited():
    label = "主要的一问没有找到能确定回答的原文"
    part = answer(Sentence("处一万元罚款。", (1,)), outcome=Outcome.DECLINED)
    assert label in read(render_answer(part, 1, Audience.STAFF)).text
    bare = replace(part, citations=())
    assert label not in read(render_answer(bare, 1, Audience.STAFF)).text


def test_what_comes_from_outside_is_shown_and_never_run():
    hostile = Article(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE, HOSTILE)
    cited = citation(title=HOSTILE, locator=HOSTILE, quote=HOSTILE, status=HOSTILE, note=HOSTILE)
    spoken = Answer("", HOSTILE, Outcome.ANSWERED, (Sentence(HOSTILE, (1,)),), (cited,), DAY, "")
    beside = Beside(copy=HOSTILE, suggestions=[Suggestion(HOSTILE, HOSTILE)])
    reply = render_answer(spoken, 1, Audience.PUBLIC, beside)
    exchange = to_exchange(spoken, Audience.PUBLIC)
    page = read(render_turn(1, HOSTILE, reply + render_problem(HOSTILE, "请改"), exchange))
    assert page.text.count(HOSTILE) == 11
    corpus = corpus_of(hostile, title=HOSTILE)
    source = find_source(corpus, HOSTILE, DAY, HOSTILE)
    assert source is not None
    panel = read(render_source(source, corpus, DAY))
    assert panel.marked == HOSTILE
    for html in (page, panel):
        assert not html.named("img")
        assert not html.named("script")


def test_a_question_beyond_bounds_is_cut_on_the_page():
    assert len(read(render_turn(1, "长" * 100_000, "")).text) < 2100


def test_how_an_answer_was_made_is_noted() -> None:
    noted = replace(
        answer(), understood="a<b", note="人工智能没有在限定的时间内答完，<b>这是摘取的回答</b>"
    )
    html = render_answer(noted, 1, Audience.PUBLIC)
    assert "人工智能没有在限定的时间内答完，&lt;b&gt;" in html
    assert "a&lt;b" in html
    assert "&amp;lt;" not in html
