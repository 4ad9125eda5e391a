"""A title is known however it is written, and another title stays another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from corpus.language import title_form, title_forms
from corpus.statutes import package_titles
from tests.records import patient

ONE = title_form("中华人民共和国湿地保护法")


@pytest.mark.parametrize(
    "written",
    [
        "《湿地保护法》",
        "〈中华人民共和国湿地保护法〉",
        "「濕地保護法」",
        "中華人民共和國溼地保護法",
        "中华人民共和国　湿地 保护法",
        "中华\u200b人民\ufeff共和\u2062国湿\u00ad地保护法",
        "湿地\ufe00保护法\u3164",
        "中华人民共和国中华人民共和国湿地保护法",
        "湿\x00地\x07保护法",
        "湿地保护法！",
        "\u202e湿地保护法\u202c",
    ],
)
def test_writing_makes_no_other_title(written: str) -> None:
    assert title_form(written) == ONE


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("⻓江保护法", "长江保护法"),
        ("⻩河保护法", "黄河保护法"),
        ("⽔⼟保持法", "水土保持法"),
        ("⻨子法", "麦子法"),
        ("汚染防治法", "污染防治法"),
        ("突發公共衞生事件應對法", "突发公共卫生事件应对法"),
        ("ＡＢ法", "ab法"),
    ],
)
def test_radicals_and_variants_are_folded(written: str, title: str) -> None:
    assert title_form(written) == title_form(title)


@pytest.mark.parametrize(
    "behind",
    [
        "（2026年修订）", "(2021修正)", "〔试行〕", "【最新版】", "（修订草案）",
        "（2020年版）（试行）", "2019年修正本", "（２０１８年１０月２６日修正）",
        "（第三次修正）", "（现行有效）", "(全文)",
    ],
)  # fmt: skip
def test_what_tells_a_version_is_set_aside(behind: str) -> None:
    assert ONE in title_forms(f"中华人民共和国湿地保护法{behind}")


@pytest.mark.parametrize(
    "other",
    ["湿地保护法实施细则", "湿地保护法（释义）", "某市湿地保护条例", "草原法", "湿地保护办法", ""],
)
def test_another_title_is_another(other: str) -> None:
    assert ONE not in title_forms(other)


@pytest.mark.parametrize("way", ["s2t", "s2tw", "s2hk"])
def test_every_statute_is_known_in_traditional_characters(way: str) -> None:
    converted = OpenCC(way)
    for title in package_titles():
        assert title_form(converted.convert(title)) == title_form(title)


def test_no_two_statutes_have_one_form() -> None:
    titles = package_titles()
    assert len(set(map(title_form, titles))) == len(titles)


@patient
@given(st.text(max_size=30))
def test_a_form_is_one_of_its_own(title: str) -> None:
    form = title_form(title)
    assert title_form(f"《 {title}\u200b》") == form
    assert form == "" or form in title_forms(title)
