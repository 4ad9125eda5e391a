from dataclasses import replace
from html.parser import HTMLParser

import pytest

from assistant.pipeline import Assistant
from assistant.types import Outcome, Query
from assistant.ui.board.rendering import (
    question_about,
    render_board,
    render_chart,
    render_figures,
    render_filters,
    render_row,
)
from corpus.catalog import Corpus
from corpus.collections.measures import find_measures
from tests.conftest import TODAY
from tests.support import load_policy

POLICY = load_policy()
MEASURES = find_measures(POLICY)
CORPUS = Corpus([POLICY])
ARTICLES = {article.key: article for article in POLICY.articles}
HOSTILE = "<img src=x onerror=alert(1)>\"'&<script>alert(2)</script>"


class Reader(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_every_measure_has_a_row_with_its_source():
    page = Reader(render_board([(POLICY, MEASURES)], CORPUS, TODAY))
    rows = [row for row in page.named("li") if row.get("id")]
    assert [row["data-words"] for row in rows] == [m.clause for m in MEASURES]
    assert len(page.named("mark")) == len(page.named("details")) == len(MEASURES) == 49
    for article in POLICY.articles:
        assert article.text in page.text


def test_a_row_marks_its_clause_in_the_whole_paragraph():
    for i, measure in enumerate(MEASURES):
        html = render_row(i, measure, POLICY, ARTICLES[measure.key], "")
        assert f"<mark>{measure.clause}</mark>" in html
        assert ARTICLES[measure.key].text in Reader(html).text
        assert html.index(measure.locator) < html.index("<mark>")


def test_an_object_before_its_verb_says_what_becomes_of_it():
    shown = [Reader(render_row(0, m, POLICY, ARTICLES[m.key], "")).text for m in MEASURES]
    assert any("减污降碳协同度达到同类城市领先水平“降碳”" in text for text in shown)
    assert any("完成支撑项目36个" in text for text in shown)


def test_the_chart_counts_measures_and_figures():
    text = Reader(render_chart(MEASURES)).text
    assert "降碳12 项，其中 1 项写明数字" in text
    assert "扩绿14 项" in text
    shares = [i["data-share"] for i in Reader(render_chart(MEASURES)).named("i")]
    assert "100.0" in shares


def test_the_figures_are_those_of_the_text():
    tiles = Reader(render_figures(MEASURES))
    assert [a["data-row"] for a in tiles.named("a")] == ["m11", "m15", "m22", "m42"]
    assert "100%确保农业和建设用地100%安全利用" in tiles.text
    assert render_figures([m for m in MEASURES if not m.figure]) == ""


def test_the_filters_offer_what_there_is():
    page = Reader(render_filters(MEASURES, [POLICY]))
    assert {i["value"] for i in page.named("input") if i.get("name") == "theme"} == {
        "", "总述", "降碳", "减污", "扩绿", "增长"
    }  # fmt: skip
    offered = {option["value"] for option in page.named("option")}
    assert offered == {m.verb for m in MEASURES} | {""}


def test_a_source_is_shown_and_never_run():
    article = replace(ARTICLES["policy:降碳"], text=HOSTILE)
    hostile = replace(
        MEASURES[1],
        object=HOSTILE,
        verb=HOSTILE,
        theme=HOSTILE,
        clause=HOSTILE,
        sentence=HOSTILE,
        start=0,
        end=len(HOSTILE),
    )
    html = render_row(1, hostile, POLICY, article, "")
    html += render_chart([hostile]) + render_filters([hostile], [POLICY])
    page = Reader(html)
    assert not page.named("img")
    assert not page.named("script")
    assert HOSTILE in page.text


def test_of_several_texts_one_can_be_chosen():
    later = replace(POLICY, title="另一份部署")
    one, both = (Reader(render_filters(MEASURES, plans)) for plans in ([POLICY], [POLICY, later]))
    assert [s["name"] for s in one.named("select")] == ["verb"]
    assert [s["name"] for s in both.named("select")] == ["text", "verb"]
    offered = {option["value"] for option in both.named("option")}
    assert {POLICY.id, later.id} <= offered


def test_a_row_says_of_which_text_it_is():
    html = render_row(0, MEASURES[0], POLICY, ARTICLES[MEASURES[0].key], "<i>状态</i>")
    (row,) = (li for li in Reader(html).named("li") if li.get("id"))
    assert row["data-text"] == POLICY.id
    assert "<i>状态</i>" in html


def test_without_a_policy_the_board_says_so():
    assert "没有收录政策文本" in render_board([], CORPUS, TODAY)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.clause)
def test_the_question_of_each_row_is_answered_with_its_sentence(assistant: Assistant, measure):
    answer = assistant.answer(Query(question_about(measure, POLICY), TODAY))
    assert answer.outcome is Outcome.ANSWERED
    assert measure.clause in "".join(c.quote for c in answer.citations if c.key == measure.key)
