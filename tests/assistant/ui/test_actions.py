"""What can be done with answers: copied, exported, judged, found again later."""

import io
import re
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, expect
from ui_steps import FIGURE, PENALTY, ask, panel, replied

from assistant.page_options import PageOptions
from assistant.records import FeedbackQueue, open_records


def test_an_answer_is_copied_with_its_citations(page: Page):
    turn = ask(page, PENALTY)
    turn.get_by_role("button", name="复制", exact=True).click()
    expect(turn.locator(".said")).to_have_text("已复制，带出处。")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1] 《中华人民共和国生态环境法典》第一千一百零二条（现行有效" in copied
    assert "仅供参考，以正式公布的文本为准" in copied
    assert "<" not in copied


def test_a_conversation_is_exported(page: Page, tmp_path: Path):
    page.locator(".menu summary").click()
    page.get_by_role("button", name="导出 Markdown").click()
    expect(page.locator("#note")).to_have_text("还没有可以导出的问答。")
    ask(page, PENALTY)
    ask(page, FIGURE)
    for name, ending in (("导出 Markdown", ".md"), ("导出 Word", ".docx")):
        page.locator(".menu summary").click()
        with page.expect_download() as downloading:
            page.get_by_role("button", name=name).click()
        assert re.fullmatch(rf"问答记录-.+{ending}", downloading.value.suggested_filename)
        content = Path(downloading.value.path()).read_bytes()
        if ending == ".md":
            text = content.decode()
        else:
            text = "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
        for part in (PENALTY, FIGURE, "第一千一百零二条", "126项", "仅供参考"):
            assert part in text


def test_a_verdict_is_kept_on_the_machine(page: Page, page_options: PageOptions, width: int):
    word = f"条号不够具体 <b>{width}</b>"
    turn = ask(page, PENALTY)
    turn.get_by_role("button", name="没用").click()
    expect(turn.locator(".said")).to_have_text("记下了，谢谢。")
    expect(turn.get_by_role("button", name="没用")).to_have_attribute("aria-pressed", "true")
    turn.get_by_label("补充一句").fill(word)
    with page.expect_response("**/feedback"):
        turn.get_by_role("button", name="提交").click()
    expect(turn.get_by_label("补充一句")).to_be_hidden()
    expect(turn.locator(".said")).to_have_text("记下了，谢谢。")
    kept = FeedbackQueue(open_records(page_options.data_dir)).load()
    (found,) = (one for one in kept if one.word == word)
    assert (found.verdict, found.question) == ("useless", PENALTY)


def test_history_is_kept_in_the_browser_and_nowhere_else(page: Page):
    ask(page, PENALTY)
    ask(page, FIGURE)
    page.get_by_role("button", name="新对话").click()
    ask(page, "生态环境法典第二十条")
    page.reload()
    page.get_by_role("button", name="历史").click()
    listed = page.locator("#history li .open")
    expect(listed).to_have_count(2)
    expect(listed.nth(1)).to_contain_text("2 次问答")
    listed.nth(1).click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#history")).to_be_hidden()
    page.locator(".turn").nth(0).locator("a.mark").first.click()
    expect(panel(page).locator("mark").first).to_be_visible()
    page.keyboard.press("Escape")
    follow_up = ask(page, "这是哪一部分的？")
    expect(follow_up.locator(".facts")).to_contain_text("理解为：")
    page.get_by_role("button", name="历史").click()
    expect(listed.first).to_contain_text("3 次问答")
    page.get_by_role("button", name="全部清除").click()
    expect(page.get_by_text("还没有对话。")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.keyboard.press("Escape")
    expect(page.locator("#history")).to_be_hidden()


def test_a_kept_conversation_that_was_tampered_with_is_not_shown(page: Page):
    ask(page, FIGURE)
    page.evaluate(
        """() => {
            for (const name of Object.keys(localStorage)) {
                localStorage.setItem(name, localStorage.getItem(name).replaceAll("126", "127"));
            }
        }"""
    )
    page.reload()
    turn = replied(page, 0)
    expect(turn.locator(".problem")).to_contain_text("与现在的语料对不上")
    expect(turn).not_to_contain_text("127")
    turn.get_by_role("button", name="按现在的文本再问一次").click()
    expect(replied(page, 1).locator(".words")).to_contain_text("126")
