"""The library of a small corpus, as a browser reads it."""

from datetime import date
from typing import Any

import pytest

from assistant.ui.library.rendering import (
    LIMIT,
    render_check,
    render_document,
    render_library,
    render_results,
)
from corpus.browsing import Browsing, Place
from corpus.catalog import Corpus
from corpus.check import CorpusReport, Finding, check_corpus
from corpus.collection import Collection, Kind, Validity
from corpus.statutes import KnownDocument
from corpus.types import Document
from tests.assistant.ui.markup import Element, Markup
from tests.records import DAY, make_article, make_document

POLICY = Collection(Kind.POLICY, issuer="某局", key_prefix="plan", validity=Validity.NEWS)
PART = make_article(1, "办好实事。", key="plan:减污", label="减污")
NEWS = make_document(
    PART, title="某局工作部署", kind=Kind.POLICY, effective=None, collection=POLICY
)
IN_FORCE = make_document(make_article(1), make_article(2))
NOT_YET = make_document(make_article(1, title="将来法"), title="将来法", effective=date(2030, 1, 1))
ENDED = make_document(make_article(1, title="旧法"), title="旧法", effective=date(2001, 1, 1))
REPEALING = make_document(
    make_article(1, "本法施行后，《旧法》同时废止。", title="新法"), title="新法"
)
FIRST = make_document(
    make_article(1, title="水规"),
    title="水规",
    effective=date(2010, 1, 1),
    adopted=date(2009, 5, 1),
)
SECOND = make_document(
    make_article(1, title="水规"),
    title="水规",
    effective=date(2018, 1, 1),
    adopted=date(2017, 5, 1),
)
ADDED = make_document(make_article(1, title="手册", key="手册@1", label="第1段"),
    title="手册", kind=Kind.DOCUMENT, effective=None)  # fmt: skip
ALL = (NEWS, IN_FORCE, NOT_YET, ENDED, REPEALING, FIRST, SECOND, ADDED)


def browsing_of(*documents: Document, **facts: Any) -> Browsing:
    return Browsing(Corpus(documents, **facts), DAY)


def library_of(browsing: Browsing, *added: str) -> Markup:
    return Markup(
        render_library(browsing, added, check_corpus(browsing.corpus, date(2026, 11, 23)))
    )


def shelves_of(page: Markup) -> dict[str, list[str]]:
    """The names of each shelf's documents."""
    found: dict[str, list[str]] = {}
    for element in page.elements:
        if element.tag == "h3":
            found[element.text] = shelf = []
        elif "name" in element.classes:
            shelf.append(element.text)
    return found


def outline_of(*paths: tuple[str, ...]) -> Markup:
    """The page of a document whose articles stand under these headings."""
    articles = [make_article(number, path=path) for number, path in enumerate(paths, 1)]
    document = make_document(*articles)
    return Markup(render_document(browsing_of(document), document))


def sections_of(page: Markup) -> list[Element]:
    return page.classed("section")


def facts_of(document: Document, **facts: Any) -> list[str]:
    page = Markup(render_document(browsing_of(document, **facts), document))
    at = next(i for i, element in enumerate(page.elements) if "facts" in element.classes)
    return [element.text for element in page.elements[at + 2 :] if element.tag == "span"]


def test_every_document_stands_on_the_shelf_of_its_status() -> None:
    assert shelves_of(library_of(browsing_of(*ALL), "手册")) == {
        "政策部署 1 份": ["某局工作部署"],
        "现行有效 3 份": ["某法", "新法", "水规（2018年起）"],
        "尚未施行 1 份": ["将来法"],
        "已废止、失效或已被取代 2 份": ["旧法", "水规（2010年起）"],
        "添加的文件 1 份": ["手册"],
    }


def test_what_was_added_stands_by_itself_whatever_its_status() -> None:
    found = shelves_of(library_of(browsing_of(IN_FORCE, REPEALING), "某法"))
    assert found == {"现行有效 1 份": ["新法"], "添加的文件 1 份": ["某法"]}


def test_the_entry_counts_what_each_document_holds() -> None:
    page = library_of(browsing_of(IN_FORCE, ADDED, excerpts=["某法"]))
    texts = [button.text for button in page.named("button") if "data-document" in button.attributes]
    assert texts == ["某法现行有效节选2 条2020年1月1日起施行", "手册未载施行日期1 段"]


def test_the_search_can_be_kept_to_each_document() -> None:
    page = library_of(browsing_of(FIRST, SECOND))
    options = [(option.attributes["value"], option.text) for option in page.named("option")]
    assert options[:3] == [
        ("", "全部文件"), ("水规@2009-05-01", "水规（2010年起）"),
        ("水规@2017-05-01", "水规（2018年起）"),
    ]  # fmt: skip


def test_what_is_known_and_not_loaded_is_named_with_its_official_page() -> None:
    known = (
        KnownDocument("甲条例", (), "甲机关", "https://www.mee.gov.cn/a"),
        KnownDocument("乙条例", (), "乙机关", "javascript:alert(1)"),
    )
    page = library_of(browsing_of(IN_FORCE, not_loaded=known))
    assert shelves_of(page)["知道但没有收入的文件 2 份"] == ["甲条例", "乙条例"]
    assert [a.attributes["href"] for a in page.named("a")] == ["https://www.mee.gov.cn/a"]
    assert "官方页面：www.mee.gov.cn" in page.text
    assert not library_of(browsing_of(IN_FORCE)).classed("not-loaded")


def report_of(*findings: Finding) -> CorpusReport:
    return CorpusReport(
        documents=3, articles=120, passages=400, repairs=(Finding("甲", "补上"),), findings=findings
    )


