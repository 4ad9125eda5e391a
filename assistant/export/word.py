"""A Word document in the form of Chinese official writing (GB/T 9704): A4 with its margins, 仿宋
in 三号 at 28 points a line, headings in 黑体 and 楷体, the page's number between two dashes."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from corpus.language import strip_control

_LATIN = "Times New Roman"
_FANG, _SONG, _HEI, _KAI = "仿宋", "宋体", "黑体", "楷体"
#: 三号, 小二, 小四 and the distance of lines, in points.
_SIZE, _TITLE_SIZE, _SMALL_SIZE, _LINE = 16, 20, 12, 28
#: How wide the columns of a table are, in cm, as far as it has four.
_WIDTHS = (5.0, 5.2, 2.7, 2.7)
#: Characters that a property of a file may have.
_MOST = 255
_INK = RGBColor(0, 0, 0)
_GREY = RGBColor(0x59, 0x59, 0x59)


class Paper:
    """The document as it is written, from top to bottom."""

    def __init__(self, title: str, day: date, author: str = "") -> None:
        self._document: Any = docx.Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.top_margin, section.bottom_margin = Cm(3.7), Cm(3.5)
        section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
        made = datetime(day.year, day.month, day.day)
        facts = self._document.core_properties
        facts.title, facts.author, facts.comments = strip_control(title)[:_MOST], author, ""
        facts.last_modified_by, facts.language = author, "zh-CN"
        facts.created = facts.modified = made
        self._tell_company(author)
        styles = self._document.styles
        _set_font(styles["Normal"], _FANG, _SIZE)
        _set_font(styles["Title"], _SONG, _TITLE_SIZE)
        _set_font(styles["Heading 1"], _HEI, _SIZE)
        _set_font(styles["Heading 2"], _KAI, _SIZE)
        _set_font(styles["Quote"], _KAI, _SIZE)
        styles["Quote"].font.italic = False
        self._number_pages(section)

    def title(self, text: str) -> None:
        """The document's title, in the middle."""
        paragraph = self._add(text, "Title")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for border in paragraph.style.element.pPr.findall(qn("w:pBdr")):
            paragraph.style.element.pPr.remove(border)

    def heading(self, text: str, level: int) -> None:
        """A heading; it stays with what follows."""
        self._add(text, f"Heading {level}")

    def byline(self, text: str) -> None:
        """Whose paper it is, or when it was made: below the title, in the middle."""
        paragraph = self._add(text, "Normal")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.runs[0].font.size = Pt(_SMALL_SIZE + 2)
        paragraph.paragraph_format.space_after = Pt(0)

    def body(self, text: str) -> None:
        """A paragraph, its first line indented by two characters."""
        _set_lines(self._add(text, "Normal"))

    def part(self, text: str) -> None:
        """What the paragraphs below answer: bold, and staying with them."""
        paragraph = self._add(text, "Normal")
        _set_lines(paragraph)
        paragraph.runs[0].bold = True
        paragraph.paragraph_format.keep_with_next = True

    def source(self, text: str) -> None:
        """Where a quote stands."""
        paragraph = self._add(text, "Normal")
        paragraph.runs[0].bold = True
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.keep_with_next = True

    def quote(self, text: str) -> None:
        """A paragraph of a source's own words."""
        _set_lines(self._add(text, "Quote"))

    def small(self, text: str) -> None:
        """A remark of ours."""
        run = self._add(text, "Normal").runs[0]
        run.font.size, run.font.color.rgb = Pt(_SMALL_SIZE), _GREY

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table; its head stands again on each page, and no row is torn apart."""
        table = self._document.add_table(0, len(head), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, _WIDTHS, strict=False):
            column.width = Cm(width)
        for number, cells in enumerate((head, *rows)):
            row = table.add_row()
            facts = row._tr.get_or_add_trPr()
            facts.append(OxmlElement("w:cantSplit"))
            if number == 0:
                facts.append(OxmlElement("w:tblHeader"))
            for cell, text, width in zip(row.cells, cells, _WIDTHS, strict=False):
                cell.width = Cm(width)
                run = cell.paragraphs[0].add_run(strip_control(text))
                run.font.size, run.bold = Pt(_SMALL_SIZE), number == 0
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)

    def to_bytes(self) -> bytes:
        """The file's content."""
        file = BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _tell_company(self, name: str) -> None:
        """The company stands in a part of the file that is written by hand here."""
        package = self._document.part.package
        part = next(p for p in package.iter_parts() if p.partname == "/docProps/app.xml")
        facts = parse_xml(part.blob)
        for company in facts.iterchildren("{*}Company"):
            company.text = strip_control(name)
        part._blob = serialize_part_xml(facts)

    def _add(self, text: str, style: str) -> Any:
        paragraph = self._document.add_paragraph(style=style)
        paragraph.add_run(strip_control(text))
        return paragraph

    def _number_pages(self, section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph.add_run("— ")
        paragraph._p.append(field)
        paragraph.add_run(" —")


def _set_lines(paragraph: Any) -> None:
    """The lines of a paragraph as official papers have them, the first two characters in."""
    form = paragraph.paragraph_format
    form.line_spacing, form.space_after = Pt(_LINE), Pt(0)
    form.left_indent, form.first_line_indent = Pt(0), Pt(2 * _SIZE)


def _set_font(style: Any, chinese: str, size: int) -> None:
    """Word takes the font of Chinese characters from an attribute of its own."""
    style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:cs"), _LATIN)
