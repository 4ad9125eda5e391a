import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalog import Corpus
from corpus.language.references import (
    Reference,
    cross_references,
    format_reference,
    parse_references,
)

CODE = "中华人民共和国生态环境法典"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("法典第176条", f"{CODE}#176"),
        ("生态环境法典第一百七十六条", f"{CODE}#176"),
        ("環境法典第１７６條", f"{CODE}#176"),
        ("法典1057条", f"{CODE}#1057"),
        ("《生态环境法典》第 176 条", f"{CODE}#176"),
        ("法典第一〇五九条", f"{CODE}#1059"),
        ("环评法第31条还能用吗", "中华人民共和国环境影响评价法#31"),
        ("水污染防治法83条，要不要改？", "中华人民共和国水污染防治法#83"),
        ("刑法第三百四十二条之一", "中华人民共和国刑法#342之一"),
    ],
)
def test_look_ups(corpus: Corpus, text: str, key: str) -> None:
    (reference,) = parse_references(text, corpus.names)
    assert reference.key == key
    assert reference.known


def test_paragraph_and_item(corpus: Corpus) -> None:
    (reference,) = parse_references("《水污染防治法》第八十三条第二款第（三）项", corpus.names)
    assert (reference.article, reference.paragraph, reference.item) == (83, 2, 3)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("法典147条的第二项", [2]),
        ("法典第147条中第（二）项", [2]),
        ("法典147条（二）", [2]),
        ("法典147条二项怎么说", [2]),
        ("法典第147条第（二）项、第（三）项", [2, 3]),
        ("行政处罚法第9条六项处罚都是什么", [None]),
    ],
)
def test_items_as_people_write_them(corpus: Corpus, text: str, items: list[int | None]) -> None:
    assert [r.item for r in parse_references(text, corpus.names)] == items


def test_lists_and_ranges_keep_the_title(corpus: Corpus) -> None:
    found = parse_references("法典第一百条至第一百零三条、第一百零五条", corpus.names)
    assert [(r.article, r.last_article) for r in found] == [(100, 103), (105, None)]
    assert {r.title for r in found} == {CODE}


def test_a_title_that_we_do_not_have(corpus: Corpus) -> None:
    (quoted,) = parse_references("《某某渔业管理条例》第三十三条", corpus.names)
    (plain,) = parse_references("某某渔业管理条例第三十三条", corpus.names)
    assert quoted.title == plain.title == "某某渔业管理条例"
    assert not quoted.known
    assert not plain.known


@pytest.mark.parametrize("text", ["村里三条河怎么治", "节水法规有哪些", "34张清单", "第三条"])
def test_no_title_is_invented(corpus: Corpus, text: str) -> None:
    assert all(r.title is None for r in parse_references(text, corpus.names))


@given(
    article=st.integers(1, 1300),
    paragraph=st.none() | st.integers(1, 12),
    item=st.none() | st.integers(1, 20),
)
def test_round_trip(article: int, paragraph: int | None, item: int | None) -> None:
    reference = Reference(CODE, article, paragraph=paragraph, item=item if paragraph else None)
    (found,) = parse_references(format_reference(reference), {CODE: CODE})
    assert format_reference(found) == format_reference(reference)


def test_cross_references_inside_an_article(corpus: Corpus) -> None:
    text = "依据本法第一千零七十三条、第一千零七十五条规定，参照《民法典》第一千二百二十九条。"
    found = cross_references(text, CODE, corpus.names)
    assert [r.key for r in found] == [
        f"{CODE}#1073",
        f"{CODE}#1075",
        "中华人民共和国民法典#1229",
    ]
    assert text[found[0].start : found[0].end] == "本法第一千零七十三条"


def test_own_cross_references_of_all_statutes_lead_to_articles(corpus: Corpus) -> None:
    found = [
        reference
        for document in corpus.documents
        if document.title not in corpus.excerpts
        for article in document.articles
        for reference in cross_references(article.text, document.title, corpus.names)
        if reference.title == document.title
    ]
    assert len(found) > 200
    keys = {article.key for document in corpus.documents for article in document.articles}
    assert [r.key for r in found if r.key not in keys] == []
