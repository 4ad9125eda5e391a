"""Bytes of any encoding become text, or are refused; lines become paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.readers.formats.plain import decode, read_text, text_blocks

LAW = "第一条　为了保护和改善环境，防治污染，保障公众健康，制定本法。\n第二条 本法适用于领域。"


@pytest.mark.parametrize(
    "data",
    [
        LAW.encode(),
        LAW.encode("utf-8-sig"),
        LAW.encode("utf-16"),
        b"\xff\xfe" + LAW.encode("utf-16-le"),
        b"\xfe\xff" + LAW.encode("utf-16-be"),
        LAW.encode("gb2312"),
        LAW.encode("gbk"),
        LAW.encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 marked", "utf-16", "little", "big", "gb2312", "gbk", "gb18030"],
)
def test_every_encoding_gives_the_same_text(data: bytes) -> None:
    assert decode(data, "a.txt") == LAW


@pytest.mark.parametrize(
    "text", ["", "plain ascii", "café", "日本語の文", "𠮷", "政府機關公開資訊"]
)
def test_utf_8_takes_any_language(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize("text", ["政府機關應當依法公開環境資訊。", "镕基先生的名字用在这里。"])
def test_gbk_takes_traditional_and_rarer_characters(text: str) -> None:
    assert decode(text.encode("gbk"), "a.txt") == text


def test_gb_18030_takes_four_bytes() -> None:
    text = f"{LAW}地名用字：𬇙水。"
    assert decode(text.encode("gb18030"), "a.txt") == text


@pytest.mark.parametrize(
    "data",
    [
        "Müller café déjà vu".encode("latin1"),
        "環境保護主管機關應當依法公開資訊。".encode("big5"),
        "環境を守るための法律です。".encode("shift_jis"),
        "Закон об охране среды".encode("koi8-r"),
        LAW.encode()[:-1],
        b"\xef\xbb\xbf\xff\xfe",
        b"\xff\xfe\x00\xd8",
        b"\xff\xfea",
        LAW.encode("gbk") + b"\x01",
        b"\x80\x81\xff",
    ],
    ids=["latin", "big5", "sjis", "koi8", "cut", "mark only", "half", "odd", "ctrl", "x"],
)
def test_other_encodings_are_refused_by_the_files_name(data: bytes) -> None:
    with pytest.raises(DocumentError, match="「名」的文字编码"):
        decode(data, "名")


#: Two bytes of a common character of GB 2312.
COMMON = st.tuples(st.integers(0xB0, 0xD6), st.integers(0xA1, 0xFE)).map(bytes)


@given(st.lists(COMMON))
def test_any_common_characters_are_plausible(characters: list[bytes]) -> None:
    data = b"".join(characters) + LAW.encode("gbk")
    assert decode(data, "a.txt") == data.decode("gbk")


@given(st.text(st.sampled_from("a1 甲。條𠮷é\x00\x07\u200b\ue000\n\r")))
def test_utf_8_keeps_every_character(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text
    assert decode(text.encode("utf-8-sig"), "a.txt") == text


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("甲。\n乙。", ["甲。", "乙。"]),
        ("甲。\r\n\r\n乙。\r\n", ["甲。", "乙。"]),
        ("　　甲。\n　　乙。", ["甲。", "乙。"]),
        ("甲\u200b\n\u200b\n乙", ["甲", "乙"]),
        ("第三条 甲", ["第三条 甲"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_short_lines_are_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [block.text for block in text_blocks(text)] == paragraphs


def test_a_blank_line_parts_what_would_be_joined() -> None:
    full = "\n".join(["甲" * 30] * 3)
    assert [block.text for block in text_blocks(f"{full}\n乙。")] == ["甲" * 90 + "乙。"]
    assert [block.text for block in text_blocks(f"{full}\n\n乙。")] == ["甲" * 90, "乙。"]


def test_a_text_has_no_headings_no_tables_and_no_title() -> None:
    content = read_text("# 甲\n| 乙 |".encode(), "a.txt")
    assert content.title == ""
    assert [(b.text, b.level, b.is_table) for b in content.blocks] == [
        ("# 甲", 0, False),
        ("| 乙 |", 0, False),
    ]
