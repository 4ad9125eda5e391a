"""The board in a real browser; screenshots go to SCREENSHOTS where that is set to a folder."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from ui_server import needs_browser, opened, shoot


@pytest.fixture(params=(1280, 390))
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(browser, address, request.param) as (page, _):
        page.get_by_role("tab", name="目标与措施").click()
        expect(page.locator("#board .measures > li").first).to_be_visible()
        yield page


def shown(page: Page) -> int:
    return page.locator("#board .measures > li:visible").count()


@needs_browser
def test_the_filters_narrow_the_board_together(page: Page):
    assert shown(page) == 49
    shoot(page, "board")
    page.get_by_role("radio", name="减污").check(force=True)
    assert shown(page) == 12
    page.get_by_label("动作").select_option("完成")
    assert shown(page) == 1
    expect(page.locator("#board [role=status]")).to_have_text("符合条件 1 项，共 49 项")
    page.get_by_label("含有的字词").fill("没有这个词")
    expect(page.locator("#board .none")).to_be_visible()
    shoot(page, "board-none")
    page.get_by_role("button", name="清除筛选").click()
    assert shown(page) == 49
    page.get_by_label("只看写明数字的").check()
    assert page.locator("#board .number:visible").all_inner_texts() == [
        "36个", "126项", "100%", "34张"
    ]  # fmt: skip
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@needs_browser
def test_a_row_opens_its_sentence_and_can_be_asked_about(page: Page):
    row = page.locator("#board .measures > li", has=page.locator("summary", has_text="重点任务"))
    row.locator("summary").click()
    expect(row.locator("mark")).to_have_text("完成污染防治重点任务126项")
    expect(row.locator(".where")).to_contain_text("“减污”部分第二句")
    shoot(page, "board-open")
    link = row.get_by_role("link", name="问这一条")
    assert link.get_attribute("data-ask") == "潍坊部署里“完成污染防治重点任务126项”是怎么说的？"
    assert (link.get_attribute("href") or "").startswith("?q=%E6")


@needs_browser
def test_a_figure_leads_to_its_row_by_keyboard(page: Page):
    page.get_by_label("含有的字词").fill("绿色工厂")
    assert shown(page) == 1
    page.locator("#board .tiles a").nth(1).press("Enter")
    assert shown(page) == 49
    expect(page.locator("mark", has_text="126项")).to_be_in_viewport()


@needs_browser
def test_both_downloads_hold_the_whole_board(page: Page):
    for name, count in (("xlsx", len), ("csv", len)):
        with page.expect_download() as waiting:
            page.locator(f"#board .downloads a[href$={name}]").click()
        download = waiting.value
        assert download.suggested_filename.endswith(f".{name}")
        content = Path(download.path()).read_bytes()
        if name == "csv":
            rows: list[object] = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
        else:
            rows = list(load_workbook(BytesIO(content)).worksheets[0].iter_rows())
        assert count(rows) == 50


@needs_browser
def test_in_the_dark(browser: Browser, address: str):
    with opened(browser, address, 1280, "dark") as (page, _):
        page.get_by_role("tab", name="目标与措施").click()
        page.locator("#board summary").nth(5).click()
        expect(page.locator("#board mark").nth(5)).to_be_visible()
        shoot(page, "board-dark")
