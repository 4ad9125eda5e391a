"""Readers of users' documents: fifteen real regulations, four formats, and what goes wrong."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from corpus.collection import Kind
from corpus.errors import DocumentError, UserError
from corpus.language.text import strip_stray_spaces
from corpus.readers.document import read_document
from corpus.readers.formats.files import MAX_BYTES
from corpus.splitting import split
from corpus.types import Document

SHANDONG = "山东省人民代表大会常务委员会"
WEIFANG = "潍坊市人民代表大会常务委员会"
#: File name → articles, adopted, effective, issuer and the first path, found by reading the files.
#: "" where the text does not say; the day of adoption is then that of the file name.
FACTS = {
    "山东省土壤污染防治条例(2019-11-29)": (78, "2019-11-29", "2020-01-01", SHANDONG, "总则"),
    "山东省大气污染防治条例(2018-11-30)": (85, "2018-11-30", "2016-11-01", SHANDONG, "总则"),
    "山东省机动车排气污染防治条例(2018-01-23)": (35, "2018-01-23", "2011-10-01", SHANDONG, ""),
    "山东省水污染防治条例(2020-11-27)": (91, "2020-11-27", "2018-12-01", SHANDONG, "总则"),
    "山东省清洁生产促进条例(2020-11-27)": (47, "2020-11-27", "2010-11-01", SHANDONG, "总则"),
    "山东省环境噪声污染防治条例(2018-01-23)": (44, "2018-01-23", "2004-01-01", SHANDONG, "总则"),
    # Its head names the decree of 1998 only; 「自发布之日起施行」.
    "建设项目环境保护管理条例(2017-07-16)": (30, "1998-11-29", "1998-11-29", "国务院", "总则"),
    "排污许可管理条例(2021-01-24)": (51, "2021-01-24", "2021-03-01", "国务院", "总则"),
    # Passed by the city, approved by the province; the head names no later version.
    "潍坊市大气污染防治条例(2020-01-15)": (43, "2018-01-23", "2018-05-01", WEIFANG, "总则"),
    "潍坊市海岸带保护条例(2019-12-04)": (55, "2019-11-29", "2020-05-01", WEIFANG, "总则"),
    "潍坊市燃放烟花爆竹管理条例(2020-01-15)": (18, "2020-01-15", "2018-10-01", WEIFANG, ""),
    "环境保护税法实施条例(2017-12-25)": (26, "2017-12-25", "2018-01-01", "国务院", "总则"),
    "生态保护补偿条例(2024-04-06)": (33, "2024-04-06", "2024-06-01", "", "总则"),
    "畜禽规模养殖污染防治条例(2013-11-11)": (44, "2013-11-11", "2014-01-01", "国务院", "总则"),
    "碳排放权交易管理暂行条例(2024-01-25)": (33, "2024-01-25", "2024-05-01", "", ""),
}
BY_NAME = pytest.mark.parametrize("name", FACTS)

STATUTE = """试验管理办法
（2020年5月6日某某市第十七届人民代表大会常务委员会第三次会议通过　根据2022年7月8日某某市\
第十八届人民代表大会常务委员会第二次会议《关于修改〈试验管理办法〉的决定》修正）

第一章　总　则
第一条　为了规范试验，制定本办法。
第二条　试验分为下列两类：
(一)甲类；
（二） 乙类，包括：
1.大的；
2.小的。
前款所称甲类，由主管部门确定。
第二章　附　则
第二条之一　插入的条文。
第三条第一款规定的情形，不适用本条。
第三条　本办法自2020年10月1日起施行。
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def regulations(repository: Path) -> Path:
    folder = repository.parent / "shared" / "data" / "regulations"
    if not folder.is_dir():
        pytest.skip("the real regulations are not in this repository, and lie beside it only here")
    return folder


