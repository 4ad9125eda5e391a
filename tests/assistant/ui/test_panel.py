"""The source panel in a real browser: beside the answer on a desk, over it on a phone."""

from playwright.sync_api import Page, expect
from ui_steps import FIGURE, PENALTY, ask, assert_fits, open_source


def test_a_mark_opens_the_whole_article_with_the_quote_marked(page: Page, width: int):
    turn = ask(page, PENALTY)
    source = open_source(page, turn)
    expect(source.locator("h2")).to_have_text("中华人民共和国生态环境法典")
    expect(source.locator("h2")).to_be_focused()
    expect(source.locator(".path")).to_contain_text("第五编 法律责任和附则 › 第二章")
    expect(source.locator(".path")).to_contain_text("› 第一千一百零二条")
    expect(source.locator(".badge")).to_have_text("现行有效")
    expect(source).to_contain_text("2026年8月15日起施行")
    expect(source.locator("mark").first).to_be_in_viewport()
    quoted = "".join(source.locator("mark").all_inner_texts())
    assert quoted.startswith("违反本法规定，未依法取得排污许可证")
    assert len(source.locator(".text").inner_text()) > len(quoted)
    official = source.get_by_role("link", name="官方页面")
    expect(official).to_have_attribute("href", "https://flk.npc.gov.cn/")
    place = source.bounding_box()
    assert place
    if width >= 1000:
        reply = turn.locator(".reply").bounding_box()
        assert reply
        assert reply["x"] + reply["width"] <= place["x"]
    else:
        assert place["y"] > 100
        expect(source).to_have_attribute("aria-modal", "true")
    assert_fits(page)


def test_neighbours_are_one_click_away_and_one_can_go_back(page: Page):
    source = open_source(page, ask(page, PENALTY))
    source.get_by_role("link", name="下一条").click()
    expect(source.locator(".article-label")).to_have_text("第一千一百零三条")
    source.get_by_role("link", name="上一条").click()
    expect(source.locator(".article-label")).to_have_text("第一千一百零二条")
    source.get_by_role("link", name="上一条").click()
    expect(source.locator(".article-label")).to_have_text("第一千一百零一条")
    source.get_by_role("button", name="‹ 返回刚才看的").click()
    expect(source.locator(".article-label")).to_have_text("第一千一百零二条")


def test_a_cross_reference_opens_in_the_panel(page: Page):
    source = open_source(page, ask(page, "生态环境法典第八十八条"))
    reference = source.locator("a.ref", has_text="第八十六条")
    reference.click()
    expect(source.locator(".article-label")).to_have_text("第八十六条")
    source.get_by_role("button", name="‹ 返回刚才看的").click()
    expect(source.locator(".article-label")).to_have_text("第八十八条")


def test_the_panel_can_be_closed(page: Page, width: int):
    turn = ask(page, FIGURE)
    source = open_source(page, turn)
    expect(source.locator(".badge")).to_have_text("新闻报道")
    source.get_by_role("button", name="关闭").click()
    expect(source).to_be_hidden()
    turn.locator(".source").first.click()
    expect(source).to_be_visible()
    if width < 1000:
        page.mouse.click(200, 40)  # beside the sheet
    else:
        page.keyboard.press("Escape")
    expect(source).to_be_hidden()


def test_the_article_in_the_panel_can_be_asked_about(page: Page):
    source = open_source(page, ask(page, PENALTY))
    source.get_by_role("link", name="下一条").click()
    expect(source.locator(".article-label")).to_have_text("第一千一百零三条")
    source.get_by_role("button", name="问这一条").click()
    expect(page.locator(".turn").nth(1).locator(".words")).to_contain_text("第一千一百零三条")
