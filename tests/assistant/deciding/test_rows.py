"""A table tells what is asked where its row and its title or a column are spoken of."""

from dataclasses import replace

import pytest

from assistant.deciding import is_told_by_row
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.splitting import split
from corpus.types import Article, Document
from index.types import Retrieval, ScoredPassage

ROWS = (
    "表1 水污染物排放限值（单位：mg/L）　总氮（序号 1）：直接排放 15；间接排放 40\n"
    "表1 水污染物排放限值（单位：mg/L）　苯胺类（C6H5）／车间：直接排放 1；间接排放 2\n"
    "分类名录　饲料加工132*（序号 15，十、农副食品加工业13）：报告书 /；报告表 含发酵的"
)


def found(text: str) -> tuple[Retrieval, Corpus]:
    article = Article("甲规定@1", "第1段", (), text)
    document = Document("甲规定", Kind.DOCUMENT, "", None, None, "", (article,))
    hit = ScoredPassage(next(iter(split(document))), 0.9)
    return Retrieval((hit,), 0.9, 0.1), Corpus([document])


@pytest.mark.parametrize(
    ("question", "is_told"),
    [
        ("总氮直接排放多少", True),
        ("总氮的限值", True),
        ("苯胺类间接排放的限值", True),
        ("饲料加工要做报告表吗", True),
        ("总氮超标怎么罚", False),
        ("夜间噪声的限值", False),
        ("直接排放的限值是多少", False),
    ],
)
def test_rows(question: str, is_told: bool) -> None:
    assert is_told_by_row(question, *found(ROWS)) is is_told


def test_a_text_without_rows_and_nothing_found() -> None:
    retrieval, corpus = found("总氮直接排放的限值由标准规定。")
    assert not is_told_by_row("总氮直接排放多少", retrieval, corpus)
    assert not is_told_by_row("总氮直接排放多少", replace(retrieval, hits=()), corpus)
