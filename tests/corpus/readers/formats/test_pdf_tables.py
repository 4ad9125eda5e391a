"""Ruled tables of a PDF file, their captions, and tables that go on overleaf."""

from pathlib import Path

from reportlab.platypus import PageBreak, Spacer

from corpus.readers.document import read_document
from corpus.readers.formats import settle
from corpus.readers.formats.pdf import read_pdf
from tests.corpus.readers.formats.printed import paragraphs, prose, single, style, table

BODY = style()
LIMITS = [
    ["污染物", "限值", "监控位置"],
    ["颗粒物", "20", "烟囱或烟道"],
    ["二氧化硫", "50", "烟囱或烟道"],
    ["氮氧化物", "150", "烟囱或烟道"],
]


def lines_of(data: bytes) -> list[str]:
    content = read_pdf(data, "a.pdf")
    assert content.warnings == ()
    return [line for block in settle(content.blocks) for line in block.clean.split("\n")]


def test_a_table_under_its_caption_is_kept_as_facts() -> None:
    story = [
        *paragraphs([prose(1)], BODY),
        *paragraphs(["表1 锅炉大气污染物排放限值", "单位：mg/m3"], style(10.5, 0)),
        table(LIMITS, (120, 80, 120)),
        *paragraphs([prose(2)], BODY),
    ]
    lines = lines_of(single(story))
    assert lines.count(prose(1)) == lines.count(prose(2)) == 1
    (fact,) = [line for line in lines if "二氧化硫" in line]
    assert "锅炉大气污染物排放限值" in fact
    assert "50" in fact
    assert "mg/m3" in fact
    assert "限值" in fact
    assert not any(line == "颗粒物 20 烟囱或烟道" for line in lines)


def test_a_merged_cell_stands_in_every_row_that_it_covers() -> None:
    rows = [["区域", "指标", "2025年"], ["城区", "优良天数", "290天"], ["", "细颗粒物", "31"],
            ["郊区", "优良天数", "301天"], ["", "细颗粒物", "28"]]  # fmt: skip
    merged = [("SPAN", (0, 1), (0, 2)), ("SPAN", (0, 3), (0, 4))]
    lines = lines_of(
        single([*paragraphs(["表2 空气质量"], BODY), table(rows, (90, 90, 90), *merged)])
    )
    (fact,) = [line for line in lines if "28" in line]
    assert "郊区" in fact
    assert "细颗粒物" in fact
    assert "2025年" in fact


def test_a_table_that_goes_on_overleaf_is_one_table() -> None:
    rows = [["序号", "单位名称", "许可证号"]]
    rows += [[str(n), f"第{n}化工厂", f"PX{n:04}"] for n in range(1, 91)]
    story = [*paragraphs([prose(1), "表3 重点排污单位"], BODY), table(rows, (60, 200, 120), head=1)]
    content = read_pdf(single([*story, *paragraphs([prose(2)], BODY)]), "a.pdf")
    tables = [block for block in content.blocks if block.is_table]
    assert len(tables) == 1
    assert tables[0].page == 1
    assert tables[0].table is not None
    assert len(tables[0].table.rows) == 91
    lines = [line for block in settle(content.blocks) for line in block.clean.split("\n")]
    for n in (1, 45, 90):
        (fact,) = [line for line in lines if f"PX{n:04}" in line]
        assert f"第{n}化工厂" in fact
        assert "重点排污单位" in fact


def test_two_tables_on_two_pages_stay_two() -> None:
    story = [table(LIMITS, (120, 80, 120)), PageBreak(), *paragraphs([prose(3)], BODY)]
    story += [table(LIMITS, (120, 80, 120))]
    content = read_pdf(single(story), "a.pdf")
    assert [block.page for block in content.blocks if block.is_table] == [1, 2]


def test_a_frame_around_a_text_is_no_table() -> None:
    story = [table([[prose(4)], [prose(5)]], (400,)), Spacer(1, 9), *paragraphs([prose(6)], BODY)]
    content = read_pdf(single(story), "a.pdf")
    assert not any(block.is_table for block in content.blocks)
    text = "".join(block.text for block in content.blocks)
    assert all(prose(n) in text for n in (4, 5, 6))


def test_articles_know_their_page(tmp_path: Path) -> None:
    articles = [f"第{n}条　{prose(7 + i, 3)}" for i, n in enumerate("一二三四")]
    story = [*paragraphs(articles[:2], BODY), PageBreak(), *paragraphs(articles[2:], BODY)]
    path = tmp_path / "某办法.pdf"
    path.write_bytes(single(story))
    document = read_document(path)
    assert [article.page for article in document.articles] == [1, 1, 2, 2]
    path.write_bytes(
        single([*paragraphs([prose(1)], BODY), PageBreak(), table(LIMITS, (99, 99, 99))])
    )
    assert [article.page for article in read_document(path).articles] == [1, 2]
