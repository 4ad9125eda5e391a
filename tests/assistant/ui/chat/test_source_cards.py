"""What an answer rests on: a card for an article, under its document's head."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.types import Audience, Citation, Sentence
from assistant.ui.article import stretch_of
from assistant.ui.chat.rendering import render_answer
from assistant.ui.chat.sources import render_sources
from corpus.catalog import Corpus
from corpus.standing import standing_today
from corpus.types import Status
from tests.assistant.ui.markup import Markup
from tests.records import DAY, make_answer, make_article, make_citation, make_document

LATER = date(2027, 3, 1)


def cited(n: int, number: int, locator: str, **fields: str) -> Citation:
    return make_citation(n, key=f"某法#{number}", locator=locator, quote=f"引文{n}。", **fields)


SPREAD = (
    cited(1, 5, "第五条第二款"),
    make_citation(2, key="别法#1", title="别法", locator="第一条", quote="别的。"),
    cited(3, 6, "第六条"),
    cited(4, 5, "第五条第一款第（二）项"),
    cited(5, 5, "第五条第一款第（一）项"),
)


def page_of(*citations: Citation, status: Status | None = None) -> Markup:
    answer = make_answer(Sentence("甲。", tuple(c.n for c in citations)), citations=citations)
    return Markup(render_sources(answer, lambda key, quote: status))


def test_citations_of_one_article_share_a_card_and_articles_their_document() -> None:
    page = page_of(*SPREAD)
    assert [head.text[:2] for head in page.classed("document-head")] == ["某法", "别法"]
    keys = [card.attributes["data-key"] for card in page.classed("card")]
    assert keys == ["某法#5", "某法#6", "别法#1"]
    assert "现行有效" in page.classed("document-head")[0].text
    assert page.text.count("现行有效") == 2


def test_in_a_card_the_places_stand_in_the_order_of_the_article() -> None:
    card = page_of(*SPREAD).classed("card")[0]
    places = [card.text.index(f"[{n}]") for n in (5, 4, 1)]
    assert places == sorted(places)


def test_each_number_opens_its_own_passage() -> None:
    page = page_of(*SPREAD)
    found = {
        link.text.split(" ")[0]: parse_qs(urlsplit(link.attributes["href"]).query)["quote"][0]
        for link in page.classed("source")
    }
    assert found == {f"[{c.n}]": c.quote for c in SPREAD}


def test_versions_of_a_title_are_not_one_document() -> None:
    old = cited(2, 5, "第五条", status="已被新版本取代", effective_date="2001-01-01")
    assert len(page_of(cited(1, 5, "第五条"), old).classed("document-head")) == 2


def test_every_quote_can_be_unfolded_and_keeps_its_paragraphs() -> None:
    quote = "有下列情形之一的：\n（一）甲；\n（二）乙。"
    page = page_of(make_citation(1, quote=quote))
    (folded,) = page.named("details")
    assert "open" not in folded.attributes
    (block,) = page.named("blockquote")
    assert block.text == quote.replace("\n", "")
    inside = [p for p in page.named("p") if p.attributes.get("class") in (None, "set-in")]
    assert [p.text for p in inside] == quote.split("\n")


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (None, ["现行有效"]),
        (Status.REPEALED, ["当日有效", "现已废止"]),
        (Status.IN_FORCE, ["当日有效", "现行有效"]),
        (Status.SUPERSEDED, ["当日有效", "现已有新版本"]),
        (Status.NEWS, ["现行有效"]),
    ],
)
def test_beside_the_status_of_another_day_stands_todays(
    status: Status | None, shown: list[str]
) -> None:
    page = page_of(make_citation(1), status=status)
    assert [badge.text for badge in page.classed("badge")] == shown


def test_what_is_true_today_comes_from_the_corpus() -> None:
    old = make_document(make_article(5, title="旧法"), title="旧法")
    clause = "本法自2027年1月1日起施行。《旧法》同时废止。"
    new = make_document(
        make_article(9, clause, title="新法"), title="新法", effective=date(2027, 1, 1)
    )
    corpus = Corpus([old, new])
    answer = make_answer(
        Sentence("甲。", (1,)), citations=(make_citation(1, key="旧法#5", title="旧法"),)
    )

    def badges(today: date) -> list[str]:
        page = render_answer(answer, 1, Audience.PUBLIC, today=standing_today(corpus, DAY, today))
        return [badge.text for badge in Markup(page).classed("badge")]

    assert badges(DAY) == ["现行有效"]
    assert badges(LATER) == ["当日有效", "现已废止"]


def test_parts_of_one_article_that_would_read_the_same_are_told_apart() -> None:
    text = "甲应当办证。乙应当登记。丙应当报告。"
    corpus = Corpus([make_document(make_article(5, text))])
    quotes = {"甲应当办证。": "开头", "乙应当登记。": "中间一段", "丙应当报告。": "末尾", text: ""}
    for quote, part in quotes.items():
        assert stretch_of(corpus, "某法#5", DAY, quote) == part
    both = (cited(1, 5, "第五条"), cited(2, 5, "第五条"), cited(3, 6, "第六条"))
    answer = make_answer(Sentence("甲。", (1, 2, 3)), citations=both)
    page = Markup(render_sources(answer, stretch=lambda c: "开头" if c.n == 1 else ""))
    assert [link.text[-5:] for link in page.classed("source")] == [
        "五条 开头",
        "某法 第五条"[-5:],
        "某法 第六条"[-5:],
    ]


def test_nothing_is_styled_or_run_by_an_attribute() -> None:
    for element in page_of(*SPREAD, status=Status.REPEALED).elements:
        assert not [n for n in element.attributes if n == "style" or n.startswith("on")]
