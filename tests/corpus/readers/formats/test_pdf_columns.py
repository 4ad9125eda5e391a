"""Pages of two columns are read column by column; what can't be told is warned of."""

import time

import pytest
from reportlab.platypus import FrameBreak, Paragraph, Spacer

from corpus.readers.formats.pdf import read_pdf
from corpus.readers.formats.pdf_columns import Box, read_order
from tests.corpus.readers.formats.printed import (
    TITLE,
    columns,
    paragraphs,
    prose,
    single,
    style,
    table,
)

TEXTS = [prose(seed, 2 + seed % 5) for seed in range(40)]


def read(data: bytes) -> list[str]:
    content = read_pdf(data, "a.pdf")
    assert content.warnings == ()
    return [block.text for block in content.blocks]


def test_a_title_over_two_columns_and_paragraphs_that_are_set_in() -> None:
    head = [Paragraph("二〇二五年生态环境状况公报", TITLE), FrameBreak()]
    data = columns(paragraphs(TEXTS, style()), head, head=40)
    assert read(data) == ["二〇二五年生态环境状况公报", *TEXTS]


def test_paragraphs_that_stand_apart_from_each_other() -> None:
    assert read(columns(paragraphs(TEXTS, style(9, 0, 7)), gutter=18)) == TEXTS


def test_columns_whose_lines_are_not_at_one_height() -> None:
    assert read(columns(paragraphs(TEXTS, style(11)), shift=6.5, gutter=14)) == TEXTS


def test_a_summary_of_the_full_width_above_and_headings_in_the_columns() -> None:
    summary = [prose(seed, 4) for seed in (91, 92, 93)]
    parts = [text for seed in range(12) for text in (f"{seed + 1} 监测结果", TEXTS[seed])]
    heading = style(12, 0, 4)
    heading.spaceBefore = 8
    story = [Paragraph(t, heading if i % 2 == 0 else style()) for i, t in enumerate(parts)]
    data = columns(story, [*paragraphs(summary, style()), FrameBreak()], head=210)
    assert read(data) == [*summary, *parts]


def test_a_statute_in_two_columns_whose_last_page_is_nearly_empty() -> None:
    articles = [
        f"第{number}条　{prose(seed, 2)}" for seed, number in enumerate("一二三四五六七八九十", 60)
    ] + [
        f"第十{number}条　{prose(seed, 6)}" for seed, number in enumerate("一二三四五六七八九", 80)
    ]
    found = read(columns(paragraphs(articles * 2, style(12, 24))))
    assert [text.replace(" ", "　") for text in found] == articles * 2


def test_a_table_without_rules_is_no_columns_and_is_warned_of() -> None:
    rows = [[f"{prose(n, 1)[:9]}", f"{prose(n + 50, 1)[: 10 + n % 7]}"] for n in range(30)]
    data = single([table(rows, (230, 230), ruled=False)])
    content = read_pdf(data, "a.pdf")
    text = "".join(block.text for block in content.blocks)
    assert "".join(" ".join(row) for row in rows) in text
    assert len(content.warnings) == 1
    assert content.warnings[0].startswith("第1页")


@pytest.mark.parametrize("place", ["TOP", "MIDDLE", "BOTTOM"])
def test_cells_of_several_lines_without_rules_are_warned_of(place: str) -> None:
    rows = [[prose(n, 1 + n % 3), prose(n + 50, 1 + (n + 1) % 3)] for n in range(8)]
    placed = ("VALIGN", (0, 0), (-1, -1), place)
    content = read_pdf(single([table(rows, (230, 230), placed, ruled=False)]), "a.pdf")
    assert len(content.warnings) == 1


@pytest.mark.parametrize("indent", [0, 21])
def test_one_column_is_not_doubted(indent: float) -> None:
    how = style(10.5, indent, 0 if indent else 8)
    assert read(single(paragraphs(TEXTS, how))) == TEXTS


def test_a_ruled_table_in_a_column_stays_in_its_place() -> None:
    rows = [["项目", "限值"], ["颗粒物", "10"], ["二氧化硫", "35"]]
    story = [*paragraphs(TEXTS[:3], style()), table(rows, (110, 110)), Spacer(1, 6)]
    story += paragraphs(TEXTS[3:30], style())
    content = read_pdf(columns(story), "a.pdf")
    texts = [block.text for block in content.blocks if not block.is_table]
    tables = [i for i, block in enumerate(content.blocks) if block.is_table]
    assert tables
    assert tables[0] == 3
    assert [text for text in texts if text.startswith("事项")] == TEXTS[:30]


def test_a_wide_page_takes_no_longer_for_its_width():
    """A letter that stands far out makes a page wide; each point of it was measured anew."""
    boxes = [
        Box(x % 9_000, x % 9_000 + 6, x // 60 * 12, x // 60 * 12 + 10, x) for x in range(1_500)
    ]
    boxes.append(Box(9_000, 9_006, 0, 10, 1_500))
    started = time.process_time()
    read_order(boxes)
    assert time.process_time() - started < 1
