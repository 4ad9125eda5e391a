"""Nothing personal is left of a question, and what it needs stays.

``planted_first.jsonl`` is what the rules were written with. ``planted.jsonl`` was written before
them and read when they stood: 17 of 271 were left (14 of 106 names); what was learnt from it went
into the rules. ``planted_last.jsonl`` was written after that: on its first reading 10 of 95 were
left, 9 of them names with little around that tells of a name; one more sign of names came of it.

``second_hand.jsonl`` and ``clean.txt`` are by somebody who had read neither the rules nor the other
sets: on their first reading 51 of 201 were left, and 13 of 156 clean questions were touched.
``second_hand_after.jsonl`` and ``clean_after.txt`` were written when that was mended, the clean
ones of words that begin like names: on their first reading 4 of 61 were left, 6 of 40 touched;
nothing was mended after them.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import redact
from corpus.language import fold
from tests.records import patient

HERE = Path(__file__).parent
#: So many characters of a number in a row tell it.
TELLING = 5
#: Persons whom some questions do name.
NAMED = ("晓东", "小东", "晓冬", "邹局长", "老王")
#: Every question may name it.
HOTLINE = "12345"


def read(name: str) -> list[dict[str, Any]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text))


def is_left(kind: str, personal: str, told: str) -> bool:
    """Whether it stands in what is told, or enough of it to know it."""
    found, wanted = plain(told), plain(personal)
    if wanted in found:
        return True
    if kind in ("姓名", "地址"):
        return False
    parts = (wanted[i : i + TELLING] for i in range(len(wanted) - TELLING + 1))
    return any(part in found.replace(HOTLINE, "") for part in parts)


def left_in(name: str) -> list[tuple[str, str]]:
    return [
        (kind, personal)
        for row in read(name)
        for kind, personal in row["personal"]
        if is_left(kind, personal, redact(row["text"]))
    ]


def test_the_sets_are_as_large_as_they_have_to_be():
    rows = read("planted.jsonl")
    kinds = Counter(kind for row in rows for kind, _ in row["personal"])
    assert len(rows) >= 120
    assert kinds.total() >= 200
    assert len(kinds) >= 10


@pytest.mark.parametrize("name", ["planted.jsonl", "planted_first.jsonl"])
def test_nothing_that_was_planted_is_left(name: str):
    assert left_in(name) == []


def test_of_the_set_that_came_last_only_a_few_names_are_left():
    left = left_in("planted_last.jsonl")
    assert {kind for kind, _ in left} <= {"姓名"}
    assert len(left) <= 4


@pytest.mark.parametrize(
    ("name", "most"), [("second_hand.jsonl", 8), ("second_hand_after.jsonl", 6)]
)
def test_of_what_a_second_hand_planted_a_few_names_are_left(name: str, most: int):
    left = [
        (planted, told)
        for row in read(name)
        for told in [redact(row["text"])]
        for planted in row["planted"]
        if plain(planted) in plain(told)
    ]
    assert len(left) <= most
    assert not any(character.isdigit() for planted, _ in left for character in planted)


@pytest.mark.parametrize(("name", "most"), [("clean.txt", 8), ("clean_after.txt", 6)])
def test_questions_with_nothing_personal_are_hardly_touched(name: str, most: int):
    asked = (HERE / name).read_text("utf-8").splitlines()
    assert sum(redact(text) != text for text in asked) <= most


@pytest.mark.parametrize("name", ["planted.jsonl", "planted_first.jsonl", "planted_last.jsonl"])
def test_what_the_question_needs_stays(name: str):
    lost = [
        (row["text"], kept)
        for row in read(name)
        for kept in row["keep"]
        if plain(kept) not in plain(redact(row["text"]))
    ]
    assert lost == []


@pytest.mark.parametrize(
    "text",
    [
        "《固体废物污染环境防治法》第一百零二条罚多少",
        "生态环境法典第1190条第二款怎么理解",
        "GB 12348-2008 二类区夜间 50 分贝，我家测到 55.5 分贝",
        "GB/T 14848—2017、HJ 1250-2022、HJ 75—2017 和 DB37/2376-2019 哪个管",
        "HJ 964—2018",
        "林业主管部门和核工业主管部门",
        "当事人向人民法院起诉，生产经营者向依法设立的场所排放",
        "打 12345、12369 还是 110",
        "2026年8月15日之前建的，罚款 2000000 元，二〇二六年才通知",
        "2026-08-15 12:30 停工的，投资 123456789 元",
        "国办发〔2016〕88号和环办执法〔2021〕70号说的是什么",
        "潍坊市奎文区、寿光市和高密市的养殖场归谁管",
        "张某某诉生态环境局一案怎么判的",
        "我们小区楼下的烧烤店、隔壁化工厂、村里的养殖场",
        "高速公路、国道和铁路边上的噪声",
        "农村、城中村和老旧小区",
        "居民小区的广场舞几点前停",
        "任何单位和个人都有权举报吗，老板和经理谁担责",
        "安全距离、水泥厂、金属加工、石料厂、黄河流域",
        "",
        "   ",
    ],
)
def test_what_is_not_personal_stays_as_it_was(text: str):
    assert redact(text) == text


def test_questions_that_people_ask_are_hardly_touched(repository: Path):
    lines = (repository / "eval" / "data" / "questions.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    touched = [text for text in asked if redact(text) != text]
    wrongly = [text for text in touched if not any(name in text for name in NAMED)]
    assert len(wrongly) <= len(asked) / 200
    assert len(touched) <= len(asked) / 100


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我叫王建华，电话13800001111", "我叫〔姓名〕，电话〔电话〕"),
        ("ＱＱ：１２３４５６７８９", "ＱＱ：〔账号〕"),
        ("住 幸福小区3号楼2单元501", "住 〔地址〕"),
        ("电\u200b话138\u200b00001111", "电话〔电话〕"),
        ("举報人：陳國強，手機13800001111", "举報人：〔姓名〕，手機〔电话〕"),
    ],
)
def test_a_mark_of_the_kind_stands_in_its_place(text: str, told: str):
    assert redact(text) == told


@patient
@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str):
    assert isinstance(redact(text), str)


@patient
@given(st.text(alphabet="关于噪声的问题，。 ab", max_size=30), st.integers(0, 10**8 - 1))
def test_a_mobile_number_is_found_wherever_it_stands(around: str, number: int):
    told = redact(f"{around}，139{number:08d}，{around}")
    assert f"139{number:08d}" not in told
    assert "〔电话〕" in told


@pytest.mark.parametrize("name", ["planted.jsonl", "planted_first.jsonl"])
def test_what_was_taken_out_once_needs_no_second_time(name: str):
    once = [redact(row["text"]) for row in read(name)]
    left = [text for text in once if len(redact(text)) < len(text) - 8]
    assert left == []