def marked_lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a regulation with their heading levels."""
    lines = (line.strip() for line in path.read_text("utf-8").split("\n"))
    parts = [re.match(r"(#*)\s*(.*)", line) for line in lines if line and "<!--" not in line]
    return [(len(part[1]), part[2]) for part in parts if part]


def to_docx(lines: list[tuple[int, str]]) -> bytes:
    document, buffer = docx.Document(), io.BytesIO()
    for level, text in lines:
        if level:
            document.add_heading(text, 0 if level == 1 else level - 1)
        else:
            document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def to_html(lines: list[tuple[int, str]]) -> bytes:
    blocks = (f"<h{n}>{escape(t)}</h{n}>" if n else f"<p>{escape(t)}</p>" for n, t in lines)
    head = "<title>首页</title><style>p{color:red}</style><script>var a='第一条 坏';</script>"
    return f"<!doctype html><html><head>{head}</head><body>{''.join(blocks)}</body></html>".encode()


def to_pdf(lines: list[tuple[int, str]], indent: int = 24, gap: int = 0) -> bytes:
    """Pages with a header and page numbers; lines are broken at the margin."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=12, leading=20, wordWrap="CJK",
        firstLineIndent=indent, spaceAfter=gap,
    )  # fmt: skip
    heading = ParagraphStyle("heading", parent=body, alignment=1, firstLineIndent=0, fontSize=14)

    def edge(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(72, 810, "法规汇编")
        canvas.drawCentredString(297, 30, f"— {template.page} —")

    buffer = io.BytesIO()
    story = [Paragraph(escape(text), heading if level else body) for level, text in lines]
    SimpleDocTemplate(buffer, pagesize=A4).build(story, onFirstPage=edge, onLaterPages=edge)
    return buffer.getvalue()


def flat(text: str) -> str:
    """Without the differences that reading makes: stray spaces, and the brackets of an item."""
    return strip_stray_spaces(text).replace("(", "（").replace(")", "）")


# --- The fifteen regulations ---------------------------------------------------------------------


@BY_NAME
def test_a_regulation_is_read_as_its_reader_does(regulations: Path, name: str) -> None:
    document = read_document(regulations / f"{name}.md")
    count, adopted, effective, issuer, chapter = FACTS[name]
    assert document.kind is Kind.STATUTE
    assert document.title.removeprefix("中华人民共和国") == name.split("(")[0]
    title = document.title
    assert [a.key for a in document.articles] == [f"{title}#{n}" for n in range(1, count + 1)]
    assert (str(document.adopted), str(document.effective)) == (adopted, effective)
    assert document.issuer == issuer
    assert document.articles[0].path == ((f"第一章 {chapter}",) if chapter else ())


@BY_NAME
def test_every_character_of_the_articles_is_kept(regulations: Path, name: str) -> None:
    path = regulations / f"{name}.md"
    lines = [text for level, text in marked_lines(path) if not level]
    first = next(i for i, text in enumerate(lines) if text.startswith("第一条"))
    document = read_document(path)
    assert flat("\n".join(a.label + a.text for a in document.articles)) == flat(
        "\n".join(lines[first:])
    )


@BY_NAME
@pytest.mark.parametrize(
    ("suffix", "convert"),
    [
        (".docx", to_docx),
        (".html", to_html),
        (".pdf", to_pdf),
        (".PDF", lambda lines: to_pdf(lines, indent=0, gap=8)),
    ],
    ids=["docx", "html", "pdf-indented", "pdf-apart"],
)
def test_every_format_reads_alike(
    regulations: Path, write, name: str, suffix: str, convert: Callable[..., bytes]
) -> None:
    path = regulations / f"{name}.md"
    copy = write(f"{name}{suffix}", convert(marked_lines(path)))
    read, wanted = read_document(copy), read_document(path)
    pages = [article.page or 0 for article in read.articles]
    has_pages = suffix.lower() == ".pdf"
    assert pages == sorted(pages)
    assert (pages[0], all(pages)) == ((1, True) if has_pages else (0, False))
    assert without_pages(read) == wanted


def without_pages(document: Document) -> Document:
    articles = tuple(replace(article, page=None) for article in document.articles)
    return replace(document, articles=articles)


@BY_NAME
def test_the_splitting_takes_what_is_read(regulations: Path, name: str) -> None:
    document = read_document(regulations / f"{name}.md")
    texts = {article.key: article.text for article in document.articles}
    for passage in split(document):
        assert texts[passage.key][passage.start : passage.end] == passage.text


# --- Statutes ------------------------------------------------------------------------------------


def test_articles_paragraphs_and_items(write) -> None:
    document = read_document(write("办法.txt", STATUTE))
    assert [(a.key, a.label) for a in document.articles] == [
        ("试验管理办法#1", "第一条"),
        ("试验管理办法#2", "第二条"),
        ("试验管理办法#2之一", "第二条之一"),
        ("试验管理办法#3", "第三条"),
    ]
    assert document.articles[1].path == ("第一章 总则",)
    assert document.articles[1].text.split("\n") == [
        "试验分为下列两类：",
        "（一）甲类；",
        "（二）乙类，包括：1.大的；2.小的。",
        "前款所称甲类，由主管部门确定。",
    ]
    assert document.articles[2].text == "插入的条文。\n第三条第一款规定的情形，不适用本条。"
    assert document.articles[3].path == ("第二章 附则",)
    assert (document.adopted, document.effective) == (date(2022, 7, 8), date(2020, 10, 1))
    assert document.issuer == "某某市人民代表大会常务委员会"


@pytest.mark.parametrize(
    ("head", "closing", "expected"),
    [
        (
            "中华人民共和国国务院令\n第1号\n《试验条例》已经2020年12月9日国务院第117次常务会议通过，"
            "现予公布，自2021年3月1日起施行。\n总理　张三\n二〇二一年一月二十四日\n试验条例",
            "完。",
            ("试验条例", "国务院", "2021-01-24", "2021-03-01"),
        ),
        (
            "试验办法\n（2021年12月11日生态环境部令第24号公布　自2022年2月8日起施行）",
            "完。",
            ("试验办法", "生态环境部", "2021-12-11", "2022-02-08"),
        ),
        (
            "试验规定\n（２０１９年１月２日国务院令第９号公布　根据２０２０年３月４日"
            "《国务院关于修改部分行政法规的决定》修订）",
            "本规定自公布之日起施行。",
            ("试验规定", "国务院", "2020-03-04", "2019-01-02"),
        ),
        ("员工守则", "本守则自2020年13月40日起施行。", ("员工守则", "", "None", "None")),
        ("", "本守则自二〇二〇年十月一日起施行。", ("文件名", "", "None", "2020-10-01")),
    ],
    ids=["order", "ministry", "wide digits", "no such day", "no head"],
)
def test_what_the_head_says(write, head: str, closing: str, expected: tuple[str, ...]) -> None:
    text = f"{head}\n第一条 甲。\n第二条 乙。\n第三条 {closing}\n"
    found = read_document(write("文件名.txt", text))
    assert (found.title, found.issuer, str(found.adopted), str(found.effective)) == expected


def test_contents_annex_and_navigation_are_told_apart(write) -> None:
    text = (
        "试验办法\n目录\n第一章 总则……1\n第二章 附则……2\n第一章 总则\n第一条 甲。\n第二条 乙。\n"
        "第二章 附则\n第三条 附件由主管部门制定。\n{}\n"
    )
    with_annex = read_document(write("a.txt", text.format("附件\n第一条 表格\n名称 数量")))
    assert with_annex.articles[-1].text.endswith("附件\n第一条表格\n名称数量")
    on_a_site = read_document(write("b.txt", text.format("责任编辑 张三\n返回首页")))
    assert on_a_site.articles[-1].text == "附件由主管部门制定。"
    assert on_a_site.articles[0].path == ("第一章 总则",)


def test_options_go_before_the_text(write) -> None:
    path = write("办法.txt", STATUTE)
    day = date(2000, 1, 2)
    document = read_document(
        path, title="另名", issuer="某局", adopted=day, effective=day, url="https://example.org/"
    )
    assert (document.title, document.issuer, document.url) == (
        "另名",
        "某局",
        "https://example.org/",
    )
    assert (document.adopted, document.effective) == (day, day)
    assert document.articles[0].key == "另名#1"
    as_text = read_document(path, kind=Kind.DOCUMENT)
    assert as_text.kind is Kind.DOCUMENT
    assert as_text.articles[1].key.endswith("@2")


def test_two_quoted_articles_make_no_statute(write) -> None:
    text = "解读全文\n第一条 规定了目的。\n第二条 规定了范围。\n以上就是全部内容。"
    assert read_document(write("解读.txt", text)).kind is Kind.DOCUMENT


def test_the_name_gives_title_and_day_last(write) -> None:
    document = read_document(write("某通知（2021-03-04）.txt", "这是全部内容。"))
    assert (document.title, document.adopted) == ("某通知", date(2021, 3, 4))
    assert read_document(write("某通知_20210304.txt", "这是全部内容。")) == document


# --- Other texts ---------------------------------------------------------------------------------


def test_paragraphs_with_their_headings(write) -> None:
    text = """# 关于试验的通知

各单位：

## 一、总体要求

坚持**方向**。

（一）目标

达到目标<br>第二行。

1. 甲事项

| 项目 | 值 |
|---|---|
| 甲 | 1 |

## 二、附注
"""
    document = read_document(write("通知.md", text))
    below = ("一、总体要求", "（一）目标")
    assert document.title == "关于试验的通知"
    assert [(a.label, a.path, a.text) for a in document.articles] == [
        ("第1段", (), "各单位："),
        ("第2段", ("一、总体要求",), "坚持方向。"),
        ("第3段", below, "达到目标"),
        ("第4段", below, "第二行。"),
        ("第5段", below, "1.甲事项"),
        ("第6段", below, "1.甲事项　甲：值 1"),
        ("第7段", (), "二、附注"),
    ]


def test_a_page_without_scripts_and_navigation(write) -> None:
    page = (
        '<html><head><meta charset="gb2312"><title>试验通知-某市政府网</title></head><body>'
        "<nav>首页</nav><script>alert(1)</script><div>甲<p>第一段，\n换行。</p>乙<br>丙</div>"
        "<table><tr><td>项目</td><td>值</td></tr></table></body></html>"
    )
    document = read_document(write("页.htm", page.encode("gbk")))
    texts = ["甲", "第一段，换行。", "乙", "丙", "表　项目：值"]
    assert document.title == "试验通知"
    assert [a.text for a in document.articles] == texts


def test_word_counts_articles_by_itself(write) -> None:
    document, buffer = docx.Document(), io.BytesIO()
    document.add_paragraph("自动编号办法", style="Title")
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        f'{restart}<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (text, restart) in enumerate(
            [("第%1章", ""), ("第%2条", '<w:lvlRestart w:val="0"/>'), ("（%3）", "")]
        )
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    number = f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    numbering.append(parse_xml(number))
    for level, text in [
        (0, "总则"),
        (1, "甲。"),
        (1, "乙："),
        (2, "子。"),
        (0, "附则"),
        (1, "丙。"),
    ]:
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = 77
        properties.get_or_add_ilvl().val = level
    document.save(buffer)
    read = read_document(write("a.docx", buffer.getvalue()))
    assert read.title == "自动编号办法"
    assert [(a.label, a.path, a.text) for a in read.articles] == [
        ("第一条", ("第一章 总则",), "甲。"),
        ("第二条", ("第一章 总则",), "乙：\n（一）子。"),
        ("第三条", ("第二章 附则",), "丙。"),
    ]


