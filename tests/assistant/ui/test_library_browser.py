"""The library in a real browser; screenshots go to SCREENSHOTS where that is set to a folder."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from ui_server import needs_browser, opened, shoot


def open_library(page: Page) -> Page:
    page.get_by_role("tab", name="法规库").click()
    expect(page.locator("#library .shelves")).to_be_visible()
    return page


@pytest.fixture(params=(1280, 390))
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(browser, address, request.param) as (page, _):
        yield open_library(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@needs_browser
def test_the_code_is_browsed_down_to_its_articles(page: Page):
    expect(page.locator("#library .check")).to_contain_text("没有发现别的问题")
    shoot(page, "library")
    page.locator("#library .shelves button", has_text="生态环境法典").first.click()
    expect(page.locator("#library h2", has_text="中华人民共和国生态环境法典")).to_be_visible()
    assert page.locator("#library article").count() == 0
    page.locator("#library .part > summary", has_text="第二编").click()
    shoot(page, "library-outline")
    section = page.locator("#library details.section:visible", has_text="第一百七十").first
    started = time.monotonic()
    section.locator("summary").click()
    expect(section.locator("article").first).to_be_visible()
    assert time.monotonic() - started < 3
    shoot(page, "library-articles")
    page.get_by_role("button", name="返回目录").click()
    expect(page.locator("#library .shelves")).to_be_visible()
    expect(page.locator("#library .view")).to_be_hidden()


@needs_browser
def test_a_number_leads_to_its_article(page: Page):
    page.get_by_label("在法规里查找").fill("第一百七十六条")
    page.get_by_label("在法规里查找").press("Enter")
    link = page.locator("#library .results a", has_text="生态环境法典")
    link.click()
    article = page.locator("#library article", has_text="第一百七十六条").first
    expect(article).to_be_in_viewport()
    # Which law and which chapter one reads is in sight with it.
    expect(page.locator("#library .bar .caption")).to_have_text("生态环境法典")
    expect(page.locator("#library details.section[open] > summary").first).to_be_in_viewport()
    ask = article.get_by_role("link", name="问这一条")
    assert ask.get_attribute("data-ask") == "《中华人民共和国生态环境法典》第一百七十六条"
    shoot(page, "library-article")
    page.go_back()
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()


@needs_browser
def test_words_are_found_and_marked_and_never_run(page: Page):
    page.get_by_label("在法规里查找").fill("夜间 施工")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#library .results")).to_contain_text("找到 4 条")
    expect(page.locator("#library .results mark").first).to_have_text("夜间")
    shoot(page, "library-results")
    page.get_by_label("在法规里查找").fill("<img src=x onerror=alert(1)>")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#library .results")).to_contain_text("没有找到")
    expect(page.locator("#library .results")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#library img").count() == 0


@needs_browser
def test_a_repealed_article_leads_to_what_governs_today(page: Page):
    page.get_by_label("查找范围").select_option(label="环境保护法")
    page.get_by_label("在法规里查找").fill("60")
    page.get_by_role("button", name="查找").click()
    page.locator("#library .results a").click()
    expect(page.locator("#library .repeal")).to_contain_text("2026年8月15日起由《生态环境法典》第")
    article = page.locator("#library article:focus")
    expect(article.locator(".became")).to_contain_text("现行对应规定")
    shoot(page, "library-repealed")
    article.locator(".became a").first.click()
    expect(page.locator("#library h2", has_text="中华人民共和国生态环境法典")).to_be_visible()
    expect(page.locator("#library article:focus")).to_be_in_viewport()
    expect(page.locator("#library article:focus .became")).to_contain_text("环境保护法")


@needs_browser
def test_what_is_not_loaded_is_named_and_nobody_can_change_anything(page: Page):
    page.locator("#library .not-loaded summary").click()
    expect(page.locator("#library .not-loaded li", has_text="排污许可管理条例")).to_contain_text(
        "国务院"
    )
    assert page.locator("#staff").count() == 0


@needs_browser
def test_in_the_dark(browser: Browser, address: str):
    with opened(browser, address, 1280, "dark") as (page, _):
        open_library(page)
        page.get_by_label("在法规里查找").fill("环境保护法第六十条")
        page.get_by_label("在法规里查找").press("Enter")
        page.locator("#library .results a").click()
        expect(page.locator("#library article:focus")).to_be_in_viewport()
        shoot(page, "library-dark")
