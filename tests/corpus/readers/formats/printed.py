"""PDF files that the tests make: paragraphs in one or two columns, and ruled tables."""

import io
import random
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Table,
    TableStyle,
)

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4
MARGIN = 60.0
_SUBJECTS = ("排污单位", "生态环境主管部门", "建设单位", "县级人民政府", "监测机构", "社会公众")
_ACTS = (
    "应当依法公开有关信息",
    "可以委托第三方开展治理",
    "负责监督管理本区域的工作",
    "定期对设备进行检查和维护",
    "不得擅自拆除或者闲置设施",
    "按照国家规定保存原始记录",
)


def prose(seed: int, sentences: int = 3) -> str:
    """A paragraph that no other seed gives."""
    pick = random.Random(seed)
    said = [f"{pick.choice(_SUBJECTS)}{pick.choice(_ACTS)}" for _ in range(2 * sentences)]
    parts = zip(said[::2], said[1::2], strict=True)
    return f"事项{seed}：" + "".join(f"{first}，{second}。" for first, second in parts)


def style(size: float = 10.5, indent: float = 21, gap: float = 0) -> ParagraphStyle:
    """How a paragraph is set."""
    return ParagraphStyle(
        "body", fontName=FONT, fontSize=size, leading=1.6 * size, wordWrap="CJK",
        firstLineIndent=indent, spaceAfter=gap,
    )  # fmt: skip


TITLE = ParagraphStyle("title", parent=style(16, 0), alignment=1)


def paragraphs(texts: Sequence[str], how: ParagraphStyle) -> list[Flowable]:
    """Texts, set."""
    return [Paragraph(text, how) for text in texts]


def _footer(canvas: Canvas, template: BaseDocTemplate) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawString(MARGIN, HEIGHT - 35, "环境公报汇编")
    canvas.drawCentredString(WIDTH / 2, 25, f"— {template.page} —")


def columns(
    story: Sequence[Flowable],
    above: Sequence[Flowable] = (),
    *,
    gutter: float = 24,
    head: float = 0,
    shift: float = 0,
) -> bytes:
    """Two columns on each page, ``shift`` points apart in height; on the first page the flowables
    ``above`` stand over them in a full-width frame ``head`` points high."""
    width = (WIDTH - 2 * MARGIN - gutter) / 2
    full = HEIGHT - 2 * MARGIN

    def sides(height: float) -> list[Frame]:
        lefts = (MARGIN, MARGIN + width + gutter)
        return [
            Frame(x, MARGIN, width, height - drop, 0, 0, 0, 0)
            for x, drop in zip(lefts, (0.0, shift), strict=True)
        ]

    top = Frame(MARGIN, HEIGHT - MARGIN - head, WIDTH - 2 * MARGIN, head, 0, 0, 0, 0)
    first = [top, *sides(full - head)] if head else sides(full)
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4)
    document.addPageTemplates(
        [
            PageTemplate("first", first, onPage=_footer),
            PageTemplate("later", sides(full), onPage=_footer),
        ]
    )
    document.build([NextPageTemplate("later"), *above, *story])
    return buffer.getvalue()


def single(story: Sequence[Flowable]) -> bytes:
    """Pages of one column."""
    frame = Frame(MARGIN, MARGIN, WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN, 0, 0, 0, 0)
    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4)
    document.addPageTemplates([PageTemplate("only", [frame], onPage=_footer)])
    document.build(list(story))
    return buffer.getvalue()


def table(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *commands: tuple[object, ...],
    ruled: bool = True,
    head: int = 0,
) -> Table:
    """A table; its first ``head`` rows are repeated on each page."""
    cell = style(10, 0)
    cells = [[Paragraph(text, cell) if text else "" for text in row] for row in rows]
    grid = [("GRID", (0, 0), (-1, -1), 0.5, "black")] if ruled else []
    return Table(cells, list(widths), style=TableStyle([*grid, *commands]), repeatRows=head)
