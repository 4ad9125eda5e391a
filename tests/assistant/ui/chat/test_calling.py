"""Numbers to call, and numbers that are not."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.chat.calling import call_link, link_calls, link_calls_apart
from corpus.collection import Hotline
from tests.assistant.ui.markup import Markup
from tests.records import patient

LINES = (Hotline("12345", "政务热线"), Hotline("12369", "举报热线"), Hotline("0000-12345", "某市"))


def called(text: str) -> list[str]:
    return [a.attributes["href"] for a in Markup(link_calls(text, LINES)).named("a")]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("也可以拨打12345（政务热线）、12369（举报热线）。", ["12345", "12369"]),
        ("请拨12345热线反映", ["12345"]),
        ("打 12369。", ["12369"]),
        ("电话：0536-8091234，手机13812345678。", ["0536-8091234", "13812345678"]),
        ("拨打（0536）8091234", ["05368091234"]),
        ("拨打0000-12345", ["0000-12345"]),
        ("客服400-810-1234或4008101234", ["400-810-1234", "4008101234"]),
        ("联系 138 1234 5678", ["13812345678"]),
    ],
)
def test_a_number_to_call_is_a_link(text: str, numbers: list[str]) -> None:
    assert called(text) == [f"tel:{number}" for number in numbers]


@pytest.mark.parametrize(
    "text",
    [
        "处12345元罚款",
        "产生12345吨",
        "第12345号公告",
        "环办〔2020〕12369号",
        "GB 12345—2008",
        "GB12369",
        "HJ/T 12369",
        "12345.6万元",
        "0.12345",
        "12,12345",
        "12345%",
        "12345-12369",
        "112345",
        "2026年8月15日",
        "第一千一百零二条第12369条",
        "身份证号370702199001011234",
        "统一社会信用代码913707001381234567",
        "编号：x13812345678",
        "13812345678元",
        "面积010-123456789",
    ],
)
def test_any_other_number_is_none(text: str) -> None:
    assert called(text) == []


def test_only_hotlines_that_are_known_are_so_short() -> None:
    assert called("拨打12315。") == []
    assert link_calls("拨打12345。") == "拨打12345。"


def test_the_end_of_a_sentence_is_not_torn_from_its_number() -> None:
    assert link_calls_apart("拨打12345", LINES) == ("拨打", '<a href="tel:12345">12345</a>')
    assert link_calls_apart("拨打12345。", LINES)[1] == "。"
    assert link_calls_apart("", LINES) == ("", "")


def test_a_number_cannot_leave_its_link() -> None:
    assert call_link('1"><b>') == '<a href="tel:1">1&quot;&gt;&lt;b&gt;</a>'


@patient
@given(st.text("<>&\"'0123456789-（）() 拨打元号、。第", max_size=40))
def test_the_words_stay_as_they_are(text: str) -> None:
    assert Markup(link_calls(text, LINES)).text == text
    assert "".join(Markup(piece).text for piece in link_calls_apart(text, LINES)) == text
    assert unescape(link_calls(text)).count("<a ") >= 0
