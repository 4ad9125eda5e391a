"""The small valid files that are changed: each has headings, numbered articles and a table."""

import io
from collections.abc import Callable
from functools import cache

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A5
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from tests.corpus.readers.formats.printed import FONT, style
from tests.corpus.readers.fuzzing.mutating import lines, markup, packed, parts_of, raw, words

TITLE = "丁镇水库管理办法"
RULES = (
    "第一条 为了保护丁镇水库，制定本办法。",
    "第二条 水库周围禁止下列行为：",
    "（一）养鸭；",
    "（二）倾倒渣土。",
    "第三条 违反本办法的，处二百元以上一千元以下罚款。",
    "第四条 本办法自2018年7月1日起施行。",
)
ROWS = (("项目", "一级", "二级"), ("总磷", "0.5", "1.0"), ("氨氮", "5", "8"), ("总氮", "15", "20"))
PLAIN = "\n".join(
    (TITLE, "（2018年5月6日丁镇人民政府公布）", "第一章 总则", *RULES, "附件：", "登记表")
).encode()
PROSE = "\n\n".join(
    (
        "水库巡查记录",
        "一、值班",
        "每周巡查二次，由值班员登记。发现漏水的，当日报告。",
        "二、其他",
        "无。",
    )
).encode()
MARKDOWN = (
    f"---\ntitle: x\n---\n# {TITLE}\n\n## 第一章 总则\n\n"
    + "\n\n".join(RULES[:4])
    + "\n\n1. 甲\n   - 乙\n\n> 引文\n\n| 项目 | 限值 |\n| --- | :-: |\n| 总磷 | 0.5 |\n"
    "| 氨氮 | 5 |\n\n"
    "```\n代码\n```\n\n<table><tr><td>内</td><td>外</td></tr></table>\n"
).encode()
_HTML_ROWS = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
HTML = (
    f'<!doctype html><html><head><meta charset="utf-8"><title>{TITLE}_丁镇</title>'
    '<meta name="PubDate" content="2018-05-06"><meta name="ContentSource" content="丁镇人民政府">'
    f'</head><body><nav>首页</nav><div class="content" id="zoom"><h1>{TITLE}</h1><h2>第一章</h2>'
    + "".join(f"<p>{line}<br>{'&nbsp;' * 2}</p>" for line in RULES)
    + '<table border="1"><caption>表1 限值</caption><thead><tr><th colspan="3" rowspan="1">'
    f"限值</th></tr></thead><tbody>{_HTML_ROWS}</tbody></table><pre>甲 乙\n丙</pre><ul><li>一</li>"
    "</ul></div>"
    '<div class="share">分享</div></body></html>'
).encode()


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(c)}?" if ord(c) > 127 else c for c in text)


_RTF_CELLS = "".join(f"\\cellx{2000 * n} " for n in range(1, 4))
_RTF_ROWS = "".join(
    f"\\trowd {_RTF_CELLS}" + "".join(f"{_escaped(cell)}\\cell " for cell in row) + "\\row\n"
    for row in ROWS
)
#: Converted by LibreOffice; without it each such file is refused in one sentence.
RTF = (
    "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 SimSun;}}{\\info{\\title t}}\n"
    + "".join(f"\\pard\\li200\\fs24 {_escaped(line)}\\par\n" for line in (TITLE, *RULES))
    + f"{_RTF_ROWS}\\pard {{\\b 1}}{{\\field{{\\*\\fldinst PAGE}}}}\\page\n}}"
).encode()
COLLECTION = (
    'kind = "policy"\nissuer = "丁镇人民政府"\nattribution = "丁镇的部署"\nkey_prefix = "ding"\n'
    '[[text]]\nfile = "a.txt"\ntitle = "丁镇要点"\nadopted = 2018-05-06\nurl = ""\n'
    '[cut]\npart = "^(?P<label>[^，]{2,4})，"\nlocator = "“{label}”部分"\n'
).encode()
_NUMBERING = """<w:numbering {ns}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">
<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="第%1条"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""


@cache
def word_file() -> bytes:
    """A docx with headings, counted articles, tracked changes, and tables with merged cells."""
    document = docx.Document()
    document.add_heading(TITLE, 0)
    document.add_heading("第一章 总则", 1)
    for line in RULES:
        document.add_paragraph(line)
    counted = document.add_paragraph("凡是钓鱼的，应当登记。")
    properties = counted._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    )
    counted._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="1" w:author="a">'
            "<w:r><w:t>增加</w:t><w:tab/></w:r></w:ins>"
        )
    )
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    numbering = document.part.numbering_part
    numbering._element = parse_xml(_NUMBERING.format(ns=nsdecls("w")))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@cache
def sheet_file() -> bytes:
    """An xlsx with merged and hidden cells, days, formulas and number formats."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "限值"
    for row in (*ROWS, ("2018-05-06", 0.125, 1234.5), ("合计", 1, True)):
        sheet.append(row)
    sheet["B5"].number_format, sheet["C5"].number_format = "0.0%", '#,##0.00"元"'
    sheet.merge_cells("A6:B6")
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("说明").append(["填表前先看本页"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@cache
def printed_file() -> bytes:
    """A PDF of two pages with text and a ruled table, nothing of it compressed."""
    file = io.BytesIO()
    body = [Paragraph(text, style(10, 0)) for text in (TITLE, *RULES)]
    ruled = TableStyle(
        [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONTNAME", (0, 0), (-1, -1), FONT)]
    )
    SimpleDocTemplate(file, pagesize=A5, pageCompression=0, invariant=1).build(
        [*body, Table(ROWS, style=ruled), *body * 3]
    )
    return file.getvalue()


@cache
def picture_file(kind: str) -> bytes:
    """A small picture, in tif two of them."""
    file = io.BytesIO()
    picture = Image.effect_noise((24, 16), 40).convert("RGB")
    more = {"save_all": True, "append_images": [picture.rotate(90)]} if kind == "TIFF" else {}
    picture.save(file, kind, **more)
    return file.getvalue()


#: What each reader is given; the names are those of the readers.
READERS: dict[str, tuple[str, Callable[[], st.SearchStrategy[bytes]]]] = {
    "docx": (".docx", lambda: packed(parts_of(word_file()))),
    "xlsx": (".xlsx", lambda: packed(parts_of(sheet_file()))),
    "pdf": (".pdf", lambda: words(printed_file())),
    "html": (".html", lambda: markup(HTML)),
    "md": (".md", lambda: lines(MARKDOWN)),
    "txt": (".txt", lambda: st.one_of(lines(PLAIN), lines(PROSE))),
    "png": (".png", lambda: raw(picture_file("PNG"))),
    "jpg": (".jpg", lambda: raw(picture_file("JPEG"))),
    "tif": (".tif", lambda: raw(picture_file("TIFF"))),
    "rtf": (".rtf", lambda: words(RTF)),
    "toml": (".toml", lambda: words(COLLECTION)),
}
