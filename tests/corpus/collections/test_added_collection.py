"""What an added document is part of."""

from dataclasses import replace

import pytest

from corpus.catalog import Corpus
from corpus.collection import Collection, Kind, Place
from corpus.collections import collection_of_added
from corpus.document_json import from_json, to_json
from corpus.types import Article, Document

OURS = Collection(Kind.POLICY, issuer="甲市生态环境局", place=Place("甲市", districts=("乙县",)))


def document(title: str, part_of: str = "") -> Document:
    article = Article(f"{title}@1", "第1段", (), "夜间不得施工。")
    found = Document(title, Kind.DOCUMENT, "", None, None, "", (article,), part_of=part_of)
    collection = collection_of_added(title, found.kind, "", part_of, [OURS])
    return replace(found, collection=collection)


@pytest.mark.parametrize(
    ("title", "part_of", "place"),
    [
        ("夜间施工提示", "", ""),
        ("青岛市夜间施工提示", "", "青岛市"),
        ("夜间施工提示", "青岛市生态环境局", "青岛市"),
        ("夜间施工提示", "甲市生态环境局", "甲市"),
        ("青岛市夜间施工提示", "济南市生态环境局", "济南市"),
        ("青岛市夜间施工提示", "固废科", "青岛市"),
        ("夜间施工提示", "固废科", ""),
    ],
)
def test_the_place_is_that_of_the_collection_or_of_the_head(title: str, part_of: str, place: str):
    assert document(title, part_of).collection.place_name == place


def test_a_collection_that_is_held_gives_all_that_it_knows_of_its_place():
    assert document("夜间施工提示", "甲市生态环境局").collection.place == OURS.place


def test_what_the_first_text_knows_of_a_place_counts():
    first = replace(document("部署"), kind=Kind.POLICY, collection=OURS)
    bare = replace(OURS, name="甲市的文件", place=Place("甲市"))
    corpus = Corpus([first, replace(document("计划"), kind=Kind.POLICY, collection=bare)])
    assert corpus.places.district("乙县的夜市") == "乙县"
    assert [c.name for c in corpus.collections] == ["", "甲市的文件"]


def test_the_name_is_kept_with_the_document_and_only_where_there_is_one():
    assert "part_of" not in to_json(document("提示"))
    kept = from_json(to_json(document("提示", "固废科")))
    assert kept.part_of == "固废科"
