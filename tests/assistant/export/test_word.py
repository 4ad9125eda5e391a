"""The Word document keeps to the form of official writing."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from assistant.export.word import Paper

DAY = date(2026, 11, 24)


@pytest.fixture
def paper() -> Paper:
    return Paper("问答记录", DAY)


def opened(paper: Paper) -> Any:
    return docx.Document(BytesIO(paper.to_bytes()))


def last(paper: Paper) -> Any:
    return opened(paper).paragraphs[-1]


def test_the_page_is_a4_with_the_margins_of_official_papers(paper: Paper) -> None:
    (section,) = opened(paper).sections
    assert (section.page_width.cm, section.page_height.cm) == pytest.approx((21, 29.7), abs=0.01)
    margins = (section.top_margin.cm, section.bottom_margin.cm, section.left_margin.cm)
    assert margins == pytest.approx((3.7, 3.5, 2.8), abs=0.01)


@pytest.mark.parametrize(
    ("style", "font"),
    [
        ("Normal", "仿宋"),
        ("Title", "宋体"),
        ("Heading 1", "黑体"),
        ("Heading 2", "楷体"),
        ("Quote", "楷体"),
    ],
)
def test_every_style_has_a_chinese_font_and_black_ink(paper: Paper, style: str, font: str) -> None:
    found = opened(paper).styles[style]
    fonts = found.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert fonts.get(qn("w:ascii")) == "Times New Roman"
    assert not [name for name in fonts.attrib if name.endswith("Theme") or "theme" in name]
    assert found.font.color.rgb == RGBColor(0, 0, 0)


def test_a_quote_is_not_slanted(paper: Paper) -> None:
    assert opened(paper).styles["Quote"].font.italic is False


def test_the_file_tells_its_title_and_day_and_nobody_s_name(paper: Paper) -> None:
    facts = opened(paper).core_properties
    assert (facts.title, facts.language) == ("问答记录", "zh-CN")
    assert (facts.author, facts.comments, facts.last_modified_by) == ("", "", "")
    assert facts.created.date() == facts.modified.date() == DAY


def test_paragraphs_stand_in_the_order_of_writing(paper: Paper) -> None:
    paper.title("一")
    paper.heading("二", 1)
    paper.body("三")
    paper.heading("四", 2)
    paper.quote("五")
    found = [(paragraph.style.name, paragraph.text) for paragraph in opened(paper).paragraphs]
    assert found == [
        ("Title", "一"), ("Heading 1", "二"), ("Normal", "三"),
        ("Heading 2", "四"), ("Quote", "五"),
    ]  # fmt: skip


def test_the_title_stands_in_the_middle_without_a_line(paper: Paper) -> None:
    paper.title("问答记录")
    found = last(paper)
    assert found.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert found.style.element.pPr.findall(qn("w:pBdr")) == []


@pytest.mark.parametrize("level", [1, 2])
def test_a_heading_stays_with_what_follows(paper: Paper, level: int) -> None:
    paper.heading("1. 怎么罚？", level)
    assert last(paper).style.paragraph_format.keep_with_next


def test_a_paragraph_begins_two_characters_in(paper: Paper) -> None:
    paper.body("应当依法取得许可。")
    document = opened(paper)
    indent = document.paragraphs[-1].paragraph_format.first_line_indent
    assert indent == 2 * document.styles["Normal"].font.size


def test_a_source_is_bold_and_stays_with_its_quote(paper: Paper) -> None:
    paper.source("[1] 《某法》第五条")
    found = last(paper)
    assert found.runs[0].bold
    assert found.paragraph_format.keep_with_next


def test_a_quote_is_set_as_a_paragraph_of_official_papers(paper: Paper) -> None:
    paper.quote("应当依法取得许可。")
    form = last(paper).paragraph_format
    assert (form.line_spacing, form.first_line_indent) == (Pt(28), Pt(32))


def test_a_table_repeats_its_head_and_tears_no_row(paper: Paper) -> None:
    paper.table(("文件", "条款"), [("《某法》", "第五条"), ("\u202e《别法》", "")])
    (table,) = opened(paper).tables
    assert [[c.text for c in row.cells] for row in table.rows] == [
        ["文件", "条款"], ["《某法》", "第五条"], ["《别法》", ""],
    ]  # fmt: skip
    facts = [row._tr.trPr for row in table.rows]
    assert all(fact.find(qn("w:cantSplit")) is not None for fact in facts)
    assert [fact.find(qn("w:tblHeader")) is not None for fact in facts] == [True, False, False]


def test_what_a_part_answers_stays_with_its_words(paper: Paper) -> None:
    paper.part("怎么罚？")
    assert last(paper).runs[0].bold
    assert last(paper).paragraph_format.keep_with_next


def test_a_remark_of_ours_is_smaller_and_grey(paper: Paper) -> None:
    paper.small("导出日期：2026年11月24日")
    document = opened(paper)
    font = document.paragraphs[-1].runs[0].font
    assert font.size < document.styles["Normal"].font.size
    assert len(set(font.color.rgb)) == 1
    assert font.color.rgb != RGBColor(0, 0, 0)


def test_pages_are_numbered_at_their_foot(paper: Paper) -> None:
    (paragraph,) = opened(paper).sections[0].footer.paragraphs
    (field,) = paragraph._p.findall(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    assert paragraph.text == "—  —"
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.CENTER


@pytest.mark.parametrize("text", ["甲\x00乙", "甲\x0b\x1b乙", "甲\u202e乙", "\ufeff甲\u200b乙"])
def test_what_xml_or_nobody_takes_is_left_out(paper: Paper, text: str) -> None:
    paper.body(text)
    assert last(paper).text == "甲乙"


def test_an_empty_line_is_a_paragraph(paper: Paper) -> None:
    for write in (paper.body, paper.quote, paper.source, paper.small):
        write("")
    assert [paragraph.text for paragraph in opened(paper).paragraphs] == [""] * 4