def test_word_tables_and_tracked_changes(write) -> None:
    document, buffer = docx.Document(), io.BytesIO()
    paragraph = document.add_paragraph("保留")
    run = "<w:r><w:t>{}</w:t></w:r>"
    w = nsdecls("w")
    paragraph._p.append(parse_xml(f"<w:ins {w} w:id='1'>{run.format('加入。')}</w:ins>"))
    deleted = run.format("删去").replace("w:t>", "w:delText>")
    paragraph._p.append(parse_xml(f"<w:del {w} w:id='2'>{deleted}</w:del>"))
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["项目", "值", "甲", "1"], strict=True):
        cell.text = text
    document.save(buffer)
    read = read_document(write("表.docx", buffer.getvalue()))
    assert [a.text for a in read.articles] == ["保留加入。", "表　甲：值 1"]


LONG = (
    "试验单位应当按照规定开展监测并保存原始记录，不得篡改或者伪造数据；发现异常的，应当及时报告。"
)


@pytest.mark.parametrize(("indent", "gap"), [("　　", ""), ("", "\n"), ("    ", "\n")])
def test_broken_lines_are_joined(write, indent: str, gap: str) -> None:
    paragraphs = [LONG * n for n in (1, 3, 2, 4)]
    lines = []
    for paragraph in paragraphs:
        text = indent + paragraph
        broken = [text[i : i + 30] for i in range(0, len(text), 30)]
        lines += [*broken, *([""] if gap else [])]
    document = read_document(write("a.txt", "\r\n".join(lines)))
    assert [a.text for a in document.articles] == paragraphs


