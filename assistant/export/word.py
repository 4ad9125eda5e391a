"""A Word document in the form of Chinese official writing: A4, 宋体, headings in 黑体."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from corpus.language import strip_control

_LATIN = "Times New Roman"
_SONG, _HEI, _KAI = "宋体", "黑体", "楷体"
_INK = RGBColor(0, 0, 0)
_GREY = RGBColor(0x59, 0x59, 0x59)


class Paper:
    """The document as it is written, from top to bottom."""

    def __init__(self, title: str, day: date) -> None:
        self._document: Any = docx.Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.8)
        section.top_margin = section.bottom_margin = Cm(2.8)
        made = datetime(day.year, day.month, day.day)
        facts = self._document.core_properties
        facts.title, facts.author, facts.comments, facts.language = title, "", "", "zh-CN"
        facts.created = facts.modified = made
        styles = self._document.styles
        _set_font(styles["Normal"], _SONG, 12)
        _set_font(styles["Title"], _HEI, 18)
        _set_font(styles["Heading 1"], _HEI, 14)
        _set_font(styles["Heading 2"], _HEI, 12)
        _set_font(styles["Quote"], _KAI, 12)
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

    def body(self, text: str) -> None:
        """A paragraph, its first line indented by two characters."""
        paragraph = self._add(text, "Normal")
        paragraph.paragraph_format.line_spacing = 1.5
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.first_line_indent = Pt(24)

    def source(self, text: str) -> None:
        """Where a quote stands."""
        paragraph = self._add(text, "Normal")
        paragraph.runs[0].bold = True
        paragraph.paragraph_format.space_before = Pt(6)
        paragraph.paragraph_format.space_after = Pt(2)
        paragraph.paragraph_format.keep_with_next = True

    def quote(self, text: str) -> None:
        """A paragraph of a source's own words."""
        paragraph = self._add(text, "Quote")
        paragraph.paragraph_format.left_indent = Pt(24)
        paragraph.paragraph_format.line_spacing = 1.5
        paragraph.paragraph_format.space_after = Pt(0)

    def small(self, text: str) -> None:
        """A remark of ours."""
        run = self._add(text, "Normal").runs[0]
        run.font.size, run.font.color.rgb = Pt(10), _GREY

    def to_bytes(self) -> bytes:
        """The file's content."""
        file = BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _add(self, text: str, style: str) -> Any:
        paragraph = self._document.add_paragraph(style=style)
        paragraph.add_run(strip_control(text))
        return paragraph

    def _number_pages(self, section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)


def _set_font(style: Any, chinese: str, size: int) -> None:
    """Word takes the font of Chinese characters from an attribute of its own."""
    style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:cs"), _LATIN)
