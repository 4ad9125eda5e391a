"""Everyone can use it: axe-core finds nothing serious; pictures of each state are kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from ui_server import opened
from ui_steps import FIGURE, PENALTY, ask, assert_fits, open_source

from tests.assistant.axe import AXE_RUN, fetch_axe

Look = Callable[[str], None]


@pytest.fixture(scope="session")
def axe(repository: Path) -> str:
    return fetch_axe(repository)


def _checked(page: Page, axe: str, screenshots: Path, width: int, scheme: str) -> Look:
    page.evaluate(axe)

    def look(state: str) -> None:
        page.wait_for_timeout(300)  # the sheet has risen, the page has scrolled
        page.screenshot(path=screenshots / f"{state}-{width}-{scheme}.png")
        assert page.evaluate(AXE_RUN) == [], state
        assert_fits(page)

    return look


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_state_of_the_page_shuts_anyone_out(
    browser: Browser, address: str, axe: str, screenshots: Path, width: int, scheme: str
):
    with opened(browser, address, width, scheme) as (page, _):
        look = _checked(page, axe, screenshots, width, scheme)
        look("empty")
        turn = ask(page, PENALTY)
        look("answer")
        open_source(page, turn)
        look("source")
        page.keyboard.press("Escape")
        turn = ask(page, "环境保护法第六十条现在还有效吗？")
        look("repealed")
        turn.get_by_role("button", name="没用").click()
        expect(turn.locator(".said")).not_to_be_empty()
        look("judged")
        ask(page, FIGURE)
        look("figure")
        ask(page, "《北京市大气污染防治条例》怎么规定的？")
        look("declined")
        ask(page, "？？？")
        look("problem")
        page.get_by_role("button", name="历史").click()
        look("history")
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="目标与措施").click()
        expect(page.locator("#board h2")).to_be_visible()
        look("board")
        page.get_by_role("tab", name="法规库").click()
        expect(page.locator("#library h2")).to_be_visible()
        look("library")
        page.get_by_role("tab", name="核验稿件").click()
        page.get_by_label("稿子的文字").fill(
            "依据《大气污染防治法》第九十九条和《水法》第三条处罚。"
        )
        page.get_by_role("button", name="核验", exact=True).click()
        expect(page.locator("#check .draft")).to_be_visible()
        look("check")


def test_the_focus_is_never_under_the_bar_of_the_question(page: Page):
    turn = ask(page, PENALTY)
    turn.focus()
    bar = page.locator("#composer")
    for _ in range(turn.locator("a, button, summary").count()):
        page.keyboard.press("Tab")
        here = page.locator(".turn :focus")
        if here.count():
            assert here.bounding_box()["y"] < bar.bounding_box()["y"] - 10  # type: ignore[index]
    page.locator("#more summary").click()
    page.get_by_role("button", name="挑选几条导出").click()
    expect(turn.locator("[data-choose]")).to_be_focused()
    page.get_by_role("button", name="取消").click()
    expect(page.locator("#more summary")).to_be_focused()


def test_large_type_leaves_room_on_a_phone(browser: Browser, address: str):
    with opened(browser, address, 390) as (page, _):
        page.get_by_role("button", name="大字").click()
        assert page.locator("#composer").bounding_box()["height"] < 180  # type: ignore[index]
        expect(page.locator("#composer").get_by_role("link", name="关于本页")).to_be_visible()
        page.get_by_role("button", name="读者和日期").click()
        page.get_by_label("企业").check()
        expect(page.locator("#unfold")).to_contain_text("企业")


def test_the_language_and_the_parts_are_named(page: Page):
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    expect(page.get_by_role("log", name="对话")).to_have_count(1)
    expect(page.get_by_role("group", name="读者")).to_be_visible()
    page.keyboard.press("Tab")
    turn = ask(page, PENALTY)
    expect(turn).to_have_attribute("aria-label", "第1次问答")
    name = "出处 1：中华人民共和国生态环境法典 第一千一百零二条"
    expect(turn.get_by_role("link", name=name).first).to_be_visible()
    expect(page.get_by_role("complementary", name="原文")).to_be_hidden()