def test_a_list_of_short_lines_stays_a_list(write) -> None:
    document = read_document(write("名单.txt", "张三\n李四\n王五\n赵六"))
    assert [a.text for a in document.articles] == ["张三", "李四", "王五", "赵六"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_encodings(write, encoding: str, suffix: str) -> None:
    text = STATUTE.replace("\n", "<br>\n") if suffix == "html" else STATUTE
    document = read_document(write(f"办法.{suffix}", text.encode(encoding)))
    plain = read_document(write("办法.txt", STATUTE))
    assert document == plain


def test_control_characters_go_and_nothing_else(write) -> None:
    document = read_document(write("a.txt", "甲\u200b乙\x07 丙 ABC  def“引”(x)。\u202e"))
    assert [a.text for a in document.articles] == ["甲乙丙ABC def“引”(x)。"]


# --- What cannot be read -------------------------------------------------------------------------


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


def small_docx() -> bytes:
    return to_docx([(1, "标题"), (0, LONG), (0, LONG)])


def small_pdf() -> bytes:
    return to_pdf([(1, "标题"), (0, LONG), (0, LONG)])


def drawn_pdf(draw: Callable[[Canvas], None], **options: StandardEncryption) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def broken_page_pdf() -> bytes:
    """Some pages; what the second holds cannot be unpacked."""
    whole = to_pdf([(0, LONG * 3)] * 30)
    starts = [match.end() for match in re.finditer(rb"stream\r?\n(?=Gb|Ga)", whole)]
    assert len(starts) > 2
    return whole[: starts[1] + 50] + b"zzzzz" + whole[starts[1] + 55 :]


def scanned_pdf() -> bytes:
    image = ImageReader(Image.new("RGB", (60, 80), "white"))
    return drawn_pdf(lambda canvas: canvas.drawImage(image, 0, 0, *A4))


def locked_pdf() -> bytes:
    lock = StandardEncryption("secret", "owner", strength=128)
    return drawn_pdf(lambda canvas: canvas.drawString(99, 99, "text"), encrypt=lock)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 99
BOMB_SIZE = 101 * 1024 * 1024
TWICE = "试验办法\n第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。"


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("a.txt", lambda: b"", "空的"),
        ("a.txt", lambda: b" \n\n", "空的"),
        ("a.txt", lambda: "\ufeff\u200b\n".encode(), "没有文字"),
        ("a.md", lambda: b"<!-- -->", "没有文字"),
        ("a.html", lambda: b"<html><script>a</script></html>", "没有文字"),
        ("a.md", lambda: "# 标题".encode(), "只有标题"),
        ("a.docx", lambda: to_docx([]), "没有文字"),
        ("a.pdf", lambda: drawn_pdf(lambda c: None), "OCR"),
        ("a.pdf", scanned_pdf, "OCR"),
        ("a.pdf", locked_pdf, "密码"),
        ("a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("a.docx", lambda: OLE + b"0" * 99, "另存为 docx"),
        ("a.doc", lambda: OLE + b"0" * 99, "另存为 docx"),
        ("a.xlsx", lambda: b"PK", "不是 xlsx 文件"),
        ("a.pptx", lambda: b"PK", "改用"),
        ("README", lambda: b"text", "改用"),
        ("a.pdf", lambda: PNG, "PNG"),
        ("a.docx", lambda: PNG, "PNG"),
        ("a.txt", lambda: PNG, "PNG"),
        ("a.docx", lambda: b"plain text", "不是 docx"),
        ("a.pdf", lambda: b"plain text", "不是 PDF"),
        ("a.docx", small_pdf, "像是 PDF"),
        ("a.txt", small_docx, "zip"),
        ("a.md", lambda: b"<!DOCTYPE html><html></html>", "HTML"),
        ("a.txt", lambda: b"\x00\x01\x02" * 99, "二进制"),
        ("a.docx", lambda: zipped(readme="x"), "不是 docx"),
        ("a.docx", lambda: zipped(word__document="x"), "损坏"),
        ("a.docx", lambda: zipped(word__a="0" * BOMB_SIZE), "大得不正常"),
        ("a.docx", lambda: small_docx()[:-200], "不完整"),
        ("a.pdf", lambda: small_pdf()[:-200], "不完整"),
        ("a.pdf", lambda: b"%PDF-1.4\n%%EOF", "损坏"),
        ("a.pdf", broken_page_pdf, "损坏的页"),
        ("a.txt", lambda: "café déjà".encode("latin1"), "编码"),
        ("a.txt", lambda: "政府機關應當依法公開資訊，並受理申請。".encode("big5"), "编码"),
        ("a.txt", lambda: (LONG * 3).encode()[:-1], "编码"),
        ("a.txt", lambda: b"x" * (MAX_BYTES + 1), "20 MB"),
        ("a.txt", lambda: TWICE.encode(), "两个第二条"),
        ("a.txt", lambda: TWICE.replace("乙。\n第二条 丙。", "").encode(), "没有正文"),
    ],
)
def test_what_cannot_be_read_is_said(
    write, monkeypatch, name: str, make: Callable[[], bytes], words: str
) -> None:
    monkeypatch.setattr("corpus.readers.formats.converting._PROGRAMS", ())  # as if not installed
    path = write(name, make())
    with pytest.raises(DocumentError, match=words) as caught:
        read_document(path)
    assert_is_one_sentence(caught.value)


