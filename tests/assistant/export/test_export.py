from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.export import Exchange, copy_text, to_docx, to_markdown
from assistant.pipeline import Assistant
from assistant.types import Answer, Audience, Citation, Outcome, Query, Sentence
from corpus.catalog import Corpus
from tests.support import load_policy

DAY = date(2026, 11, 24)
CODE = "中华人民共和国生态环境法典"
SMALL = Corpus([load_policy()])
HOSTILE = (
    "# ![x](http://evil.example/x.png) <img src=x onerror=alert(1)> <b>b</b> [a](javascript:1)\n"
    "- `c` | d | ~~e~~ www.evil.example <http://evil.example> **f** &amp; $g$\n1. h\n```\ni"
)

ANSWER = Answer(
    "",
    "没办证就排污，怎么罚？",
    Outcome.ANSWERED,
    (
        Sentence("《生态环境法典》规定：「应当取得排污许可证」。", (1,)),
        Sentence("\n（一）126项。", (2,)),
    ),
    (
        Citation(
            1,
            f"{CODE}#176",
            CODE,
            "第一百七十六条第一款",
            "排放废气的；\n（一）应当取得排污许可证。",
            "现行有效",
            "2026-08-15",
            "https://flk.npc.gov.cn/",
            "条首缺失",
        ),
        Citation(2, "policy:减污", "某局工作部署", "“减污”部分第二句", "126项", "新闻报道", "", ""),
    ),
    DAY,
    "extractive",
    understood="没有取得排污许可证怎么处罚",
)


def tokens_of(markdown: str) -> list[Token]:
    found = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(markdown)
    return [inner for token in found for inner in (token, *(token.children or ()))]


def asked_in(tokens: list[Token]) -> str:
    """What stands under 题目: paragraphs of plain words and nothing else."""
    texts = [token for token in tokens if token.type == "inline"]
    first, last = (
        next(i for i, token in enumerate(texts) if token.content == name)
        for name in ("题目", "结论")
    )
    children = [child for token in texts[first + 1 : last] for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "text_special"}
    return "".join(child.content for child in children)


def words_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def exports_of(exchange: Exchange) -> dict[str, str]:
    return {
        "text": copy_text(exchange.answer, exchange.audience),
        "markdown": to_markdown([exchange], SMALL, DAY),
        "docx": words_of(to_docx([exchange], SMALL, DAY)),
    }


@pytest.mark.parametrize("form", ["text", "markdown", "docx"])
def test_every_form_has_the_answer_its_sources_and_the_disclosure(form: str):
    text = exports_of(Exchange(ANSWER.question, ANSWER, Audience.STAFF))[form].replace("\\", "")
    for fact in (
        "「应当取得排污许可证」。[1]",
        f"[1] 《{CODE}》第一百七十六条第一款",
        "条首缺失",
        "现行有效",
        "2026年8月15日",
        "某局工作部署 “减污”部分第二句",
        "新闻报道",
        "排放废气的；",
        "以2026年11月24日为准；面向工作人员；理解为：没有取得排污许可证怎么处罚",
        ANSWER.disclosure,
    ):
        assert fact in text


@pytest.mark.parametrize("form", ["markdown", "docx"])
def test_a_file_says_which_corpus_and_when(form: str):
    text = exports_of(Exchange(ANSWER.question, ANSWER, Audience.PUBLIC))[form]
    assert "2026年11月24日" in text
    assert f"0部法律、1份其他文件，内容版本 {SMALL.fingerprint()[:12]}" in text


def test_a_model_that_wrote_is_named():
    written = replace(ANSWER, engine="llm:qwen")
    assert "语句由人工智能（qwen）组织" in copy_text(written, Audience.PUBLIC)


def test_what_a_user_typed_is_not_read_as_markdown():
    hostile = replace(ANSWER, understood=HOSTILE, sentences=(Sentence(HOSTILE, (1,)),))
    tokens = tokens_of(to_markdown([Exchange(HOSTILE, hostile, Audience.PUBLIC)], SMALL, DAY))
    kinds = {token.type for token in tokens}
    assert not kinds & {"image", "html_block", "html_inline", "code_inline", "fence", "s_open"}
    assert not kinds & {"bullet_list_open", "ordered_list_open", "table_open"}
    links = {t.attrs["href"] for t in tokens if t.type == "link_open"}
    assert links == {"https://flk.npc.gov.cn/"}
    assert "".join(asked_in(tokens).split()) == "".join(HOSTILE.split())


@settings(deadline=None)
@given(st.text(alphabet="#![]()<>*_`|~$&\\-+=.: \n\t1ahw甲", max_size=40))
def test_any_question_stays_words(question: str):
    tokens = tokens_of(to_markdown([Exchange(question, ANSWER, Audience.PUBLIC)], SMALL, DAY))
    shown = asked_in(tokens)
    assert "".join(shown.split()) == "".join(question.split())


def test_only_web_pages_are_linked():
    bad = replace(ANSWER.citations[0], url="javascript:alert(1)")
    text = to_markdown(
        [Exchange("问", replace(ANSWER, citations=(bad,)), Audience.PUBLIC)], SMALL, DAY
    )
    assert "javascript" not in text


def test_word_takes_chinese_fonts_and_no_name():
    made = docx.Document(
        BytesIO(to_docx([Exchange("问\x0b\x00题", ANSWER, Audience.PUBLIC)], SMALL, DAY))
    )
    for name, font in (("Normal", "仿宋"), ("Heading 1", "黑体"), ("Quote", "楷体")):
        fonts = made.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
    assert made.core_properties.author == ""
    assert made.core_properties.created.date() == DAY
    heads = [p.text for p in made.paragraphs if p.style.name == "Heading 1"]
    assert heads == ["一、题目", "二、结论", "三、依据", "四、原文", "五、说明"]
    assert "问题" in [p.text for p in made.paragraphs]


def test_a_declined_answer_is_exported_as_one():
    declined = replace(
        ANSWER, outcome=Outcome.DECLINED, citations=(), sentences=(Sentence("没有。", ()),)
    )
    exports = exports_of(Exchange("问", declined, Audience.PUBLIC))
    assert all("出处" not in text for text in exports.values())
    assert "没有找到能确定回答的原文" in exports["docx"]


def test_a_real_answer_is_exported_to_the_letter(assistant: Assistant):
    answer = assistant.answer(Query("污染防治重点任务有多少项？", DAY, Audience.STAFF))
    exchange = Exchange(answer.question, answer, Audience.STAFF)
    for text in exports_of(exchange).values():
        for citation in answer.citations:
            assert all(line in text for line in citation.quote.split("\n"))
