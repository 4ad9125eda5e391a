"""The chat in a real browser, on a desk and on a phone."""

import re
import socket

import pytest
from playwright.sync_api import Browser, Page, expect
from ui_server import opened
from ui_steps import FIGURE, PENALTY, ask, assert_fits, box, replied

from assistant.pipeline import Assistant
from assistant.serving import check_port, serve
from assistant.ui.app import build_app
from corpus.errors import OptionError
from tests.support import options_for


def test_an_answer_says_how_it_was_made(page: Page):
    turn = ask(page, FIGURE)
    expect(turn.locator(".words")).to_contain_text("126")
    expect(turn.locator(".facts")).to_have_text(
        re.compile("以 .+年.+月.+日 为准 · 面向公众 · 引文逐字可查，没有用人工智能改写")
    )
    expect(turn.locator(".document-head").first).to_contain_text("新闻报道")
    expect(turn.locator(".disclosure")).to_contain_text("仅供参考")
    expect(box(page)).to_have_value("")
    assert_fits(page)


def test_a_follow_up_is_understood_with_what_was_asked_before(page: Page):
    ask(page, PENALTY)
    turn = ask(page, "那情节严重的呢？")
    expect(turn.locator(".facts")).to_contain_text("理解为：")


def test_first_questions_fit_the_audience_and_start_the_conversation(page: Page):
    assert_fits(page)
    expect(page.get_by_role("button", name="隔壁工地夜里施工合法吗？")).to_be_visible()
    page.get_by_role("radio", name="工作人员").check()
    expect(page.get_by_role("button", name="隔壁工地夜里施工合法吗？")).to_be_hidden()
    page.get_by_role("button", name="生态环境法典第一百七十六条").click()
    turn = replied(page, 0)
    expect(turn).to_contain_text("面向工作人员")
    expect(turn.locator(".words")).to_contain_text("排污许可证")
    expect(page.locator("#empty-state")).to_be_hidden()
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#empty-state")).to_be_visible()


def test_the_other_tabs_keep_the_conversation_and_can_ask(page: Page):
    ask(page, FIGURE)
    page.get_by_role("tab", name="法规库").click()
    expect(page.locator("#library h2")).to_be_visible()
    page.get_by_role("tab", name="目标与措施").click()
    page.locator("#board a.ask").nth(3).click()
    expect(box(page)).to_be_visible()
    turn = replied(page, 1)
    expect(turn.locator(".reply")).not_to_have_class(re.compile("declined|problem"))
    expect(page.locator(".turn")).to_have_count(2)


def test_the_day_is_the_one_chosen(page: Page):
    page.locator("#as-of").fill("2026-08-01")
    turn = ask(page, "生态环境法典第一百七十六条")
    expect(turn.locator(".facts")).to_contain_text("以 2026年8月1日 为准")
    expect(turn.locator(".badge").first).to_have_text("当日尚未施行")
    page.get_by_role("tab", name="法规库").click()
    expect(page.locator("#library .lead")).to_contain_text("以2026年8月1日为准")


def test_every_suggestion_that_is_offered_is_answered(page: Page):
    turn = ask(page, PENALTY)
    chips = turn.locator(".chip").all_inner_texts()
    assert chips
    for count, chip in enumerate(chips, 1):
        turn.get_by_role("button", name=chip, exact=True).click()
        reply = replied(page, count).locator(".reply")
        expect(reply).not_to_have_class(re.compile("declined|problem"))


def test_a_link_asks_for_its_audience_and_day(browser: Browser, address: str, width: int):
    link = f"{address}?q=生态环境法典第一百七十六条&audience=staff&as_of=2026-08-01"
    with opened(browser, link, width) as (page, _):
        turn = replied(page, 0)
        expect(turn.locator(".facts")).to_contain_text("以 2026年8月1日 为准 · 面向工作人员")
        assert "q=" not in page.url
        turn.get_by_role("button", name="复制链接").click()
        expect(turn.locator(".said")).to_have_text("链接已复制。")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "audience=staff" in copied
        assert "as_of=2026-08-01" in copied


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)>什么是排污许可证？",
        "<script>alert(1)</script>什么是排污许可证？",
        "${alert(1)} {{7*7}} `x` _a_ *b* $c$ 什么是排污许可证？",
    ],
)
def test_a_question_is_text_and_never_runs(page: Page, question: str):
    turn = ask(page, question)
    expect(turn.locator(".question p")).to_have_text(question)
    assert turn.locator("img, script").count() == 0
    assert_fits(page)
    page.get_by_role("button", name="历史").click()
    expect(page.locator("#history li")).to_contain_text(question[:20])
    assert page.locator("#history img, #history script").count() == 0


def test_a_refusal_says_what_is_nearest_and_where_to_ask(page: Page):
    turn = ask(page, "《北京市大气污染防治条例》怎么规定的？")
    expect(turn.locator(".declined")).to_be_visible()
    expect(turn.get_by_role("link", name="12345").first).to_have_attribute("href", "tel:12345")
    expect(turn.get_by_role("link", name="12369").first).to_be_visible()
    expect(turn.locator(".nearest a").first).to_be_visible()
    assert turn.locator("a.mark").count() == 0


def test_a_question_that_cannot_be_taken_is_given_back(page: Page):
    expect(ask(page, "？？？").locator(".problem")).to_contain_text("请用文字写出想问的事")
    expect(box(page)).to_have_value("？？？")


def test_keys_are_enough(page: Page):
    box(page).fill("污染防治重点任务")
    box(page).press("Shift+Enter")
    page.keyboard.type("有多少项？")
    expect(box(page)).to_have_value("污染防治重点任务\n有多少项？")
    expect(page.locator(".turn")).to_have_count(0)
    page.keyboard.press("Enter")
    turn = replied(page, 0)
    turn.locator("a.mark").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(turn.locator("a.mark").first).to_be_focused()


def test_enter_in_an_empty_box_asks_nothing(page: Page):
    box(page).press("Enter")
    turn = ask(page, FIGURE)
    expect(turn.locator(".words")).to_contain_text("126")
    expect(page.locator(".turn")).to_have_count(1)


def test_nothing_leads_out_of_the_page(page: Page, address: str):
    response = page.request.get(address)
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert page.locator("footer a").count() == 0
    for path in ("docs", "openapi.json", "redoc"):
        assert "swagger" not in page.request.get(address + path).text().lower()


def test_a_port_in_use_is_told(assistant: Assistant):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OptionError, match=f"端口 {port} 已被占用"):
            check_port("127.0.0.1", port)
        with pytest.raises(OptionError, match=f"端口 {port} 已被占用"):
            serve(build_app(assistant, options_for(assistant.corpus)), "127.0.0.1", port)


def test_an_address_that_is_not_ours_is_told():
    with pytest.raises(OptionError, match="--host"):
        check_port("192.0.2.1", 7860)
