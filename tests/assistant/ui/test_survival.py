"""What a reload leaves as it was: the conversation, the draft, a question under way, the day."""

from playwright.sync_api import Browser, expect
from ui_server import opened
from ui_steps import FIGURE, PENALTY, ask, box


def test_a_reload_loses_nothing(browser: Browser, address: str, width: int):
    with opened(browser, address, width) as (page, _):
        ask(page, FIGURE)
        ask(page, PENALTY)
        box(page).fill("写了一半的问题")
        page.reload()
        expect(page.locator(".turn[data-exchange]")).to_have_count(2)
        expect(page.locator(".turn").first).to_contain_text(FIGURE)
        expect(box(page)).to_have_value("写了一半的问题")
        page.evaluate("sessionStorage.setItem('ecopolicy.tab.asked', '水法第三十六条')")
        page.reload()
        expect(page.locator(".turn[data-exchange]")).to_have_count(3)
        expect(page.locator(".turn").last).to_contain_text("地下水")
        page.reload()  # what was answered is not asked again
        expect(page.locator(".turn[data-exchange]")).to_have_count(3)
        page.wait_for_timeout(500)
        expect(page.locator(".turn")).to_have_count(3)


def test_a_new_conversation_stays_new(browser: Browser, address: str, width: int):
    with opened(browser, address, width) as (page, _):
        ask(page, FIGURE)
        page.locator('[data-do="new"]').click()
        page.reload()
        expect(page.locator("#empty-state")).to_be_visible()
        page.wait_for_timeout(500)
        expect(page.locator(".turn")).to_have_count(0)


def test_a_day_that_is_none_is_put_right(browser: Browser, address: str, width: int):
    with opened(browser, f"{address}?as_of=2025-13-45", width) as (page, _):
        note = page.locator("#day-note")
        expect(note).to_have_text("“2025-13-45”不是日期，已改为今天")
        day = page.locator("#as-of")
        assert day.input_value()
        ask(page, FIGURE)
        day.fill("2026-01-15")
        expect(note).to_have_text("按 2026-01-15 那天有效的规定回答")
        day.fill("")
        expect(note).to_have_text("")
        assert day.input_value()
