"""The check and the comparison in a real browser."""

from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect
from ui_server import needs_browser, opened

WRONG = "依据《大气污染防治法》第九十九条和《水法》第三条处罚。"


@pytest.fixture(params=(1280, 390))
def page(browser: Browser, address: str, request: pytest.FixtureRequest):
    with opened(browser, address, request.param) as (page, _):
        page.get_by_role("tab", name="核验稿件").click()
        yield page


def check(page: Page, text: str) -> None:
    page.get_by_label("稿子的文字").fill(text)
    page.get_by_role("button", name="核验", exact=True).click()


@needs_browser
def test_a_pasted_text_is_checked_and_its_source_opened(page: Page):
    check(page, WRONG)
    expect(page.locator("#check .sum")).to_have_text(
        "有 1 处要改，0 处没有核对，1 处没有发现出入。"
    )
    page.locator("#check .draft a.wrong").click()
    expect(page.locator("#check .found > li a").first).to_be_focused()
    page.locator("#check .found .links a").first.click()
    expect(page.locator("#panel .content")).to_contain_text("第九十九条")


@needs_browser
def test_the_result_is_taken_away_as_a_word_document(page: Page):
    check(page, WRONG)
    page.get_by_label("把旧法条号改成今天的").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="带批注的 Word").click()
    content = Path(download.value.path()).read_bytes()
    assert len(list(docx.Document(BytesIO(content)).comments)) == 1


@needs_browser
def test_a_file_is_checked(page: Page, tmp_path: Path):
    file = tmp_path / "通知.md"
    file.write_text("# 通知\n\n依据《水法》第九百条。\n", "utf-8")
    page.get_by_label("或选一个文件").set_input_files(file)
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.locator("#check .found")).to_contain_text("没有这一处")


@needs_browser
def test_nothing_given_is_told(page: Page):
    page.get_by_role("button", name="核验", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("请贴上文字，或选一个文件。")


@needs_browser
def test_two_days_are_compared(page: Page):
    page.get_by_role("tab", name="法规库").click()
    page.locator(".comparing summary").click()
    page.locator("#library .compare select").select_option("中华人民共和国农业法")
    page.get_by_label("后一天").fill("2027-02-01")
    page.get_by_role("button", name="比较").click()
    expect(page.locator("#library .differences > li").first).to_be_visible()


@needs_browser
def test_a_comparison_is_looked_through(browser: Browser, address: str):
    with opened(browser, address, 390) as (page, _):
        page.get_by_role("tab", name="法规库").click()
        page.locator("#library .shelves button", has_text="大气污染防治法").click()
        page.get_by_role("link", name="与生态环境法典逐条对照").click()
        cards = page.locator("#library .differences > li:visible")
        expect(cards).to_have_count(129)
        page.get_by_label("只看含有这些字词或条号的").fill("99")
        expect(cards).to_have_count(1)
        expect(page.locator("#library .compared .bar")).to_be_in_viewport()
        cards.get_by_role("link", name="第九十九条").click()
        expect(page.locator("#panel h2")).to_have_text("中华人民共和国大气污染防治法")
        page.keyboard.press("Escape")
        expect(cards.get_by_role("link", name="第九十九条")).to_be_focused()
        page.go_back()
        expect(page.locator("#library .view h2")).to_be_visible()


@needs_browser
def test_a_draft_outlives_the_language_and_a_reload(browser: Browser, address: str):
    with opened(browser, address, 1280) as (page, _):
        page.get_by_role("tab", name="核验稿件").click()
        check(page, WRONG)
        expect(page.locator("#check .sum")).to_be_visible()
        for name in ("English", "中文"):
            page.locator("#more summary").click()
            page.get_by_role("button", name=name).click()
            expect(page.locator("#more summary")).to_be_focused()
            expect(page.locator("#check textarea")).to_have_value(WRONG)
        expect(page.locator("#check .sum")).to_have_text(
            "有 1 处要改，0 处没有核对，1 处没有发现出入。"
        )
        page.reload()
        expect(page.locator("#check textarea")).to_have_value(WRONG)
        expect(page.locator("#check .sum")).to_be_visible()
