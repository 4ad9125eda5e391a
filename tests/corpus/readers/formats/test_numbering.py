"""The numbers that Word counts by itself, list by list and level by level."""

from collections.abc import Sequence

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from corpus.readers.formats.numbering import Numbering

#: Text, format, first number, and what stands in ``lvlRestart`` ("" for none).
Level = tuple[str, str, int, str]
CHAPTER: Level = ("第%1章", "chineseCounting", 1, "")
ARTICLE: Level = ("第%2条", "chineseCountingThousand", 1, "0")
ITEM: Level = ("（%3）", "chineseCounting", 1, "")


def add_list(document: WordDocument, list_id: int, levels: Sequence[Level]) -> None:
    """A list whose definition and whose number have the same id."""
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        + (f'<w:lvlRestart w:val="{restart}"/>' if restart else "")
        + f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (text, form, start, restart) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    head = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{list_id}">'
    root.insert(0, parse_xml(f"{head}{xml}</w:abstractNum>"))
    add_number(document, list_id, list_id)


def add_number(document: WordDocument, number_id: int, list_id: int) -> None:
    number = f'<w:num {nsdecls("w")} w:numId="{number_id}">'
    xml = f'{number}<w:abstractNumId w:val="{list_id}"/></w:num>'
    document.part.numbering_part.element.append(parse_xml(xml))


def numbered(document: WordDocument, number_id: int, level: int = 0) -> Paragraph:
    paragraph = document.add_paragraph("文字")
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = number_id
    properties.get_or_add_ilvl().val = level
    return paragraph


def labels(document: WordDocument) -> list[str]:
    numbering = Numbering(document)
    return [numbering.label(paragraph) for paragraph in document.paragraphs]


@pytest.fixture
def document() -> WordDocument:
    return docx.Document()


def labelled(document: WordDocument, levels: Sequence[Level], places: Sequence[int]) -> list[str]:
    add_list(document, 70, levels)
    for level in places:
        numbered(document, 70, level)
    return labels(document)


def test_articles_count_on_and_items_begin_anew(document: WordDocument) -> None:
    places = [0, 1, 1, 2, 2, 0, 1, 2]
    assert labelled(document, [CHAPTER, ARTICLE, ITEM], places) == [
        "第一章",
        "第一条",
        "第二条",
        "（一）",
        "（二）",
        "第二章",
        "第三条",
        "（一）",
    ]


def test_a_level_begins_anew_below_the_next_higher_one(document: WordDocument) -> None:
    levels: list[Level] = [("%1", "decimal", 1, ""), ("%1.%2", "decimal", 1, "")]
    assert labelled(document, levels, [0, 1, 1, 0, 1]) == ["1", "1.1", "1.2", "2", "2.1"]


@pytest.mark.parametrize(
    ("form", "start", "expected"),
    [
        ("decimal", 1, ["1", "2"]),
        ("decimal", 9, ["9", "10"]),
        ("chineseCounting", 10, ["十", "十一"]),
        ("chineseCountingThousand", 109, ["一百零九", "一百一十"]),
        ("taiwaneseCountingThousand", 20, ["二十", "二十一"]),
        ("japaneseCounting", 3, ["三", "四"]),
        ("bullet", 1, ["", ""]),
        ("none", 1, ["", ""]),
    ],
)
def test_formats_and_first_numbers(
    document: WordDocument, form: str, start: int, expected: list[str]
) -> None:
    assert labelled(document, [("%1", form, start, "")], [0, 0]) == expected


def test_the_text_around_the_number_is_kept(document: WordDocument) -> None:
    assert labelled(document, [("附件%1：", "decimal", 1, "")], [0]) == ["附件1："]


def test_a_higher_level_that_has_not_begun_shows_its_first_number(document: WordDocument) -> None:
    levels: list[Level] = [("%1", "decimal", 4, ""), ("%1.%2", "decimal", 1, "")]
    assert labelled(document, levels, [1]) == ["4.1"]


def test_text_without_a_number_has_none_and_does_not_count(document: WordDocument) -> None:
    add_list(document, 70, [CHAPTER])
    numbered(document, 70)
    document.add_paragraph("文字")
    numbered(document, 70)
    assert labels(document) == ["第一章", "", "第二章"]


def test_two_lists_count_apart(document: WordDocument) -> None:
    add_list(document, 70, [CHAPTER])
    add_list(document, 71, [("%1.", "decimal", 1, "")])
    for number_id in (70, 71, 70, 71):
        numbered(document, number_id)
    assert labels(document) == ["第一章", "1.", "第二章", "2."]


def test_two_numbers_of_one_list_share_its_counter(document: WordDocument) -> None:
    add_list(document, 70, [CHAPTER])
    add_number(document, 71, 70)
    for number_id in (70, 71, 70):
        numbered(document, number_id)
    assert labels(document) == ["第一章", "第二章", "第三章"]


@pytest.mark.parametrize(("number_id", "level"), [(0, 0), (99, 0), (70, 5)])
def test_a_list_or_level_that_is_not_there(
    document: WordDocument, number_id: int, level: int
) -> None:
    add_list(document, 70, [CHAPTER])
    numbered(document, number_id, level)
    assert labels(document) == [""]


def test_a_style_gives_the_number_and_a_paragraph_may_refuse_it(document: WordDocument) -> None:
    add_list(document, 70, [CHAPTER])
    style = document.styles.add_style("条", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 70
    based = document.styles.add_style("条二", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    based.base_style = style
    document.add_paragraph("文字", style="条")
    numbered(document, 0).style = style
    document.add_paragraph("文字", style="条二")
    assert labels(document) == ["第一章", "", "第二章"]


def test_a_document_without_lists() -> None:
    document = docx.Document()
    document.add_paragraph("文字")
    assert labels(document) == [""]
