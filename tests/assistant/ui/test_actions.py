"""What can be done with answers: copied, exported, judged, found again later."""

import io
import re
from pathlib import Path

from docx import Document
from playwright.sync_api import Download, Page, expect
from ui_steps import FIGURE, PENALTY, ask, assert_fits, panel, replied

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
    page.get_by_role("button", name="导出纯文本", exact=True).click()
    expect(page.locator("#note")).to_have_text("还没有可以导出的问答。")
    ask(page, PENALTY)
    ask(page, FIGURE)
    for name, ending in (("导出纯文本", ".md"), ("导出 Word", ".docx")):
        page.locator(".menu summary").click()
        with page.expect_download() as downloading:
            page.get_by_role("button", name=name, exact=True).click()
        assert re.fullmatch(
            rf"备忘录-.+等2问-\d{{4}}-\d\d-\d\d{ending}", downloading.value.suggested_filename
        )
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
    page.wait_for_timeout(600)
    page.get_by_role("button", name="再点一次就全部清除").click()
    expect(page.get_by_text("还没有对话。")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.keyboard.press("Escape")
    expect(page.locator("#history")).to_be_hidden()


def test_from_the_end_of_a_conversation_one_step_leads_to_its_tools(page: Page):
    top = page.get_by_role("button", name="回到页首")
    expect(top).to_be_hidden()
    ask(page, FIGURE)
    ask(page, PENALTY)
    top.click()
    expect(page.get_by_role("button", name="新对话")).to_be_focused()
    expect(page.locator("#header")).to_be_in_viewport()


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
    expect(turn.locator(".problem")).to_contain_text("与现在收录的文本对不上")
    expect(turn).not_to_contain_text("127")
    turn.get_by_role("button", name="按现在的文本再问一次").click()
    expect(replied(page, 1).locator(".words")).to_contain_text("126")


def words_of(download: Download) -> str:
    return "\n".join(p.text for p in Document(Path(download.path())).paragraphs)


def test_one_answer_or_chosen_ones_are_taken_away(page: Page):
    first, second = ask(page, PENALTY), ask(page, FIGURE)
    with page.expect_download() as downloading:
        second.get_by_role("button", name="导出 Word").click()
    words = words_of(downloading.value)
    assert FIGURE in words
    assert PENALTY not in words
    page.locator(".menu summary").click()
    page.get_by_role("button", name="挑选几条导出").click()
    first.get_by_label("选入导出").check()
    expect(page.locator("#choosing")).to_contain_text("选了 1 条")
    first.get_by_label("选入导出").uncheck()
    expect(page.get_by_role("button", name="导出选中的")).to_be_disabled()
    first.get_by_label("选入导出").check()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="导出选中的").click()
    assert FIGURE not in words_of(downloading.value)
    expect(page.locator("#choosing")).to_be_hidden()
    expect(first.get_by_label("选入导出")).to_be_hidden()


def test_an_answer_is_printed_alone_and_read_aloud_without_its_marks(page: Page):
    ask(page, PENALTY)
    turn = ask(page, FIGURE)
    page.evaluate(
        """() => {
            const printed = ".turn:not(.not-printed)";
            window.print = () => { window.printed = document.querySelectorAll(printed).length; };
            speechSynthesis.speak = (speech) => { window.spoken = speech.text; };
        }"""
    )
    turn.get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed") == 1
    page.locator(".menu summary").click()
    page.locator(".menu").get_by_role("button", name="打印").dblclick()
    assert page.evaluate("window.printed") == 2
    aloud = turn.get_by_role("button", name="朗读")
    aloud.click()
    expect(aloud).to_have_attribute("aria-pressed", "true")
    spoken = page.evaluate("window.spoken")
    assert "126项" in spoken
    assert "[1]" not in spoken
    aloud.click()
    expect(aloud).to_have_attribute("aria-pressed", "false")


def test_conversations_have_names_and_go_one_by_one(page: Page):
    ask(page, PENALTY)
    page.get_by_role("button", name="新对话").click()
    ask(page, FIGURE)
    page.get_by_role("button", name="历史").click()
    rows = page.locator("#history li")
    rows.nth(1).get_by_role("button", name="改名").click()
    expect(rows.nth(1).get_by_role("button", name="保存")).to_be_visible()
    page.get_by_label("对话的名字").fill("许可证的事")
    page.get_by_label("对话的名字").press("Enter")
    expect(rows.nth(1)).to_contain_text("许可证的事")
    with page.expect_download() as downloading:
        rows.nth(1).get_by_role("button", name="导出 Word").click()
    assert "备忘录-许可证的事-" in downloading.value.suggested_filename
    assert PENALTY in words_of(downloading.value)
    rows.nth(0).get_by_role("button", name="删除").dblclick()
    expect(rows).to_have_count(2)
    page.wait_for_timeout(600)
    rows.nth(0).get_by_role("button", name="再点一次就删除").click()
    expect(rows).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(0)
    rows.nth(0).locator(".open").click()
    expect(page.locator(".turn[data-exchange]")).to_have_count(1)
    _multiply(page, 5)
    page.get_by_role("button", name="历史").click()
    page.get_by_role("searchbox", name="查找对话").fill("许可证 怎么罚")
    expect(page.locator("#history li:visible")).to_have_count(6)
    page.get_by_role("searchbox", name="查找对话").fill("名字3")
    expect(page.locator("#history li:visible")).to_have_count(1)
    expect(page.locator("#history [role=status]")).to_have_text("找到 1 段对话")


def _multiply(page: Page, times: int) -> None:
    """Keep the only conversation so many times more, under names of their own."""
    page.evaluate(
        """(times) => {
            const list = JSON.parse(localStorage.getItem("ecopolicy.talks"));
            const [one] = list;
            const kept = localStorage.getItem(`ecopolicy.talk.${one.id}`);
            for (let n = 1; n <= times; n += 1) {
                list.push({ ...one, id: `n${n}`, name: `名字${n}` });
                localStorage.setItem(`ecopolicy.talk.n${n}`, kept);
            }
            localStorage.setItem("ecopolicy.talks", JSON.stringify(list));
        }""",
        times,
    )


def test_large_type_makes_everything_larger_and_stays(page: Page):
    size = "parseFloat(getComputedStyle(document.querySelector('#question')).fontSize)"
    assert page.evaluate(size) == 16
    for factor in (1.25, 1.5):
        page.get_by_role("button", name="大字").click()
        assert page.evaluate(size) == 16 * factor
        expect(page.get_by_role("button", name="大字")).to_have_attribute("aria-pressed", "true")
        assert_fits(page)
    page.reload()
    assert page.evaluate(size) == 24
    ask(page, PENALTY)
    assert_fits(page)
    page.get_by_role("button", name="大字").click()
    assert page.evaluate(size) == 16


def test_everything_that_is_touched_is_large_enough(page: Page, width: int):
    ask(page, PENALTY)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, input, select, textarea, a")]
            .filter((e) => e.checkVisibility() && !e.closest("p, .sr, fieldset, .hotlines"))
            .filter((e) => e.getBoundingClientRect().height < 44 && !e.matches(".skip"))
            .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
