"""How an article falls into 款, 项 and sentences, and these into passages."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.collection import Collection, Cut, Kind
from corpus.splitting import (
    MAX_CHARS,
    find_part,
    has_items,
    locator_of,
    opens_part,
    sentences,
    spans,
    split,
)
from corpus.types import Article, Document, Passage

STATUTE = Collection(Kind.STATUTE)
POLICY = Collection(
    Kind.POLICY, cut=Cut(part="^“(?P<label>[^”]+)”：", label="{label}", locator="“{label}”部分")
)
TEXT = Collection(Kind.DOCUMENT)


def article(*lines: str) -> Article:
    return Article("试验法#5", "第五条", ("第一章 总则",), "\n".join(lines))


def document(text: str, collection: Collection = STATUTE, **changes: object) -> Document:
    whole = Document(
        "试验法", collection.kind, "", None, None, "", (article(text),), collection=collection
    )
    return replace(whole, **changes)


def passages(text: str, collection: Collection = STATUTE) -> list[Passage]:
    return list(split(document(text, collection)))


# --- Sentences -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！丙？", ["甲。", "乙！", "丙？"]),
        ("甲。乙", ["甲。", "乙"]),
        ("甲，乙；丙：丁。", ["甲，乙；丙：丁。"]),
        ("说“甲。”乙。", ["说“甲。”", "乙。"]),
        ("见「甲。」乙。", ["见「甲。」", "乙。"]),
        ("甲\n乙。", ["甲", "乙。"]),
        ("甲。\n \n乙。", ["甲。", "乙。"]),
        ("PM2.5超标。", ["PM2.5超标。"]),
        ("", []),
        (" \n", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text, 0, len(text))] == expected


def test_sentences_of_a_slice_have_offsets_in_the_whole() -> None:
    assert sentences("甲。乙乙。丙。", 2, 5) == [(2, 5)]


# --- 款 and 项 ----------------------------------------------------------------------------------

LISTED = article("有下列情形的：", "（一）甲；", "（二）乙。", "前款规定除外。")


@pytest.mark.parametrize(
    ("whole", "locators"),
    [
        (article("甲。"), ["第五条"]),
        (article("甲。", "乙。"), ["第五条第一款", "第五条第二款"]),
        (
            article("甲：", "（一）乙；", "（二）丙。"),
            ["第五条", "第五条第（一）项", "第五条第（二）项"],
        ),
        (
            LISTED,
            [
                "第五条第一款",
                "第五条第一款第（一）项",
                "第五条第一款第（二）项",
                "第五条第二款",
            ],
        ),
        (
            article("甲。", "乙：", "（十一）丙。"),
            ["第五条第一款", "第五条第二款", "第五条第二款第（十一）项"],
        ),
        (article("甲。", "附表", "乙 | 1"), ["第五条", "第五条附表", "第五条附表"]),
    ],
)
def test_how_a_part_is_cited(whole: Article, locators: list[str]) -> None:
    assert [span.locator for span in spans(whole, STATUTE)] == locators


def test_paragraphs_and_items_are_counted_from_one() -> None:
    found = spans(LISTED, STATUTE)
    assert [(span.paragraph, span.item) for span in found] == [(1, 0), (1, 1), (1, 2), (2, 0)]
    assert [span.part for span in found] == ["1", "1.1", "1.2", "2"]
    assert [LISTED.text[span.start : span.end] for span in found] == LISTED.text.split("\n")


def test_items_begin_anew_in_every_paragraph() -> None:
    whole = article("甲：", "（一）乙。", "丙：", "（一）丁；", "（二）戊。")
    parts = [span.part for span in spans(whole, STATUTE)]
    assert parts == ["1", "1.1", "2", "2.1", "2.2"]


def test_other_texts_are_cited_by_sentence() -> None:
    plain = Article("通知@1", "第1段", (), "甲。乙。\n丙。")
    assert [span.locator for span in spans(plain, TEXT)] == [
        "第1段第一句",
        "第1段第二句",
        "第1段第三句",
    ]
    policy = Article("政策#减污", "减污", (), "甲。乙。")
    assert [span.locator for span in spans(policy, POLICY)] == [
        "“减污”部分第一句",
        "“减污”部分第二句",
    ]


def test_how_a_whole_article_is_cited() -> None:
    assert locator_of(article("甲。"), STATUTE) == "第五条"
    assert locator_of(Article("政策#减污", "减污", (), "甲。"), POLICY) == "“减污”部分"


def test_the_sentence_that_announces_a_part() -> None:
    text = "“减污”：治理污染。说明“减污”：同上。"
    assert opens_part(article(text), POLICY, 0)
    assert not opens_part(article(text), POLICY, text.index("说明"))
    assert not opens_part(article(text), STATUTE, 0)


# --- A named part --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paragraph", "item", "expected"),
    [
        (1, None, "有下列情形的：\n（一）甲；\n（二）乙。"),
        (2, None, "前款规定除外。"),
        (1, 1, "（一）甲；"),
        (1, 2, "（二）乙。"),
        (None, 2, "（二）乙。"),
        (3, None, None),
        (1, 3, None),
        (2, 1, None),
        (1, 0, None),
        (None, 3, None),
    ],
)
def test_a_named_paragraph_or_item(
    paragraph: int | None, item: int | None, expected: str | None
) -> None:
    found = find_part(LISTED, STATUTE, paragraph, item)
    assert (found and LISTED.text[found[0] : found[1]]) == expected


def test_an_item_alone_is_that_of_the_first_paragraph_that_has_it() -> None:
    whole = article("甲。", "乙：", "（一）丙。", "丁：", "（一）戊；", "（二）己。")
    first, second = (find_part(whole, STATUTE, None, item) for item in (1, 2))
    assert first == find_part(whole, STATUTE, 2, 1)
    assert second == find_part(whole, STATUTE, 3, 2)


def test_whether_anything_is_listed() -> None:
    assert has_items(LISTED, STATUTE)
    assert not has_items(article("甲。", "乙（一）丙。"), STATUTE)
    assert not has_items(LISTED, TEXT)


# --- Passages ------------------------------------------------------------------------------------


def test_a_short_article_is_one_passage_with_all_that_it_is_shown_with() -> None:
    (passage,) = split(document(LISTED.text, adopted=date(2020, 1, 2)))
    assert passage == Passage(
        passage.id, "试验法#5", "试验法@2020-01-02", Kind.STATUTE, "试验法", ("第一章 总则",),
        "第五条", 0, LISTED.text, ("1", "1.1", "1.2", "2"),
    )  # fmt: skip
    assert passage.end == len(LISTED.text)


@pytest.mark.parametrize(
    ("text", "locator"), [("甲。", "第五条"), ("甲。\n乙。", "第五条"), (LISTED.text, "第五条")]
)
def test_a_whole_article_is_cited_by_its_number(text: str, locator: str) -> None:
    assert [passage.locator for passage in passages(text)] == [locator]


@pytest.mark.parametrize(("length", "count"), [(MAX_CHARS, 1), (MAX_CHARS + 1, 2)])
def test_an_article_is_split_only_where_it_is_too_long(length: int, count: int) -> None:
    text = "甲" * (length - 4) + "。\n乙。"
    assert len(text) == length
    assert len(passages(text)) == count


def test_a_long_article_is_split_by_paragraph() -> None:
    found = passages("\n".join(["甲" * 150 + "：", "（一）乙。", "丙" * 200 + "。", "丁。"]))
    assert [passage.locator for passage in found] == [
        "第五条第一款",
        "第五条第二款",
        "第五条第三款",
    ]
    assert [passage.parts for passage in found] == [("1", "1.1"), ("2",), ("3",)]


def test_a_long_list_is_split_between_items() -> None:
    lines = ["有下列情形的：", *(f"（{n}）{'甲' * 120}；" for n in "一二三四")]
    found = passages("\n".join(lines))
    assert [passage.parts for passage in found] == [("1", "1.1", "1.2"), ("1.3", "1.4")]
    assert [passage.locator for passage in found] == ["第五条", "第五条第（三）项"]


def test_one_long_sentence_is_not_torn() -> None:
    text = "甲" * (3 * MAX_CHARS) + "。"
    assert [passage.text for passage in passages(text)] == [text]


def test_every_sentence_of_a_policy_is_a_passage() -> None:
    found = passages("甲。乙。", POLICY)
    assert [(p.text, p.start, p.parts) for p in found] == [("甲。", 0, ("1",)), ("乙。", 2, ("2",))]


LINES = st.lists(
    st.builds(
        lambda head, length, end: head + "甲" * length + end,
        st.sampled_from(["", "（一）", "（二）", "附件", "乙。"]),
        st.integers(1, 200),
        st.sampled_from(["。", "；", "：", "", "。”"]),
    ),
    min_size=1,
    max_size=9,
).map("\n".join)
ANY = st.sampled_from([STATUTE, POLICY, TEXT])


@given(LINES, ANY)
def test_passages_are_slices_in_order(text: str, collection: Collection) -> None:
    end = 0
    for passage in passages(text, collection):
        assert passage.start >= end
        assert text[passage.start : passage.end] == passage.text
        end = passage.end


@given(LINES, ANY)
def test_passages_cover_the_text(text: str, collection: Collection) -> None:
    covered = "".join(passage.text for passage in passages(text, collection))
    assert covered.replace("\n", "") == text.replace("\n", "")


@given(LINES, st.sampled_from([STATUTE, TEXT]))
def test_a_passage_of_several_parts_is_not_long(text: str, collection: Collection) -> None:
    for passage in passages(text, collection):
        assert len(passage.parts) == 1 or len(passage.text) <= MAX_CHARS


@given(LINES, ANY)
def test_every_part_is_in_one_passage(text: str, collection: Collection) -> None:
    parts = [span.part for span in spans(article(text), collection)]
    assert [part for passage in passages(text, collection) for part in passage.parts] == parts


@given(LINES, ANY)
def test_ids_are_unique_and_the_same_every_time(text: str, collection: Collection) -> None:
    ids = [passage.id for passage in passages(text, collection)]
    assert len(set(ids)) == len(ids)
    assert ids == [passage.id for passage in passages(text, collection)]


@pytest.mark.parametrize(
    "other",
    [
        document("甲。"),
        document("乙。", title="另法"),
        document("乙。", adopted=date(2020, 1, 1)),
        document("乙。", articles=(replace(article("乙。"), key="试验法#6"),)),
    ],
    ids=["text", "title", "version", "article"],
)
def test_another_content_has_another_id(other: Document) -> None:
    (own,), (changed,) = split(document("乙。")), split(other)
    assert own.id != changed.id


def test_the_id_tells_nothing_but_the_content() -> None:
    (own,) = split(document("乙。"))
    (moved,) = split(document("乙。", url="https://example.org", issuer="某局"))
    assert own.id == moved.id
