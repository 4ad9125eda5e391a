"""The page's own words in English: every one has its name, and answers stay as they are."""

import json
import re
from collections.abc import Iterator
from importlib import import_module, resources
from types import ModuleType

import pytest
from playwright.sync_api import Page, expect
from ui_steps import FIGURE, ask, box

from assistant.checking import Verdict
from assistant.types import Audience
from corpus.types import Status

PAGE = resources.files("assistant.ui")
TEXTS = [
    import_module(f"assistant.ui{name}.texts") for name in ("", ".board", ".library", ".checking")
]
#: Told to other programs, asked of the assistant or put into the name of a file.
NOT_SHOWN = {"WARM_UP", "FILE_NAME", "ASK_MEASURE", "SHARED_LINE", "ANSWERED_FOR"}
#: The switch back.
NO_WORDS = {"中文"}
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    read: dict[str, str] = json.loads((PAGE / "script" / "english.json").read_text("utf-8"))
    return read


def shown_by(module: ModuleType) -> Iterator[str]:
    for name, value in vars(module).items():
        if not name.isupper() or name in NOT_SHOWN:
            continue
        values = value.values() if isinstance(value, dict) else value
        yield from (value,) if isinstance(value, str) else values


def shown_by_scripts() -> Iterator[str]:
    for file in (PAGE / "script").iterdir():
        if file.name.endswith(".js") and file.name != "embed.js":
            for line in file.read_text("utf-8").splitlines():
                for text in re.findall(r'"([^"]*)"|`([^`]*)`', line.partition("// ")[0]):
                    yield re.sub(r"\$\{(\w+)[^}]*\}", r"{\1}", "".join(text))


def plain(text: str) -> str:
    """A text with its fields told apart by nothing."""
    return re.sub(r"\{[^}]*\}", "{}", text)


def test_every_word_of_the_page_has_a_name_in_english(english: dict[str, str]) -> None:
    known = {plain(chinese) for chinese in english}
    words = {text for module in TEXTS for text in shown_by(module)}
    words |= {status.value for status in Status} | {verdict.value for verdict in Verdict}
    words |= {audience.shown for audience in Audience}
    # A piece of HTML holds its words between tags.
    words |= {w for text in shown_by_scripts() for w in re.split(r"<[^>]*>", text)}
    missing = {word for word in words - NO_WORDS if HAN.search(word) and plain(word) not in known}
    assert missing == set()


def test_what_changes_is_the_same_in_both(english: dict[str, str]) -> None:
    for chinese, words in english.items():
        fields = {re.sub(r"\W.*", "", f) for f in re.findall(r"\{([^}]*)\}", chinese)}
        assert set(re.findall(r"\{(\w+)\}", words)) == fields, chinese


#: Every text and label of the page, but for what is quoted.
SHOWN = """quoted => {
  const found = [];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(quoted)) return;
    for (const name of ["aria-label", "placeholder", "title"])
      found.push(node.getAttribute(name) ?? "");
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return found;
}"""
QUOTED = (
    "[data-own], [data-do=language], .reply .words, .text, .whole, .draft, blockquote, noscript, "
    ".name, "
    ".difference, .measures summary, .measures .context, .articles .line, .articles .item, script"
)


def left_in_chinese(page: Page, english: dict[str, str]) -> set[str]:
    """What the page still says in its own Chinese words, of four characters or alone."""
    own = [plain(key) for key, said in english.items() if not HAN.search(said)]
    words = {word for key in own for word in re.findall("[\u4e00-\u9fff]{2,}", key)}
    long = {word for word in words if len(word) > 3}
    shown = {text.strip("　：，。（） \n") for text in page.evaluate(SHOWN, QUOTED)}
    return {text for text in shown if text in words or any(word in text for word in long)}


def test_the_page_speaks_english_and_answers_in_chinese(
    page: Page, english: dict[str, str]
) -> None:
    page.get_by_text("更多").click()
    page.get_by_role("button", name="English").click()
    send = page.get_by_role("button", name="Send")
    expect(send).to_be_visible()
    page.get_by_label("Question", exact=True).fill(FIGURE)
    send.click()
    turn = page.locator(".turn[data-exchange]")
    expect(turn.locator(".words")).to_contain_text("污染防治重点任务126项")
    expect(turn.locator(".facts")).to_contain_text("As of ")
    expect(turn.locator(".facts")).to_contain_text("for the public")
    expect(turn.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    page.get_by_role("tab", name="Targets").click()
    expect(page.locator("#board h2")).to_be_visible()
    page.get_by_role("tab", name="Check").click()
    draft = "《大气污染防治法》第九十九条和《水法》第三条、《水法》第九百条。"
    page.get_by_label("Text of the draft").fill(draft)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#check .sum")).to_be_visible()
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#library")).to_contain_text("In force")
    page.locator("#library .shelves button", has_text="大气污染防治法").click()
    page.locator("#library .section summary").nth(1).click()
    expect(page.locator("#library article").first).to_be_visible()
    assert left_in_chinese(page, english) == set()
    page.get_by_role("link", name="Compare with").click()
    expect(page.locator("#library .differences > li").first).to_be_visible()
    assert left_in_chinese(page, english) == set()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="中文").click()
    page.get_by_role("tab", name="问答").click()
    expect(box(page)).to_be_visible()
    expect(page.locator(".turn[data-exchange]")).to_have_count(1)
    ask(page, FIGURE)
