"""Every fault of a corpus is found, and a sound one has none."""

from datetime import date
from typing import Any

import pytest

from corpus.catalog import Corpus
from corpus.check import CorpusReport, Finding, check_corpus
from corpus.collection import Kind
from corpus.types import Article, Document
from tests.records import make_article, make_document

LICENCES = ("第一编 总则", "第二章 许可")
SOUND = make_document(
    make_article(1, "为了保护环境，制定本法。", path=("第一编 总则", "第一章 一般规定")),
    make_article(2, "有下列情形之一的：\n（一）甲；\n（二）乙。", path=LICENCES),
    make_article(2, "他说：“可以。”", key="某法#2之一", label="第二条之一", path=LICENCES),
    make_article(3, "罚款二万元（折合）", path=("第二编 罚则", "第一章 处罚", "第一节 罚款")),
    make_article(4, "罚款怎么办！", path=("第二编 罚则", "第一章 处罚", "第二节 拘留")),
)  # fmt: skip


def report(*documents: Document, **facts: Any) -> CorpusReport:
    return check_corpus(Corpus(documents, **facts), date(2026, 11, 23))


def found(*articles: Article, **fields: Any) -> list[tuple[str, str]]:
    """What is found in one document."""
    return [(f.key, f.what) for f in report(make_document(*articles, **fields)).findings]


def found_in(text: str) -> list[str]:
    return [what for _, what in found(make_article(1, text))]


def headed(*paths: tuple[str, ...]) -> list[tuple[str, str]]:
    return found(*(make_article(n, path=path) for n, path in enumerate(paths, 1)))


def numbered(*numbers: int) -> list[tuple[str, str]]:
    return found(*(make_article(number) for number in numbers))


def test_a_sound_corpus_has_no_findings() -> None:
    assert report(SOUND).findings == ()


def test_everything_is_counted() -> None:
    manual = make_document(
        make_article(1, "甲" * 300 + "。" + "乙" * 300 + "。", key="手册@1"),
        title="手册",
        kind=Kind.DOCUMENT,
    )
    counted = report(SOUND, manual)
    assert (counted.documents, counted.articles) == (2, 6)
    assert counted.passages == 7  # the manual's paragraph is too long for one


def test_what_was_put_right_is_told_and_is_no_finding() -> None:
    repaired = make_document(make_article(1), repairs=(("某法#1", "补上句号"),))
    other = make_document(
        make_article(1, title="别法"), title="别法", repairs=(("别法#1", "去掉空格"),)
    )
    told = report(repaired, other)
    assert told.repairs == (Finding("某法#1", "补上句号"), Finding("别法#1", "去掉空格"))
    assert told.findings == ()


def test_a_document_without_text_is_found() -> None:
    assert found() == [("某法", "没有正文")]


def test_a_key_that_comes_again_is_found_once() -> None:
    findings = found(make_article(1), make_article(2), make_article(2), make_article(2))
    assert findings == [("某法#2", "重复出现 3 次")]


@pytest.mark.parametrize(
    ("numbers", "missing"),
    [((1, 2, 4), [3]), ((2, 3), [1]), ((1, 5), [2, 3, 4]), ((1, 2, 3), [])],
)
def test_a_missing_article_is_found(numbers: tuple[int, ...], missing: list[int]) -> None:
    assert numbered(*numbers) == [(f"某法#{number}", "缺这一条") for number in missing]


def test_of_an_excerpt_no_article_is_missing() -> None:
    document = make_document(make_article(3), make_article(17))
    assert report(document, excerpts=["某法"]).findings == ()


@pytest.mark.parametrize("numbers", [(1, 3, 2), (2, 1)])
def test_articles_out_of_order_are_found(numbers: tuple[int, ...]) -> None:
    assert numbered(*numbers) == [("某法", "条号次序不对")]


def test_an_excerpt_has_to_be_in_order() -> None:
    document = make_document(make_article(17), make_article(3))
    assert report(document, excerpts=["某法"]).findings == (Finding("某法", "条号次序不对"),)


@pytest.mark.parametrize("text", ["", " ", "\n\u3000"])
def test_an_article_without_a_word_is_found(text: str) -> None:
    assert "没有文字" in found_in(text)


