"""Foreign text in an export: shown as it is, read as nothing else."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from assistant.export.answers import (
    Exchange,
    copy_text,
    corpus_line,
    facts_line,
    is_web_page,
    source_line,
)
from assistant.export.markdown import to_markdown
from assistant.types import Answer, Audience, Sentence
from corpus.catalog import Corpus
from corpus.collection import Kind
from tests.records import DAY, make_answer, make_article, make_citation, make_document, patient

CORPUS = Corpus([make_document(make_article(5))])
ANSWER = make_answer(Sentence("应当办证。", (1,)))
#: A citation without a page: no link is ours.
UNLINKED = (make_citation(url=""),)
MARKUP = (
    "# 甲", "## 甲 ##", "- 甲", "* 甲", "+ 甲", "1. 甲", "12) 甲", "> 甲", "```", "~~~", "---",
    "***", "===", "| 甲 | 乙 |", "|---|---|", "**甲**", "_甲_", "__甲__", "~~甲~~", "`甲`", "[^1]",
    "[甲](https://a.b)", "![甲](https://a.b/c.png)", "[甲]: https://a.b", "<b>甲</b>", "<!--甲-->",
    "<https://a.b>", "https://a.b/c", "www.a.example", "&lt;b&gt;", "&#35; 甲", "\\*甲\\*", "\\",
    "甲\\", "$x^2$", ": 甲", "- [ ] 甲", "Https://A.B", "http://甲.example",
)  # fmt: skip
HARMLESS = {
    "root", "heading", "paragraph", "inline", "text", "text_special", "softbreak", "hardbreak",
    "em", "strong", "blockquote",
}  # fmt: skip
words = st.text("#*_-+=|~`<>[]()!&\\.:/ 1aw甲", max_size=30)


def markdown(answer: Answer = ANSWER, question: str = "要不要许可证？") -> SyntaxTreeNode:
    exchange = Exchange(question, answer, Audience.PUBLIC)
    text = to_markdown([exchange], CORPUS, DAY)
    return SyntaxTreeNode(MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text))


def shown(node: SyntaxTreeNode) -> str:
    """What a reader sees of it."""
    if node.type in ("softbreak", "hardbreak"):
        return "\n"
    return "".join(map(shown, node.children)) or node.content


def kinds(tree: SyntaxTreeNode) -> set[str]:
    return {node.type for node in tree.walk()}


def blocks(tree: SyntaxTreeNode, kind: str) -> list[str]:
    return [shown(node) for node in tree.walk() if node.type == kind]


def quoting(text: str) -> SyntaxTreeNode:
    cited = make_citation(url="", quote=text)
    return markdown(make_answer(Sentence("甲。", (1,)), citations=(cited,)))


@pytest.mark.parametrize("text", MARKUP)
def test_no_line_of_an_answer_is_markup(text: str) -> None:
    tree = markdown(make_answer(Sentence(f"甲。\n{text}", (1,)), citations=UNLINKED))
    assert kinds(tree) <= HARMLESS
    assert blocks(tree, "paragraph")[2:4] == ["甲。", f"{text}[1]"]


@pytest.mark.parametrize("text", MARKUP)
def test_no_question_is_markup(text: str) -> None:
    tree = markdown(make_answer(Sentence("甲。", (1,)), citations=UNLINKED), text)
    assert kinds(tree) <= HARMLESS
    assert blocks(tree, "paragraph")[1] == text


@pytest.mark.parametrize("text", MARKUP)
def test_no_quote_is_markup(text: str) -> None:
    tree = quoting(f"甲。\n{text}")
    assert kinds(tree) <= HARMLESS
    assert blocks(tree, "blockquote")[0] == f"甲。{text}"


@pytest.mark.parametrize(
    "address", ["https://a.b/c", "HTTP://A.B", "www.a.b", "甲Www.a.b", "x://y"]
)
def test_no_renderer_finds_a_bare_address(address: str) -> None:
    answer = make_answer(Sentence(f"见 {address} 。", (1,)), citations=UNLINKED)
    text = to_markdown([Exchange(address, answer, Audience.PUBLIC)], CORPUS, DAY)
    assert not re.search(r"[a-z]://|www\.", text, re.IGNORECASE)
    assert text.replace("\\", "").count(address) == 2


@pytest.mark.parametrize("name", ["title", "locator", "status", "note"])
@pytest.mark.parametrize("text", ["**甲**", "[甲](https://a.b)", "<b>", "https://a.b", "# `甲`"])
def test_no_field_of_a_source_is_markup(name: str, text: str) -> None:
    cited = make_citation(**{name: text})
    tree = markdown(make_answer(Sentence("甲。", (1,)), citations=(cited,)))
    (link,) = (node for node in tree.walk() if node.type == "link")
    assert link.attrs["href"] == cited.url
    assert "".join(getattr(cited, name).split()) in "".join(shown(tree).split())


@patient
@given(words, words)
def test_any_two_lines_of_a_quote_stay_words(one: str, two: str) -> None:
    tree = quoting(f"甲{one}\n乙{two}")
    assert kinds(tree) <= HARMLESS
    shown_lines = ["".join(line.split()) for line in (f"甲{one}", f"乙{two}")]
    assert "".join(blocks(tree, "blockquote")[0].split()) == "".join(shown_lines)


def test_every_exchange_has_its_number_and_its_sources() -> None:
    exchanges = [Exchange(f"{n}？", ANSWER, Audience.PUBLIC) for n in ("甲", "乙")]
    text = to_markdown(exchanges, CORPUS, date(2026, 11, 24), "某局")
    head = "# 生态环境政策与法律问答备忘录\n\n某局  \n导出日期：2026年11月24日\n\n"
    assert text.startswith(head)
    parts = ["### 题目", "### 结论", "### 依据", "### 原文", "### 说明"]
    heads = [line for line in text.splitlines() if line.startswith("#")][1:]
    assert heads == ["## 第一问", *parts, "## 第二问", *parts]


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://flk.npc.gov.cn/a?b=1&c=2", "https://flk.npc.gov.cn/a?b=1&c=2"),
        ("http://a.b/(c)", "http://a.b/(c)"),
        ("https://a.b/> [x](javascript:1)", "https://a.b/[x](javascript:1)"),
    ],
)
def test_an_address_cannot_end_its_link(url: str, href: str) -> None:
    cited = make_citation(url=url)
    tree = markdown(make_answer(Sentence("甲。", (1,)), citations=(cited,)))
    links = [node.attrs["href"] for node in tree.walk() if node.type == "link"]
    assert [str(link).replace("%5B", "[").replace("%5D", "]") for link in links] == [href]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://flk.npc.gov.cn/", True), ("http://a.b", True), ("HTTPS://A.B", True), ("", False),
        ("javascript:alert(1)", False), ("data:text/html,x", False), ("//a.b/c", False),
        ("https://", False), ("https:///a", False), ("ftp://a.b", False), ("www.a.b", False),
    ],
)  # fmt: skip
def test_only_a_web_page_may_be_a_link(url: str, expected: bool) -> None:
    assert is_web_page(url) == expected


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "《某法》第五条（现行有效，2020年1月1日起施行）"),
        ({"effective_date": ""}, "《某法》第五条（现行有效）"),
        ({"effective_date": "", "note": "条首缺失"}, "《某法》第五条（现行有效，条首缺失）"),
        (
            {"title": "部署", "locator": "“减污”部分", "status": "新闻报道", "effective_date": ""},
            "部署 “减污”部分（新闻报道）",
        ),
    ],
)  # fmt: skip
def test_a_source_is_one_line(fields: dict[str, str], line: str) -> None:
    assert source_line(make_citation(**fields)) == line


@pytest.mark.parametrize(
    ("fields", "audience", "line"),
    [
        ({}, Audience.PUBLIC, "以2026年11月23日为准；面向公众"),
        ({"understood": "怎么罚"}, Audience.STAFF,
         "以2026年11月23日为准；面向工作人员；理解为：怎么罚"),
        ({"engine": "llm:qwen:7b"}, Audience.ENTERPRISE,
         "以2026年11月23日为准；面向企业；语句由人工智能（qwen:7b）组织，逐句核对过出处"),
    ],
)  # fmt: skip
def test_the_facts_of_an_answer_are_one_line(
    fields: dict[str, str], audience: Audience, line: str
) -> None:
    assert facts_line(make_answer(**fields), audience) == line


def test_a_statute_in_several_versions_is_counted_once() -> None:
    versions = [make_document(make_article(1), adopted=date(year, 1, 1)) for year in (2001, 2010)]
    manual = make_document(title="手册", kind=Kind.DOCUMENT, effective=None)
    corpus = Corpus([*versions, manual])
    fingerprint = corpus.fingerprint()[:12]
    assert corpus_line(corpus) == f"收录：1部法律、1份其他文件，内容版本 {fingerprint}"


def test_a_copy_is_plain_text_that_says_everything() -> None:
    cited = make_citation(quote="应当依法取得许可。\n（一）甲。")
    answer = make_answer(Sentence("应当办证。", (1,)), citations=(cited,))
    assert copy_text(answer, Audience.PUBLIC) == (
        "应当办证。[1]\n\n"
        "出处：\n[1] 《某法》第五条（现行有效，2020年1月1日起施行）\n"
        "    应当依法取得许可。\n    （一）甲。\n\n"
        f"以2026年11月23日为准；面向公众。\n{answer.disclosure}\n"
    )


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "\u202e", "\u200b", "\ufeff"])
def test_a_copy_has_nothing_that_nobody_sees(hidden: str) -> None:
    answer = make_answer(Sentence(f"应当{hidden}办证。", (1,)))
    assert copy_text(answer, Audience.PUBLIC) == copy_text(ANSWER, Audience.PUBLIC)
