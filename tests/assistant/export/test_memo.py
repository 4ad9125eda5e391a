"""A memo has what an office files: question, conclusion, basis, quotes, remarks."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest

from assistant.export import Exchange, copy_text, to_docx, to_markdown
from assistant.export.memo import Memo, memo_of, not_held
from assistant.types import Audience, Outcome, Sentence, Signature
from corpus.catalog import Corpus
from corpus.statutes.known import KnownDocument
from tests.records import DAY, make_answer, make_article, make_citation, make_document

OLD = make_document(make_article(5, "旧的。\n（一）甲；", title="旧法"), title="旧法")
NEW = make_document(
    make_article(9, "本法自2027年1月1日起施行。《旧法》同时废止。", title="新法"),
    title="新法",
    effective=date(2027, 1, 1),
)
CORPUS = Corpus(
    [OLD, NEW],
    not_loaded=[KnownDocument("某某管理办法", ("某某办法",), "某部", number="某令第1号")],
)
LATER = date(2027, 3, 1)
CITED = (
    make_citation(
        1, key="旧法#5", title="旧法", locator="第五条第二款", quote="旧的。\n（一）甲；"
    ),
    make_citation(2, key="新法#9", title="新法", locator="第九条", quote="同时废止。", note="缺字"),
    make_citation(3, key="旧法#5", title="旧法", locator="第五条第一款", quote="旧的。"),
)
ANSWER = make_answer(
    Sentence("应当办证：\n（一）甲。", (1,), part="“要不要办？”"),
    Sentence("另见《某某管理办法》和《没听过的条例》。", (), part="“要不要办？”"),
    Sentence("《新法》规定：「依照《别的办法》」。", (2, 3), part="“怎么罚？”"),
    citations=CITED,
)
EXCHANGE = Exchange("我想问两件事：\n\n要不要办？ \n怎么罚？", ANSWER, Audience.STAFF)


def memo(day: date = DAY) -> Memo:
    return memo_of(EXCHANGE, CORPUS, day)


def opened(*exchanges: Exchange, day: date = DAY, authority: str = "") -> Any:
    return docx.Document(BytesIO(to_docx(exchanges, CORPUS, day, authority)))


def under(document: Any, head: str) -> list[str]:
    """The paragraphs under a heading."""
    found, is_under = [], False
    for paragraph in document.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            is_under = paragraph.text.endswith(head)
        elif is_under:
            found.append(paragraph.text)
    return found


def test_the_question_keeps_its_paragraphs() -> None:
    asked = ["我想问两件事：", "要不要办？", "怎么罚？"]
    assert list(memo().question) == asked
    assert under(opened(EXCHANGE), "题目") == asked


def test_the_conclusion_keeps_its_parts_and_paragraphs() -> None:
    lines = [
        "“要不要办？”",
        "应当办证：",
        "（一）甲。[1]",
        "另见《某某管理办法》和《没听过的条例》。",
        "“怎么罚？”",
        "《新法》规定：「依照《别的办法》」。[2][3]",
    ]
    assert [line.text for line in memo().conclusion] == lines
    assert under(opened(EXCHANGE), "结论") == lines
    assert copy_text(ANSWER, Audience.STAFF).split("\n")[: len(lines)] == lines


def test_the_basis_names_document_place_validity_and_day() -> None:
    (table,) = opened(EXCHANGE).tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["文件", "条款", "效力", "施行日期"],
        ["《旧法》", "第五条第一款[3]、第五条第二款[1]", "现行有效", "2020年1月1日"],
        ["《新法》", "第九条[2]", "现行有效", "2020年1月1日"],
    ]


def test_what_has_changed_since_the_answer_s_day_is_told() -> None:
    first, second = memo(LATER).basis
    assert first.standing == "当日有效，现已废止"
    assert second.standing == "现行有效"


def test_the_quotes_are_to_the_letter_with_their_places() -> None:
    quotes = under(opened(EXCHANGE), "原文")
    assert quotes == [
        "[3] 《旧法》第五条第一款", "旧的。",
        "[1] 《旧法》第五条第二款", "旧的。", "（一）甲；",
        "[2] 《新法》第九条（缺字）", "同时废止。",
    ]  # fmt: skip


def test_the_remarks_say_for_which_day_how_and_what_is_not_held() -> None:
    remarks = under(opened(EXCHANGE), "说明")
    assert remarks[0] == "以2026年11月23日为准；面向工作人员。"
    assert "没有用人工智能" in remarks[1]
    assert remarks[2] == (
        "提到而没有收录的文件：《某某管理办法》（某令第1号，某部）、《没听过的条例》。"
    )
    assert remarks[3] == ANSWER.disclosure


def test_what_is_held_or_stands_in_a_quote_is_not_missing() -> None:
    answer = make_answer(Sentence("《旧法》第五条规定：「依照《别的办法》」，领《许可证》。", ()))
    assert not_held(answer, CORPUS) == ()


@pytest.mark.parametrize(
    ("citations", "told"),
    [((), "没有找到能确定回答的原文"), (CITED, "主要的一问没有找到能确定回答的原文")],
)
def test_a_refusal_is_one(citations: tuple[Any, ...], told: str) -> None:
    answer = make_answer(
        Sentence("现有资料没有。", ()), citations=citations, outcome=Outcome.DECLINED
    )
    made = opened(Exchange("问", answer, Audience.PUBLIC))
    assert under(made, "结论")[0] == told
    assert bool(under(made, "原文")) == bool(citations)
    assert not [text for text in under(made, "说明") if "人工智能" in text]


def test_whose_it_is_and_when_it_was_made_stand_below_the_title() -> None:
    title, authority, day, *_ = opened(EXCHANGE, authority="某市生态环境局").paragraphs
    assert title.style.name == "Title"
    assert (authority.text, day.text) == ("某市生态环境局", "2026年11月23日")
    assert opened(EXCHANGE).paragraphs[1].text == "2026年11月23日"


def test_several_answers_are_several_memos_in_one_paper() -> None:
    paragraphs = opened(EXCHANGE, EXCHANGE).paragraphs
    heads = [p.text for p in paragraphs if p.style.name == "Heading 1"]
    assert heads == ["一、第一问", "二、第二问"]
    second = [p.text for p in paragraphs if p.style.name == "Heading 2"]
    assert second == ["（一）题目", "（二）结论", "（三）依据", "（四）原文", "（五）说明"] * 2


def test_markdown_has_the_same_parts() -> None:
    text = to_markdown([EXCHANGE], CORPUS, LATER)
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert heads == ["## 题目", "## 结论", "## 依据", "## 原文", "## 说明"]
    assert "当日有效，现已废止" in text
    assert "> 旧的。\n>\n> （一）甲；" in text


def test_a_copy_has_no_address() -> None:
    assert "http" not in copy_text(ANSWER, Audience.PUBLIC)


def test_each_sentence_of_the_staff_s_says_so_the_first_who_wrote_it() -> None:
    own = Signature("周敏", DAY)
    answer = make_answer(
        Sentence("登记不要钱。", (1,), own=own), Sentence("也可以代办。", (), own=own)
    )
    assert copy_text(answer, Audience.PUBLIC).startswith(
        f"登记不要钱。[1]（{own.shown}）\n也可以代办。（本局整理）\n"
    )