@pytest.mark.parametrize("text", ["禁止(jìnzhǐ)排放。", "倾倒(qīngdào)垃圾。", "濒(bin)危动物。"])
def test_pinyin_in_a_text_is_found(text: str) -> None:
    assert found_in(text) == ["有拼音注音"]


@pytest.mark.parametrize(
    "text", ["挥发性有机物(VOCs)减排。", "见附件（jiàn）。", "细颗粒物(PM2.5)。"]
)
def test_other_letters_are_no_pinyin(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("罚款二万元", ["有一行没有结尾标点", "末尾不完整"]),
        ("罚款二万元，", ["有一行没有结尾标点", "末尾不完整"]),
        ("有下列情形之一的\n罚款二万元。", ["有一行没有结尾标点"]),
        ("有下列情形之一的：\n（一）甲；\n（二）乙；", ["末尾不完整"]),
        ("罚款 二万元。", ["句中有空格"]),
        ("罚款，\u3000二万元。", ["句中有空格"]),
    ],
)
def test_a_line_that_looks_cut_is_found(text: str, what: list[str]) -> None:
    assert found_in(text) == what


@pytest.mark.parametrize("heading", ["第二编 罚则", "第一分编 大气", "第十二编\u3000附则"])
def test_a_heading_that_is_glued_to_a_text_is_found(heading: str) -> None:
    assert found_in(f"罚款二万元。\n{heading}")[0] == "末尾粘着标题"


@pytest.mark.parametrize(
    "text",
    [
        "罚款二万元。", "罚款二万元！", "应当说明：\n（一）甲；\n（二）乙。", "他说：“可以。”",
        "推行 EOD 模式。", "控制 PM2.5 浓度。", "第二编规定的处罚。",
        "按附表执行。\n附表\n名称 数值\n甲 一", "按附件执行。\n附件：清单\n甲",
    ],
)  # fmt: skip
def test_a_line_that_is_whole_is_no_finding(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize("kind", [Kind.DOCUMENT, Kind.POLICY])
def test_only_a_statute_has_to_be_whole(kind: Kind) -> None:
    articles = (
        make_article(7, "一个标题", key="手册@7", label="第7段"),
        make_article(2, "又一个 标题", key="手册@2", label="第2段", path=("前言",)),
    )
    assert found(*articles, title="手册", kind=kind) == []


def test_what_is_no_statute_may_still_be_doubled_or_without_text() -> None:
    articles = [make_article(1, text, key="手册@1") for text in ("甲", "乙")]
    findings = found(*articles, title="手册", kind=Kind.DOCUMENT)
    assert findings == [("手册@1", "重复出现 2 次")]
    assert found(title="手册", kind=Kind.DOCUMENT) == [("手册", "没有正文")]


def test_a_heading_that_stands_twice_is_found() -> None:
    assert ("某法#1", "标题重复") in headed(("第一章 总则", "第一章 总则"))


@pytest.mark.parametrize("heading", ["总则", "附则", "第1章 总则", "第一章总则", "第一部分 总则"])
def test_a_heading_without_an_ordinal_is_found(heading: str) -> None:
    assert headed((heading,)) == [("某法#1", f"标题没有序数：{heading}")]


@pytest.mark.parametrize(
    ("paths", "findings"),
    [
        ([("第二章 乙",), ("第一章 甲",)], [("某法#2", "标题次序倒退：第一章 甲")]),
        (
            [("第一章 甲", "第二节 丙"), ("第一章 甲", "第一节 丁")],
            [("某法#2", "标题次序倒退：第一节 丁")],
        ),
        ([("第一章 甲", "第二节 丙"), ("第二章 乙", "第一节 丁")], []),
        ([("第一编 甲", "第三章 丙"), ("第二编 乙", "第一章 丁")], []),
        ([("第一章 甲",), ("第一章 甲",), ("第三章 丙",)], []),
        ([("第九章 甲",), ("第十章 乙",), ("第十一章 丙",)], []),
    ],
)
def test_headings_that_fall_back_are_found(
    paths: list[tuple[str, ...]], findings: list[tuple[str, str]]
) -> None:
    assert headed(*paths) == findings
