"""What stands around a table names it: above, below, with a unit, with notes."""

import pytest

from corpus.readers.formats.blocks import Block
from corpus.readers.formats.tables import Table, blocks_of, settle

ROWS = (("指标", "2024年", "2025年"), ("颗粒物", "12", "11"))
OTHER = (("指标", "2024年", "2025年"), ("臭氧", "160", "158"))
VALUES = "颗粒物：2024年 12；2025年 11"


def settled(*parts: str | Block | tuple[tuple[str, ...], ...]) -> list[str]:
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, tuple):
            blocks += blocks_of(Table(part))
        else:
            blocks.append(Block(part) if isinstance(part, str) else part)
    return [line for block in settle(blocks) for line in block.clean.split("\n")]


@pytest.mark.parametrize(
    ("above", "context", "left"),
    [
        (["表 3-1 排放量"], "表3-1 排放量", []),
        (["表3 排放量　　单位：万吨"], "表3 排放量（单位：万吨）", []),
        (["表3 排放量（单位：万吨）"], "表3 排放量（单位：万吨）", []),
        (["表3 排放量", "单位：mg/m3"], "表3 排放量（单位：mg/m3）", []),
        (["表3 排放量", "（计量单位：dB(A)）"], "表3 排放量（单位：dB(A)）", []),
        (["附表1 排放量"], "附表1 排放量", ["附表1排放量"]),
        (["各区县排放量"], "各区县排放量", ["各区县排放量"]),
        (["主要指标如下："], "表", ["主要指标如下："]),
        (["第三条 排放的限值"], "表", ["第三条排放的限值"]),
        (["建设单位：某公司"], "建设单位：某公司", ["建设单位：某公司"]),
    ],
)
def test_what_stands_above(above: list[str], context: str, left: list[str]) -> None:
    assert settled("前文。", *above, ROWS, "后文。") == [
        "前文。", *left, f"{context}　{VALUES}", "后文。"
    ]  # fmt: skip


def test_a_heading_names_a_table_and_stays() -> None:
    lines = settled("题目", Block("空气质量", 2), "情况如下表。", ROWS)
    assert lines == ["题目", "空气质量", "情况如下表。", f"空气质量　{VALUES}"]


def test_the_first_line_of_a_file_stays() -> None:
    assert settled("表1 排放量", ROWS) == ["表1排放量", f"表1 排放量　{VALUES}"]


def test_captions_below_their_tables() -> None:
    lines = settled("前文。", ROWS, "表1 排放量", "中间。", OTHER, "表2 臭氧", "后文。")
    assert lines == [
        "前文。",
        f"表1 排放量　{VALUES}",
        "中间。",
        "表2 臭氧　臭氧：2024年 160；2025年 158",
        "后文。",
    ]


def test_captions_above_two_tables_in_sequence() -> None:
    lines = settled("前文。", "表1 排放量", ROWS, "表2 臭氧", OTHER)
    assert lines[1:] == [f"表1 排放量　{VALUES}", "表2 臭氧　臭氧：2024年 160；2025年 158"]


def test_notes_below_are_lines_of_the_table() -> None:
    lines = settled(
        "前文。", "表1 排放量", ROWS, "注：2025年为初步数。", "数据来源：某站", "后文。"
    )
    assert lines[1:] == [
        f"表1 排放量　{VALUES}", "注：2025年为初步数。", "数据来源：某站", "后文。"
    ]  # fmt: skip


def test_a_title_in_the_table_goes_before_a_short_line_above_it() -> None:
    titled = (("某市排放量", "某市排放量", "某市排放量"), *ROWS)
    assert settled("前文。", "附件内容", titled)[-1] == f"某市排放量　{VALUES}"


def test_layout_stays_text() -> None:
    assert settled((("甲文。",), ("乙文。\n丙文。",))) == ["甲文。", "乙文。", "丙文。"]
