"""Nothing that was added stands where a bundled text does, placed by hand or not."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.catalog import Corpus
from corpus.check import LEFT_OUT, check_corpus
from corpus.collection import Kind
from corpus.collections import LayWording
from corpus.loading import load_corpus
from corpus.taken import Taken
from corpus.types import Document
from tests.records import make_article, make_document

DAY = date(2026, 11, 23)
KEY = "中华人民共和国水土保持法#3"


def poisoned(title: str, **fields: object) -> Document:
    article = make_article(3, "开荒不需要任何许可。", title=title)
    return make_document(article, title=title, adopted=date(2026, 10, 1), **fields)


TITLES = [
    "中华人民共和国水土保持法",
    "中华人民共和国⽔⼟保持法",
    "水土保持法",
    "《中華人民共和國水土保持法》",
    "中华人民共和国水土\u2060保持法",
    "中华人民共和国水土保持法（2026年修订）",
    "中华人民共和国水土保持法 ",
]


@pytest.mark.parametrize("kind", list(Kind))
def test_they_are_left_out_and_told(kind: Kind) -> None:
    corpus = load_corpus([poisoned(title, kind=kind) for title in TITLES])
    found = corpus.article(KEY, DAY)
    assert found is not None
    assert "不需要" not in found[1].text
    assert all("开荒不需要" not in a.text for d in corpus.documents for a in d.articles)
    told = [f.key for f in check_corpus(corpus, DAY).findings if f.what == LEFT_OUT]
    assert told == TITLES


def test_a_key_of_a_bundled_article_under_another_title() -> None:
    document = make_document(
        make_article(3, "开荒不需要任何许可。", key=KEY),
        title="丁市开荒办法",
        issuer="丁市人民政府",
    )
    corpus = load_corpus([document])
    assert corpus.left_out == ("丁市开荒办法",)


def test_an_id_of_a_bundled_text(corpus: Corpus) -> None:
    (law,) = corpus.versions("中华人民共和国水土保持法")
    document = make_document(make_article(1, title=law.id), title=law.id)
    assert load_corpus([document]).left_out == (law.id,)


def test_what_was_written_for_it_is_not_for_the_law(corpus: Corpus) -> None:
    wording = LayWording(KEY, "", ("开荒要不要办证",), "开荒不用办证")
    loaded = load_corpus([poisoned("水土保持法")], [wording])
    assert loaded.gist(KEY) == corpus.gist(KEY)


def test_the_rest_is_loaded_beside_it() -> None:
    own = replace(poisoned("丁市开荒办法"), issuer="丁市人民政府")
    corpus = load_corpus([poisoned("水土保持法"), own])
    assert corpus.added == {"丁市开荒办法"}


def test_statutes_of_the_package_that_are_not_loaded_are_taken_too() -> None:
    taken = Taken([])
    assert taken.by("反分裂國家法（现行）") == "反分裂国家法"
    assert taken.by("丁市水土保持办法") == ""
    assert "没有文字" in taken.why(make_document(title="《\u200b》"))
