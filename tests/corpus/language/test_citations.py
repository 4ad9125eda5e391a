"""Every way in which a draft cites, and what is no citation."""

from time import perf_counter

import pytest

from corpus.language import Place, find_citations

CODE, AIR, WATER = "生态环境法典", "大气污染防治法", "水法"
NAMES = {CODE: CODE, "法典": CODE, AIR: AIR, WATER: WATER, "排污许可管理条例": "排污许可管理条例"}


def places(text: str) -> list[tuple[str, list[tuple[int, int | None, int | None]]]]:
    found = find_citations(text, NAMES).found
    return [(c.title, [(p.article, p.paragraph, p.item) for p in c.places]) for c in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《生态环境法典》第一百七十六条，", [(CODE, [(176, None, None)])]),
        ("法典176条", [(CODE, [(176, None, None)])]),
        ("属法典第176条第2款", [(CODE, [(176, 2, None)])]),
        ("水法第六十条第一款、第三款", [(WATER, [(60, 1, None), (60, 3, None)])]),
        ("水法第六十条第一款至第三款", [(WATER, [(60, 1, None), (60, 2, None), (60, 3, None)])]),
        (
            "《水法》第六十条第二款第（三）项、第（五）项",
            [(WATER, [(60, 2, 3), (60, 2, 5)])],
        ),
        ("《水法》第六十条第（一）、（三）项", [(WATER, [(60, None, 1), (60, None, 3)])]),
        ("《水法》第六十条第（一）至（三）项", [(WATER, [(60, None, n) for n in (1, 2, 3)])]),
        ("《水法》第三条至第五条", [(WATER, [(n, None, None) for n in (3, 4, 5)])]),
        ("《水法》第十一、十二条", [(WATER, [(11, None, None), (12, None, None)])]),
        ("《水法》第一章第三条", [(WATER, [(3, None, None)])]),
        (
            "《水法》第三条、第五条和第七条",
            [(WATER, [(3, None, None)]), (WATER, [(5, None, None)]), (WATER, [(7, None, None)])],
        ),
    ],
)
def test_forms(text: str, expected: list[object]) -> None:
    assert places(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "《大气污染防治法》第三条。该法第九条也有规定。",
        "《大气污染防治法》第三条。同法第九条也有规定。",
        "《大气污染防治法》第三条规定了目标。第九条也有规定。",
        "《大气污染防治法》（以下简称《大气法》）第三条。《大气法》第九条也有规定。",
    ],
)
def test_one_leans_on_the_other(text: str) -> None:
    assert places(text) == [(AIR, [(3, None, None)]), (AIR, [(9, None, None)])]


def test_same_article() -> None:
    text = "《水法》第六十条第一款规定了期限；该条第三款第（二）项、同款第（三）项另有规定。"
    assert places(text) == [
        (WATER, [(60, 1, None)]),
        (WATER, [(60, 3, 2)]),
        (WATER, [(60, 3, 3)]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "按照合同第三条，甲方应付五万元。",
        "《水法》施行以来，落实好第三条措施。",
        "《合并协议》第七条约定了交割日。",
        "共修改18条，新增3条。",
        "水污染防治法律法规和大气污染防治法治建设。",
    ],
)
def test_no_citation_of_an_article(text: str) -> None:
    assert all(not found for _, found in places(text))


def test_a_draft_with_articles_of_its_own() -> None:
    text = (
        "第一条 为了防治扬尘，根据《水法》，制定本办法。\n第二条 本办法适用于本市。\n"
        "第三条 违反本办法第二条的，依照《水法》第六十条处罚；违反第七条的，从重处罚。"
    )
    found = find_citations(text, NAMES)
    assert found.own_articles == {1, 2, 3}
    own = [c for c in found.found if c.is_own]
    assert [c.places for c in own] == [(Place(2),)]
    assert [(c.title, c.places) for c in found.found if not c.is_own and c.places] == [
        (WATER, (Place(60),)),
        (WATER, (Place(7),)),
    ]


def test_a_title_that_is_not_known_is_one_without_marks_too() -> None:
    (found,) = find_citations("违反某市扬尘防治条例第二十条的规定", NAMES).found
    assert (found.title, found.known, found.places) == ("某市扬尘防治条例", False, (Place(20),))


def test_offsets_are_those_of_the_text_as_it_was_written() -> None:
    text = "依①據《生態環境法典》第１７６條㎡，《水法》第三条"
    found = find_citations(text, NAMES).found
    assert [text[c.start : c.end] for c in found] == [
        "《生態環境法典》第１７６條",
        "《水法》第三条",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "《水法》" + "第一章的的的" * 200 + "。第三条",
        "《水法》" + "第一章 总则\n" * 200 + "。第三条",
        "某某某某某某某某某某某某某某某某某某某某" + " " * 5000 + "第三条",
        "第1、" * 5000,
        "水法第1条。" * 3000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    start = perf_counter()
    find_citations(text, NAMES)
    assert perf_counter() - start < 5
