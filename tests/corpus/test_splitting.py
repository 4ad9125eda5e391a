from corpus.catalog import Corpus
from corpus.collection import Collection, Kind
from corpus.splitting import MAX_CHARS, locator_over, spans, split
from corpus.types import Article, Document


def test_passages_are_slices_of_their_article(corpus: Corpus) -> None:
    for document in corpus.documents:
        texts = {article.key: article.text for article in document.articles}
        for passage in split(document):
            assert texts[passage.key][passage.start : passage.end] == passage.text


def test_passages_cover_every_article(corpus: Corpus) -> None:
    for document in corpus.documents:
        covered: dict[str, str] = {}
        for passage in split(document):
            covered[passage.key] = covered.get(passage.key, "") + passage.text
        for article in document.articles:
            assert covered[article.key].replace("\n", "") == article.text.replace("\n", "")


def test_ids_are_unique_and_come_from_the_content(corpus: Corpus) -> None:
    passages = corpus.passages()
    assert len({passage.id for passage in passages}) == len(passages)
    assert [p.id for p in passages] == [p.id for p in corpus.passages()]


def test_no_passage_is_long(corpus: Corpus) -> None:
    for passage in corpus.passages():
        if "\n" in passage.text:
            assert len(passage.text) <= MAX_CHARS


def test_locators_name_paragraph_and_item(corpus: Corpus) -> None:
    (code,) = corpus.versions("中华人民共和国生态环境法典")
    article = next(a for a in code.articles if a.key.endswith("#147"))
    locators = [span.locator for span in spans(article, Collection(Kind.STATUTE))]
    assert locators == [
        "第一百四十七条第一款",
        "第一百四十七条第二款",
        "第一百四十七条第二款第（一）项",
        "第一百四十七条第二款第（二）项",
        "第一百四十七条第三款",
        "第一百四十七条第四款",
    ]


def test_policy_passages_are_sentences(corpus: Corpus) -> None:
    passages = list(split(corpus.documents[0]))
    assert all(passage.text.endswith("。") for passage in passages)
    assert any("126项" in p.text and p.locator == "“减污”部分第二句" for p in passages)


def test_a_long_paragraph_of_a_document_is_split_by_sentence() -> None:
    text = "渔船应当在港内清洗甲板。" * 60
    article = Article("须知@1", "第1段", (), text)
    document = Document("须知", Kind.DOCUMENT, "", None, None, "", (article,))
    passages = list(split(document))
    assert len(passages) > 1
    assert all(len(passage.text) <= MAX_CHARS for passage in passages)
    assert passages[0].locator == "第1段第一句"


def test_what_spans_several_parts_names_the_first_and_the_last() -> None:
    text = "一款。\n二款：\n（一）甲；\n（二）乙；\n（三）丙。\n三款。\n四款。"
    article = Article("某法#5", "第五条", (), text)

    def cited(first: str, last: str) -> str:
        start, end = text.index(first), text.index(last) + len(last)
        return locator_over(article, Collection(Kind.STATUTE), start, end).removeprefix("第五条")

    assert cited("（一）", "甲；") == "第二款第（一）项"
    assert cited("（一）", "乙；") == "第二款第（一）项、第（二）项"
    assert cited("（一）", "丙。") == "第二款第（一）项至第（三）项"
    assert cited("二款", "丙。") == "第二款"
    assert cited("三款", "四款。") == "第三款、第四款"
    assert cited("（三）", "四款。") == "第二款至第四款"
    assert cited("一款", "四款。") == ""