def test_a_sound_corpus_is_told_as_one() -> None:
    told = "收录 3 份文件、120 条（段）；来源有误的 1 处已改正，没有发现别的问题。"
    assert render_check(report_of()) == told


def test_of_several_findings_the_first_is_told() -> None:
    line = render_check(report_of(Finding("某法#7", "缺这一条"), Finding("某法#9", "没有文字")))
    assert "另有 2 处要核对，如 某法#7：缺这一条。" in line
    assert "某法#9" not in line


def test_a_document_s_head_tells_whose_it_is_and_since_when() -> None:
    told = ["1 条", "某机关", "2017年5月1日通过", "2018年1月1日起施行"]
    assert facts_of(SECOND)[:4] == told
    assert facts_of(IN_FORCE, excerpts=["某法"])[:3] == ["节选", "2 条", "某机关"]


def test_of_an_amended_version_no_day_of_effect_is_claimed() -> None:
    amended = make_document(make_article(1), adopted=date(2021, 3, 4))
    found = facts_of(amended)
    assert "2020年1月1日起施行" in found
    assert any(fact.startswith("2021年3月4日修正（") for fact in found)
    assert not any("2021年3月4日起施行" in fact or "通过" in fact for fact in found)
    assert not any("修正" in fact for fact in facts_of(SECOND))


def test_a_repealed_document_leads_to_what_repealed_it() -> None:
    page = Markup(render_document(browsing_of(*ALL), ENDED))
    (line,) = page.classed("repeal")
    assert line.text == "2020年1月1日起由《新法》第一条废止。"
    assert page.classed("to")[0].attributes["data-to"] == "新法"
    assert not Markup(render_document(browsing_of(*ALL), IN_FORCE)).classed("repeal")


def test_the_only_section_is_open() -> None:
    page = outline_of((), ())
    (section,) = sections_of(page)
    assert "data-open" in section.attributes
    assert section.text == "某法第一条—第二条"


def test_a_section_says_which_articles_are_fetched_for_it() -> None:
    found = sections_of(outline_of(("第一章 总则",), ("第二章 许可",), ("第二章 许可",)))
    names = ("data-of", "data-section", "data-first", "data-end")
    assert [[section.attributes[name] for name in names] for section in found] == [
        ["某法", "0", "0", "1"],
        ["某法", "1", "1", "3"],
    ]


def test_the_sections_of_a_part_stand_inside_it() -> None:
    one, two = "第一编 总则", "第二编 污染防治"
    page = outline_of((one, "第一章 甲"), (one, "第二章 乙"), (two, "第一章 丙"))
    first, second = (part.text for part in page.classed("part"))
    assert first == f"{one}第一条—第二条第一章 甲第一条第二章 乙第二条"
    assert second == f"{two}第三条第一章 丙第三条"


def test_a_heading_above_sections_stands_once() -> None:
    chapter = "第一章 许可"
    page = outline_of((chapter, "第一节 申请"), (chapter, "第二节 审批"), ("第二章 罚则",))
    assert [level.text for level in page.classed("level")] == [chapter]
    assert [section.attributes["class"] for section in sections_of(page)] == [
        "section depth-1", "section depth-1", "section depth-0",
    ]  # fmt: skip


def results(words: str, *texts: str) -> Markup:
    document = make_document(*(make_article(n, text) for n, text in enumerate(texts, 1)))
    places = [Place(document, index) for index in range(len(texts))]
    return Markup(render_results(places, words, DAY, Corpus([document])))


@pytest.mark.parametrize(
    ("count", "told", "listed"),
    [
        (1, "“许可”：找到 1 条《", 1),
        (LIMIT, f"“许可”：找到 {LIMIT} 条《", LIMIT),
        (LIMIT + 1, f"“许可”：找到 {LIMIT + 1} 条，列出前 {LIMIT} 条", LIMIT),
    ],
)
def test_what_is_found_is_counted_and_listed_up_to_a_limit(
    count: int, told: str, listed: int
) -> None:
    page = results("许可", *["要有许可。"] * count)
    assert page.text.startswith(told)
    assert len(page.named("li")) == listed


def test_a_result_leads_to_its_article_and_tells_the_status() -> None:
    page = results("排放", "应当许可。", "不得排放。")
    (_, second) = page.named("li")
    assert second.text == "《某法》第二条现行有效不得排放。"
    assert page.classed("to")[1].attributes["data-index"] == "1"


@pytest.mark.parametrize(
    ("words", "text", "marked"),
    [
        ("排放", "不得排放，禁止排放。", ["排放", "排放"]),
        ("没有 排放", "不得排放。", ["排放"]),
        ("渔船洗舱", "洗舱的渔船。", ["洗舱", "渔船"]),
        ("eod", "推行EOD模式。", ["EOD"]),
        ("不得排放", "不得\n排放。", ["不得排放"]),
        ("5", "应当许可。", []),
        ("<b>", "甲<b>乙。", ["<b>"]),
    ],
)
def test_the_words_are_marked(words: str, text: str, marked: list[str]) -> None:
    page = results(words, text)
    assert [mark.text for mark in page.named("mark")] == marked


@pytest.mark.parametrize(
    ("text", "is_cut_before", "is_cut_behind"),
    [
        ("许可。", False, False),
        ("甲" * 200 + "许可。", True, False),
        ("许可" + "甲" * 200, False, True),
        ("甲" * 200 + "许可" + "甲" * 200, True, True),
    ],
)
def test_what_is_left_out_around_a_word_is_told(
    text: str, is_cut_before: bool, is_cut_behind: bool
) -> None:
    page = results("许可", text)
    snippet = page.named("p")[1].text
    assert snippet.startswith("……") == is_cut_before
    assert snippet.endswith("……") == is_cut_behind
    assert snippet.strip("…") in text
    assert len(snippet) < 130