def assert_is_one_sentence(error: DocumentError) -> None:
    message = str(error)
    assert isinstance(error, UserError)
    assert re.fullmatch(r"[^。]+，[^。]+。", message), message
    assert "请" in message


def test_missing_folder_and_device(tmp_path: Path) -> None:
    cases = [(tmp_path / "无.txt", "找不到"), (tmp_path, "文件夹"), (Path("/dev/null"), "普通文件")]
    for path, words in [*cases, (tmp_path / "a\0.txt", "读不出来")]:
        with pytest.raises(DocumentError, match=words) as caught:
            read_document(path)
        assert_is_one_sentence(caught.value)


def test_no_permission(write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.txt", "内容")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # the tests may run as root, who is refused nothing
    with pytest.raises(DocumentError, match="权限") as caught:
        read_document(path)
    assert_is_one_sentence(caught.value)


def test_a_statute_is_not_made_of_nothing(write) -> None:
    with pytest.raises(DocumentError, match="第…条"):
        read_document(write("a.txt", "这是全部内容。"), kind=Kind.STATUTE)


def readable(path: Path) -> Document | None:
    """The document, or None where it is refused properly; anything else fails the test."""
    try:
        return read_document(path)
    except DocumentError as error:
        assert_is_one_sentence(error)
        return None


SAMPLES = {
    "docx": small_docx,
    "pdf": small_pdf,
    "html": lambda: to_html([(1, "标题"), (0, LONG)]),
    "md": lambda: STATUTE.encode(),
    "txt": lambda: STATUTE.encode("gbk"),
}


@pytest.mark.parametrize("suffix", SAMPLES)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_damage_never_escapes(write, suffix: str, data: st.DataObject) -> None:
    whole = bytearray(SAMPLES[suffix]())
    for _ in range(data.draw(st.integers(0, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(whole), data.draw(st.integers(0, len(whole)))]))
    readable(write(f"a.{suffix}", bytes(whole[:cut])))


@pytest.mark.parametrize("suffix", ["md", "txt", "html"])
@given(
    text=st.text(
        st.sampled_from(
            "第一二三条章节编之、（）()#*|<>p/-. 　\n\t0123甲。；：《》年月日\x00\ufeff"
        )
    )
)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_is_read_or_refused(write, suffix: str, text: str) -> None:
    path = write(f"a.{suffix}", text)
    document = readable(path)
    assert document == readable(path)
    if document:
        keys = [article.key for article in document.articles]
        assert len(set(keys)) == len(keys)
        assert all(article.text.strip() for article in document.articles)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        ("txt", "甲a" + " " * 300_000 + "b"),
        ("txt", "第一章" + "." * 300_000 + "x"),
        ("txt", "第" + "一" * 300_000 + "届"),
        ("md", "[" * 20_000 + "字"),
        ("html", "<div>" * 20_000 + "字"),
    ],
    ids=["blanks", "dots", "numerals", "brackets", "depth"],
)
def test_hostile_texts_take_no_long_time(write, suffix: str, text: str) -> None:
    assert readable(write(f"a.{suffix}", text))


def test_tables_in_tables_without_end_are_refused(write) -> None:
    with pytest.raises(DocumentError, match="一层套一层") as told:
        read_document(write("a.html", "<table><tr><td>" * 500 + "字"))
    assert_is_one_sentence(told.value)
