"""A conversation on paper: what is of the page is left out, what is folded is shown."""

from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.types import Audience, Sentence
from assistant.ui.chat.rendering import Beside, render_answer, render_turn
from tests.records import make_answer, make_citation

QUOTE = "有下列情形之一的，责令改正：\n（一）甲；\n（二）乙。"


def style(name: str) -> str:
    return (resources.files("assistant.ui") / "style" / name).read_text("utf-8")


@pytest.fixture
def paper(browser: Browser) -> Page:
    answer = make_answer(
        Sentence("应当办证。", (1,)),
        citations=(make_citation(quote=QUOTE),),
    )
    turns = "".join(
        render_turn(n, f"第{n}个问题？", render_answer(answer, n, Audience.PUBLIC, Beside()))
        for n in (1, 2)
    )
    page = browser.new_page()
    page.set_content(
        f"<style>{style('answer.css')}{style('print.css')}</style>"
        f'<header class="tools">工具</header><main>{turns}</main>'
        '<form id="composer"><textarea></textarea></form><aside id="panel">原文</aside>'
    )
    page.emulate_media(media="print")
    return page


def test_every_quote_is_unfolded_and_its_handle_gone(paper: Page) -> None:
    folded = paper.locator("details.quote")
    assert not folded.first.evaluate("each => each.open")
    expect(folded.first.locator("summary")).to_be_hidden()
    quote = folded.first.locator("blockquote")
    assert quote.evaluate("each => each.checkVisibility({contentVisibilityAuto: true})")
    box = quote.bounding_box()
    assert box
    assert box["height"] > 40


def test_what_is_of_the_page_is_left_out(paper: Page) -> None:
    for name in ("header", "#composer", "#panel", ".actions", ".choose"):
        expect(paper.locator(name).first).to_be_hidden()
    expect(paper.locator(".disclosure").first).to_be_visible()


def test_the_parts_of_a_memo_have_their_names(paper: Page) -> None:
    names = {
        kind: paper.locator(kind).first.evaluate(
            "each => getComputedStyle(each, '::before').content"
        )
        for kind in (".question", ".words", ".facts")
    }
    assert names == {".question": '"题目"', ".words": '"结论"', ".facts": '"说明"'}


def test_the_day_stands_with_the_question(paper: Page) -> None:
    day = paper.locator(".paper.for")
    expect(day.first).to_be_visible()
    expect(day.first).to_contain_text("为准 · 面向公众")
    paper.emulate_media(media="screen")
    expect(day.first).to_be_hidden()


def test_one_answer_can_be_printed_alone(paper: Page) -> None:
    paper.evaluate("document.getElementById('t1').classList.add('not-printed')")
    expect(paper.locator("#t1")).to_be_hidden()
    expect(paper.locator("#t2")).to_be_visible()


def test_the_paper_has_its_pages(paper: Page, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    paper.pdf(path=file, prefer_css_page_size=True)
    assert file.read_bytes().startswith(b"%PDF")
