from datetime import date
from html.parser import HTMLParser

import pytest

from assistant.types import Answer, Audience, Citation, Outcome, Sentence
from assistant.ui.rendering import (
    highlight,
    render_answer,
    render_card,
    render_problem,
    render_turn,
)
from assistant.ui.sources import Pointer
from corpus.types import Article

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


def test_marks_point_to_the_cards():
    page = read(
        render_answer(
            answer(Sentence("甲。", (1,)), Sentence("乙。", (2, 1))), 3, Audience.PUBLIC, {}
        )
    )
    assert [mark["href"] for mark in page.named("a") if mark.get("class") == "mark"] == [
        "#t3c1",
        "#t3c2",
        "#t3c1",
    ]
    assert [card["id"] for card in page.named("details")] == ["t3c1", "t3c2"]
    assert "甲。[1]" in page.text
    assert "乙。[2][1]" in page.text


def test_a_growing_answer_shows_only_the_cards_that_it_uses_so_far():
    page = read(render_answer(answer(Sentence("甲。", (2,))), 1, Audience.PUBLIC, {}))
    assert [card["id"] for card in page.named("details")] == ["t1c2"]


def test_a_card_says_what_is_cited_and_how_it_stands():
    page = read(render_card(citation(note="条首缺失"), "t1c1", ARTICLE))
    for fact in ("某法", "第五条", "现行有效", "2026年8月15日起施行", "条首缺失"):
        assert fact in page.text
    assert "第一编 总则 › 第二章 许可" in page.text
    assert {"class": "badge in-force"} in page.named("span")
    assert page.marked == "排放废气的；"


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
    page = read(render_card(citation(status=status), "t1c1", ARTICLE))
    assert {"class": f"badge {kind}"} in page.named("span")


def test_a_card_without_its_article_shows_the_quote():
    page = read(render_card(citation(effective_date=""), "t1c1", None))
    assert page.marked == "排放废气的；"
    assert "起施行" not in page.text


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "data:text/html,x", "//example.com/"])
def test_only_web_pages_are_linked(url: str):
    assert not read(render_card(citation(url=url), "t1c1", ARTICLE)).named("a")


@pytest.mark.parametrize(
    "quote",
    ["下列单位", "（一）排放废气的；\n（二）排放污水的。", ARTICLE.text, "其他单位除外。"],
)
def test_the_quote_is_marked_across_paragraphs(quote: str):
    html = highlight(ARTICLE.text, quote)
    page = read(html)
    assert page.marked == quote.replace("\n", "")
    assert page.text == ARTICLE.text.replace("\n", "")
    assert html.count("<p ") == ARTICLE.text.count("\n") + 1


def test_a_cross_reference_is_a_link_that_asks():
    text = "依照本法第五条处罚，<b>不重复</b>。"
    pointer = Pointer(text.index("本法"), text.index("处罚"), "《甲法》第五条")
    html = highlight(text, "处罚", [pointer])
    (link,) = read(html).named("a")
    assert link["data-ask"] == "《甲法》第五条"
    assert read(html).text == text
    assert "<b>" not in html


def test_a_quote_that_is_not_there_marks_nothing():
    page = read(highlight(ARTICLE.text, "没有的话"))
    assert page.marked == ""
    assert page.text == ARTICLE.text.replace("\n", "")


def test_a_refusal_looks_different_and_has_no_cards():
    declined = answer(Sentence("现有资料没有。", ()), outcome=Outcome.DECLINED)
    page = read(render_answer(declined, 1, Audience.STAFF, {}))
    assert {"class": "reply declined"} in page.named("div")
    assert not page.named("details")


def test_what_comes_from_outside_is_shown_and_never_run():
    hostile = Article(HOSTILE, HOSTILE, (HOSTILE,), HOSTILE)
    card = citation(title=HOSTILE, locator=HOSTILE, quote=HOSTILE, status=HOSTILE, note=HOSTILE)
    spoken = Answer("", "", Outcome.ANSWERED, (Sentence(HOSTILE, (1,)),), (card,), DAY, "")
    reply = render_answer(spoken, 1, Audience.PUBLIC, {1: hostile})
    page = read(render_turn(1, HOSTILE, reply + render_problem(HOSTILE, "请改")))
    assert not page.named("img")
    assert not page.named("script")
    assert page.text.count(HOSTILE) == 10
    assert page.marked == HOSTILE


def test_a_question_beyond_bounds_is_cut_on_the_page():
    assert len(read(render_turn(1, "长" * 100_000, "")).text) < 600
