"""One form of writing: width, traditional characters, control characters, stray spaces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.text import fold, simplify, strip_control, strip_stray_spaces

#: What questions and statutes are made of, in both forms of writing and both widths.
WIDE = "第一百零三条款項法律環境环污染汙廢廠门門（）《》。，；％"
WRITTEN = st.text(st.sampled_from(f"{WIDE} \u3000ＡaＢ１2()%"))


@pytest.mark.parametrize(
    ("written", "simple"),
    [
        ("環境保護", "环境保护"),
        ("固體廢物汙染", "固体废物污染"),
        ("第三條第二項", "第三条第二项"),
        ("排汙許可證", "排污许可证"),
        ("已经简化", "已经简化"),
        ("", ""),
    ],
)
def test_traditional_characters_become_simplified(written: str, simple: str) -> None:
    assert simplify(written) == simple


def test_simplifying_leaves_everything_else() -> None:
    assert simplify("ＰＭ2.5 ≤ 75 μg/m³　“Ａ”") == "ＰＭ2.5 ≤ 75 μg/m³　“Ａ”"


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ＡＢＣ", "abc"),
        ("第１７６條", "第176条"),
        ("（二）", "(二)"),
        ("！？，：；", "!?,:;"),
        ("《環境保護法》", "《环境保护法》"),
        ("COD", "cod"),
        ("m³", "m3"),
        ("①", "1"),
        ("ﬁ", "fi"),
        ("一\u3000二", "一 二"),
        ("。、", "。、"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(WRITTEN)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(WRITTEN)
def test_these_characters_keep_their_places_when_folded(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("upper", ["VOCs", "vocs", "ＶＯＣｓ", "VOCS"])
def test_all_widths_and_cases_compare_alike(upper: str) -> None:
    assert fold(upper) == "vocs"


@pytest.mark.parametrize(
    "invisible",
    [
        "\x00",
        "\x07",
        "\x08",
        "\x0b",
        "\x0c",
        "\x1b",
        "\x7f",
        "\u200b",
        "\u200d",
        "\u200e",
        "\u200f",
        "\u202a",
        "\u202e",
        "\u2060",
        "\ufeff",
    ],
)
def test_what_is_not_seen_is_removed(invisible: str) -> None:
    assert strip_control(f"第{invisible}三条") == "第三条"


@pytest.mark.parametrize("kept", ["\n", "\t", " ", "\u3000", "\u00a0", "“", "·", "𠮷"])
def test_what_is_seen_or_parts_lines_stays(kept: str) -> None:
    assert strip_control(f"甲{kept}乙") == f"甲{kept}乙"


def test_windows_line_ends_become_plain_ones() -> None:
    assert strip_control("第一条\r\n第二条") == "第一条\n第二条"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("总　则", "总则"),
        ("第 176 条", "第176条"),
        ("2020 年 5 月", "2020年5月"),
        ("甲。 乙", "甲。乙"),
        ("（ 二 ）", "（二）"),
        ("“ 减污 ”", "“减污”"),
        ("达到 50 ％", "达到50％"),
        ("甲\u00a0乙\u2009丙", "甲乙丙"),
        ("甲   乙", "甲乙"),
        ("PM 与 VOCs", "PM与VOCs"),
        (" 甲 ", "甲"),
    ],
)
def test_no_space_beside_a_chinese_character(written: str, clean: str) -> None:
    assert strip_stray_spaces(written) == clean


@pytest.mark.parametrize("text", ["GB 3095 2012", "a b", "1 000", "甲\n乙", "甲\t乙", " a "])
def test_other_spaces_stay(text: str) -> None:
    assert strip_stray_spaces(text) == text


@given(WRITTEN)
def test_stripping_takes_spaces_only(text: str) -> None:
    clean = strip_stray_spaces(text)
    assert [c for c in clean if not c.isspace()] == [c for c in text if not c.isspace()]


@given(WRITTEN)
def test_no_space_is_left_beside_a_chinese_character(text: str) -> None:
    pairs = pairwise(strip_stray_spaces(f"条 {text} 款"))
    assert not any({a, b} & set(WIDE) and f"{a}{b}" != f"{a}{b}".strip() for a, b in pairs)
