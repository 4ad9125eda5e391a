"""The measures of the policy text, against a table made by reading the whole of it."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.collection import Kind
from corpus.collections.measures import find_measures
from corpus.splitting import spans
from corpus.types import Article, Document
from tests.support import load_policy

TABLE = Path(__file__).parent / "golden" / "measures.csv"

#: What a reader finds in the text besides its measures: frames, and what is told.
NO_MEASURE = [
    "行动是最有力的宣言",
    "落实是最有效的担当",
    "全市工作动员大会吹响了“奋力进阶跃升”新号角",
    "市生态环境局党组书记、局长邹晓东告诉记者",
    "全市生态环境系统认真学习贯彻大会精神",
    "聚焦“六个奋力进阶跃升”部署要求",
    "扛牢责任抓落实",
    "以美丽潍坊建设为统领",
    "以“守底线、提质量、促发展”为主线",
    "奋力在冲击万亿城、打造区域副中心城市新征程上彰显生态担当、贡献环保力量",
    "聚焦“降碳”",
    "在加快绿色转型上精准发力",
    "聚焦“减污”",
    "在改善环境质量上精准发力",
    "围绕“保蓝天”",
    "围绕“护碧水”",
    "围绕“守净土”",
    "聚焦“扩绿”",
    "在构筑生态屏障上精准发力",
    "聚焦“增长”",
    "在服务经济发展上精准发力",
]


def policy_of(text: str) -> Document:
    article = Article("policy:甲", "甲", (), text)
    return Document("部署", Kind.POLICY, "", None, None, "", (article,))


def test_the_measures_are_those_of_the_table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        wanted = [tuple(row.values()) for row in csv.DictReader(file)]
    found = [(m.theme, m.verb, m.object, m.figure, m.unit) for m in find_measures(load_policy())]
    assert found == wanted


def test_every_clause_is_a_measure_or_known_to_be_none():
    measures = find_measures(load_policy())
    places = {(m.key, m.start): m.end for m in measures}
    rest = []
    for article in load_policy().articles:
        for clause in re.finditer("[^，。；]+", article.text):
            if places.get((article.key, clause.start())) != clause.end():
                rest.append(clause[0])
    assert rest == NO_MEASURE


def test_every_figure_of_the_text_is_on_the_board():
    text = "".join(article.text for article in load_policy().articles)
    figures = [m.figure for m in find_measures(load_policy()) if m.figure]
    assert figures == re.findall("[0-9]+", text) == ["36", "126", "100", "34"]


def check_slices(document: Document) -> None:
    for m in find_measures(document):
        (article,) = (a for a in document.articles if a.key == m.key)
        assert article.text[m.start : m.end] == m.clause
        for part in (m.verb, m.object, m.figure, m.unit, m.figure + m.unit):
            assert part in m.clause
        assert m.object
        assert m.clause in m.sentence
        (span,) = (s for s in spans(article, document.collection) if s.locator == m.locator)
        assert article.text[span.start : span.end] == m.sentence
        assert span.start <= m.start < m.end <= span.end


def test_every_field_stands_in_the_text():
    check_slices(load_policy())


PIECES = st.sampled_from(
    [
        "完成",
        "推进",
        "扎实",
        "将",
        "转化为",
        "达到",
        "任务",
        "是",
        "12.5",
        "126",
        "项",
        *"%，。；“”甲\n！",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_every_field_stands_in_any_text(text: str):
    check_slices(policy_of(text))


@pytest.mark.parametrize(
    ("clause", "verb", "what", "figure"),
    [
        ("完成任务12.5万", "完成", "任务", "12.5万"),
        ("完成12.5万", "完成", "12.5万", "12.5万"),
        ("扎实推进甲", "推进", "甲", ""),
        ("将甲转化为乙", "转化为", "甲", ""),
        ("率达到90%", "达到", "率", "90%"),
    ],
)
def test_the_forms_of_a_measure(clause: str, verb: str, what: str, figure: str):
    (m,) = find_measures(policy_of(f"聚焦“甲”，{clause}。"))
    assert (m.verb, m.object, m.figure + m.unit) == (verb, what, figure)


def test_themes_and_other_kinds():
    measures = find_measures(load_policy())
    assert Counter(m.theme for m in measures) == {
        "总述": 1, "降碳": 12, "减污": 12, "扩绿": 14, "增长": 10
    }  # fmt: skip
    document = policy_of("完成甲。")
    assert not find_measures(Document("法", Kind.STATUTE, "", None, None, "", document.articles))
