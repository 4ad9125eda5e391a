"""What looks wrong in a document that was just read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.catalog import Corpus
from corpus.check import look_through
from corpus.collection import Kind
from corpus.statutes import in_marks
from corpus.taken import Taken
from corpus.types import Article, Document

#: A character that stands for none, of a font's own or of a font without a table.
_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff]|\(cid:\d+\)")
#: Characters of an article beyond which several were perhaps run together, and of a scrap.
_LONG, _SHORT = 3000, 4
_MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that looks wrong at ``count`` places, and the labels of the first of them."""

    says: str
    count: int = 1
    places: tuple[str, ...] = ()


def find_concerns(document: Document, corpus: Corpus) -> Iterator[Concern]:
    """What whoever publishes it should look at, what matters most first."""
    bundled = (d for d in corpus.documents if d.title not in corpus.added)
    if title := Taken(bundled).by(document.title):
        yield Concern(f"自带的文件里已有{in_marks(title)}，请换个标题再发布")
    for claim in corpus.claims.of(document):
        yield Concern(claim.says)
    if document.kind is Kind.STATUTE and document.effective is None:
        yield Concern("没有读到施行日期，效力会显示为“未载施行日期”，请填写")
    elif document.effective is None and document.adopted is None:
        yield Concern("没有读到日期，请填写成文或公布日期")
    if not document.issuer:
        yield Concern("没有读到发布机关，请填写")
    yield from _of_articles(document)


def _of_articles(document: Document) -> Iterator[Concern]:
    labels = {article.key: article.label for article in document.articles}
    grouped: dict[str, list[str]] = {}
    for finding in look_through(document):
        place = labels.get(finding.key) or finding.key.removeprefix(f"{document.title}#")
        grouped.setdefault(finding.what, []).append(place)
    for says, found in (
        ("有认不出的文字", [a for a in document.articles if _UNREADABLE.search(a.text)]),
        (f"超过 {_LONG} 字，可能几条连成了一条", _longer(document)),
        (f"不到 {_SHORT} 字，可能没有读全", _shorter(document)),
    ):
        if found:
            grouped.setdefault(says, []).extend(article.label for article in found)
    for says, places in grouped.items():
        yield Concern(says, len(places), tuple(places[:_MOST_PLACES]))


def _longer(document: Document) -> list[Article]:
    return [article for article in document.articles if len(article.text) > _LONG]


def _shorter(document: Document) -> list[Article]:
    return [article for article in document.articles if len(article.text.strip()) < _SHORT]
