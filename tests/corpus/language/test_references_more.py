"""The many ways in which an article is cited, and what is no citation."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.references import (
    Reference,
    cross_references,
    expand_ranges,
    format_reference,
    parse_references,
)

CODE = "中华人民共和国生态环境法典"
CIVIL = "中华人民共和国民法典"
WATER = "中华人民共和国水法"
POLLUTION = "中华人民共和国水污染防治法"
NAMES = {
    CODE: CODE,
    "生态环境法典": CODE,
    "法典": CODE,
    CIVIL: CIVIL,
    "民法典": CIVIL,
    WATER: WATER,
    "水法": WATER,
    POLLUTION: POLLUTION,
    "水污染防治法": POLLUTION,
}


def one(text: str) -> Reference:
    (reference,) = parse_references(text, NAMES)
    return reference


def articles(text: str) -> list[tuple[str | None, int | None]]:
    return [(r.title, r.article) for r in parse_references(text, NAMES)]


# --- One article ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "法典第三十六条",
        "法典第36条",
        "法典第 36 条",
        "法典第３６条",
        "法典第三六条",
        "法典三十六条",
        "法典36条",
        "法典 36 条",
        "法典36",
        "法典36是什么",
        "法典36、",
        "法典36的规定",
        "《法典》第三十六条",
        "《法典》36条",
        "《法典》36",
        "《法典》三十六条",
        "法典的第三十六条",
        "《法典》（草案）第三十六条",
        "法典里，第三十六条怎么说",
        "請問法典第三十六條",
        "根据法典第三十六条规定",
    ],
)
def test_every_way_to_write_one_article(text: str) -> None:
    reference = one(text)
    assert (reference.title, reference.article) == (CODE, 36)
    assert reference.key == f"{CODE}#36"
    assert reference.known


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("民法典第五条", CIVIL),
        ("水污染防治法第五条", POLLUTION),
        ("中华人民共和国水法第五条", WATER),
        ("《中华人民共和国水法》第五条", WATER),
        ("生态环境法典第五条", CODE),
        ("违反水法第五条", WATER),
    ],
)
def test_the_longest_name_at_a_place_counts(text: str, title: str) -> None:
    assert articles(text) == [(title, 5)]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [("法典第三百四十二条之一", "之一"), ("法典342条之二", "之二"), ("法典第342条", "")],
)
def test_inserted_articles_have_a_suffix(text: str, suffix: str) -> None:
    reference = one(text)
    assert (reference.article, reference.suffix) == (342, suffix)
    assert reference.key == f"{CODE}#342{suffix}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("法典第三条第二款", (2, None)),
        ("法典第3条第2款", (2, None)),
        ("法典第三条二款", (2, None)),
        ("法典第三条的第二款", (2, None)),
        ("法典第三条里面的第二款", (2, None)),
        ("法典第三条中第二款", (2, None)),
        ("法典第三条第（二）项", (None, 2)),
        ("法典第三条第二项", (None, 2)),
        ("法典第三条(2)项", (None, 2)),
        ("法典第三条（二）", (None, 2)),
        ("法典第三条第二款第（一）项", (2, 1)),
        ("法典第3条第2款第1项", (2, 1)),
        ("法典第三条 第二款 第（一）项", (2, 1)),
        ("法典第三条第二款里的第一项", (2, 1)),
        ("法典第三条第十款第（十二）项", (10, 12)),
        ("法典第三条", (None, None)),
    ],
)
def test_paragraphs_and_items(text: str, place: tuple[int | None, int | None]) -> None:
    reference = one(text)
    assert reference.article == 3
    assert (reference.paragraph, reference.item) == place


def test_suffix_paragraph_and_item_together() -> None:
    reference = one("法典第三百四十二条之一第二款第（三）项")
    assert reference == Reference(CODE, 342, "之一", 2, 3, start=0, end=reference.end)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("法典第三条六项", 6),
        ("法典第三条六项怎么说", 6),
        ("法典第三条六项，谢谢", 6),
        ("法典第三条六项措施", None),
    ],
)
def test_a_bare_number_names_an_item_or_counts_them(text: str, item: int | None) -> None:
    assert one(text).item == item


# --- Titles --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["《民法典》", "民法典讲什么", "请看民法典。"])
def test_a_title_alone_is_a_reference(text: str) -> None:
    reference = one(text)
    assert (reference.title, reference.article, reference.key) == (CIVIL, None, None)


def test_an_article_without_a_title_names_none() -> None:
    reference = one("第三十六条说了什么")
    assert (reference.title, reference.article, reference.key) == (None, 36, None)
    assert reference.known


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("《海洋观测条例》第五条", "海洋观测条例"),
        ("海洋观测条例第五条", "海洋观测条例"),
        ("请问渔业法第五条", "渔业法"),
        ("根据测绘办法第五条", "测绘办法"),
        ("那么测绘细则第五条", "测绘细则"),
        ("按照测绘规定第五条", "测绘规定"),
        ("节水法第五条", "节水法"),
    ],
)
def test_unknown_titles_are_named_and_told_apart(text: str, title: str) -> None:
    reference = one(text)
    assert (reference.title, reference.article, reference.known) == (title, 5, False)


@pytest.mark.parametrize("own", ["本法", "本条例", "本办法", "本规定", "该法", "此法", "该条例"])
def test_words_that_point_back_are_no_title(own: str) -> None:
    assert one(f"{own}第五条").title is None


@pytest.mark.parametrize("text", ["节水法规", "山水法则", "供水法律"])
def test_a_short_name_inside_another_word_is_none(text: str) -> None:
    assert parse_references(text, NAMES) == []


@pytest.mark.parametrize("text", ["和水法", "按水法", "请问水法", "，水法", "a水法"])
def test_a_short_name_behind_a_connective_is_one(text: str) -> None:
    assert one(text).title == WATER


@pytest.mark.parametrize(
    "text",
    ["三条河", "村里有3条河", "12条措施", "十二条建议", "法律有几条", "34张清单", "", "2026年8月"],
)
def test_what_is_counted_is_no_article(text: str) -> None:
    assert [r for r in parse_references(text, NAMES) if r.article is not None] == []


# --- Lists and ranges ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link", ["、", "和", "跟", "与", "及", "以及", "或", "或者", "，", ", ", " 和 "]
)
def test_a_list_keeps_its_title(link: str) -> None:
    assert articles(f"法典第三条{link}第五条") == [(CODE, 3), (CODE, 5)]


@pytest.mark.parametrize("text", ["法典3条和5条", "法典3条、5", "法典3和5", "法典3、5条"])
def test_a_list_of_bare_numbers(text: str) -> None:
    assert articles(text) == [(CODE, 3), (CODE, 5)]


def test_a_list_over_two_laws() -> None:
    text = "《民法典》第三条、第五条和《水法》第七条、第九条"
    assert articles(text) == [(CIVIL, 3), (CIVIL, 5), (WATER, 7), (WATER, 9)]


@pytest.mark.parametrize("between", ["。", "；另外，依照", "规定的情形，适用"])
def test_what_is_no_list_does_not_keep_the_title(between: str) -> None:
    assert articles(f"法典第三条{between}第五条") == [(CODE, 3), (None, 5)]


def test_a_list_without_a_title_has_none() -> None:
    assert articles("第三条、第五条") == [(None, 3), (None, 5)]


def test_an_unknown_title_holds_for_its_list() -> None:
    found = parse_references("《测绘条例》第三条、第五条", NAMES)
    assert [(r.title, r.article, r.known) for r in found] == [
        ("测绘条例", 3, False),
        ("测绘条例", 5, False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "法典第三条至第八条",
        "法典第三条到第八条",
        "法典第3条-第8条",
        "法典第3条—第8条",
        "法典第3条～第8条",
        "法典3条至8条",
        "法典第三条 至 第八条",
    ],
)
def test_ranges(text: str) -> None:
    reference = one(text)
    assert (reference.title, reference.article, reference.last_article) == (CODE, 3, 8)


def test_a_range_may_stand_in_a_list() -> None:
    found = parse_references("法典第一条、第三条至第八条、第十条", NAMES)
    assert [(r.title, r.article, r.last_article) for r in found] == [
        (CODE, 1, None),
        (CODE, 3, 8),
        (CODE, 10, None),
    ]


def test_to_an_article_of_another_law_is_no_range() -> None:
    found = parse_references("法典第三条到民法典第八条", NAMES)
    assert [(r.title, r.article, r.last_article) for r in found] == [
        (CODE, 3, None),
        (CIVIL, 8, None),
    ]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("法典第三条第（一）项、第（三）项", [1, 3]),
        ("法典第三条第一项和第二项", [1, 2]),
        ("法典第三条第一项、第二项及第五项", [1, 2, 5]),
        ("法典第三条第一项或第二项", [1, 2]),
        ("法典第三条第二款第（一）项，第（二）项", [1, 2]),
    ],
)
def test_listed_items_belong_to_one_article(text: str, items: list[int]) -> None:
    found = parse_references(text, NAMES)
    assert [r.item for r in found] == items
    assert {(r.title, r.article, r.paragraph) for r in found} == {
        (CODE, 3, 2 if "第二款" in text else None)
    }


def test_an_article_behind_listed_items_belongs_to_the_list() -> None:
    found = parse_references("法典第三条第一项、第二项、第五条", NAMES)
    assert len(found) == 3
    assert {(r.title, r.article, r.item) for r in found} == {
        (CODE, 3, 1),
        (CODE, 3, 2),
        (CODE, 5, None),
    }


def expanded(first: int, last: int | None, limit: int) -> list[tuple[int | None, int | None]]:
    found = expand_ranges([Reference(CODE, first, last_article=last)], limit)
    return [(r.article, r.last_article) for r in found]


@pytest.mark.parametrize(
    ("first", "last", "limit", "expected"),
    [
        (3, 6, 10, [3, 4, 5, 6]),
        (3, 6, 4, [3, 4, 5, 6]),
        (3, 6, 3, [3, 4, 5]),
        (3, 6, 1, [3]),
        (3, 3, 5, [3]),
    ],
)
def test_a_range_is_spelled_out_up_to_the_limit(
    first: int, last: int, limit: int, expected: list[int]
) -> None:
    assert expanded(first, last, limit) == [(number, None) for number in expected]


def test_no_range_is_left_as_it_is() -> None:
    assert expanded(3, None, 1) == [(3, None)]
    assert expanded(6, 3, 9) == [(6, 3)]
    title = Reference(CODE)
    assert list(expand_ranges([title], 5)) == [title]


# --- Offsets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("请问法典第三条怎么说", "法典第三条"),
        ("请看《民法典》第三条第一款。", "《民法典》第三条第一款"),
        ("违反第三条第（二）项的", "第三条第(二)项"),
        ("《水法》呢", "《水法》"),
        ("依照法典第三条至第八条处罚", "法典第三条至第八条"),
        ("根据测绘条例第三条", "测绘条例第三条"),
    ],
)
def test_offsets_tell_where_the_citation_stands(text: str, cited: str) -> None:
    reference = one(text)
    folded = text.replace("（", "(").replace("）", ")")
    assert folded[reference.start : reference.end] == cited


def test_references_come_in_the_order_of_the_text() -> None:
    found = parse_references("水法和民法典第三条，还有生态环境法典", NAMES)
    assert [(r.title, r.article) for r in found] == [(WATER, None), (CIVIL, 3), (CODE, None)]
    assert [r.start for r in found] == sorted(r.start for r in found)


# --- Writing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        (Reference("水法"), "《水法》"),
        (Reference("水法", 3), "《水法》第三条"),
        (Reference(None, 3), "第三条"),
        (Reference("刑法", 342, "之一"), "《刑法》第三百四十二条之一"),
        (Reference("水法", 3, paragraph=2), "《水法》第三条第二款"),
        (Reference("水法", 3, item=11), "《水法》第三条第（十一）项"),
        (Reference("水法", 176, paragraph=1, item=2), "《水法》第一百七十六条第一款第（二）项"),
        (Reference("水法", 3, last_article=8), "《水法》第三条至第八条"),
    ],
)
def test_written_as_documents_do(reference: Reference, text: str) -> None:
    assert format_reference(reference) == text


NUMBER = st.integers(1, 1300)
PLACES = st.builds(
    Reference,
    title=st.sampled_from([CODE, CIVIL, WATER, POLLUTION]) | st.none(),
    article=NUMBER,
    suffix=st.sampled_from(["", "之一", "之二", "之九"]),
    paragraph=st.none() | st.integers(1, 12),
    item=st.none() | st.integers(1, 20),
)


def bare(reference: Reference) -> Reference:
    return replace(reference, start=0, end=0)


@given(PLACES)
def test_what_is_written_is_read_back(reference: Reference) -> None:
    assert bare(one(format_reference(reference))) == reference


@given(NUMBER, NUMBER)
def test_a_written_range_is_read_back(first: int, last: int) -> None:
    reference = Reference(CODE, first, last_article=last)
    assert bare(one(format_reference(reference))) == reference


@given(st.lists(PLACES.filter(lambda r: r.title), min_size=1, max_size=4))
def test_a_written_list_is_read_back(references: list[Reference]) -> None:
    text = "、".join(map(format_reference, references))
    assert [bare(r) for r in parse_references(text, NAMES)] == references


@given(st.text(st.sampled_from("第一二三十百条款项之至和、。的12（）《》水法典 本按"), max_size=40))
def test_references_stay_within_any_text(text: str) -> None:
    for reference in parse_references(text, NAMES):
        assert 0 <= reference.start < reference.end <= len(text)


# --- Inside an article ---------------------------------------------------------------------------


def keys(text: str) -> list[str | None]:
    return [r.key for r in cross_references(text, WATER, NAMES)]


@pytest.mark.parametrize("own", ["本法", "本条例", "本办法", "本规定", "本法典", "依照", ""])
def test_own_articles(own: str) -> None:
    assert keys(f"违反{own}第三十一条规定的，责令改正。") == [f"{WATER}#31"]


def test_another_law_is_kept_apart_from_the_own() -> None:
    text = "依照《民法典》第七条、第八条和本法第九条的规定处理。"
    assert keys(text) == [f"{CIVIL}#7", f"{CIVIL}#8", f"{WATER}#9"]


@pytest.mark.parametrize(
    "text",
    [
        "前款规定的情形除外。",
        "本条第二款所称单位，包括个人。",
        "依照《民法典》的规定处理。",
        "依照《测绘条例》第三条处罚。",
        "由主管部门责令改正。",
    ],
)
def test_what_leads_to_no_article_is_left_out(text: str) -> None:
    assert keys(text) == []


def test_offsets_are_those_of_the_text_itself() -> None:
    text = "有第（一）项情形，依照本法第九条处罚。"
    (reference,) = cross_references(text, WATER, NAMES)
    assert text[reference.start : reference.end] == "本法第九条"


def test_nothing_where_folding_moves_the_offsets() -> None:
    assert keys("面积超过10㎡的，依照本法第九条处罚。") == []
    assert keys("面积超过10m2的，依照本法第九条处罚。") == [f"{WATER}#9"]


@pytest.mark.parametrize("text", ["法典第0条", "法典第10000条", "法典第3条第0款第99999项"])
def test_a_number_that_no_statute_has_can_be_written(text: str):
    for reference in parse_references(text, {"法典": "法典"}):
        assert format_reference(reference).startswith("《法典》第")
