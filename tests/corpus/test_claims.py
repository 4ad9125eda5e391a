"""An added text ends no other that stands above it or is another issuer's."""

from datetime import date

import pytest

from corpus.catalog import Corpus
from corpus.check import check_corpus
from corpus.statutes import KnownDocument
from corpus.types import Document, Status
from tests.records import make_article, make_document

DAY = date(2026, 11, 23)
LAW = make_document(
    make_article(1, title="中华人民共和国渔港法"),
    title="中华人民共和国渔港法",
    issuer="全国人民代表大会常务委员会",
)
OLD = make_document(
    make_article(1, title="丁市养犬暂行办法"), title="丁市养犬暂行办法", issuer="丁市人民政府"
)


def ending(*titles: str, **fields: object) -> Document:
    """A text of 丁市 whose last article repeals others."""
    title = str(fields.pop("title", "丁市养犬办法"))
    clause = "".join(f"《{one}》" for one in titles)
    text = f"本办法自2026年1月1日起施行，{clause}同时废止。"
    facts = {"issuer": "丁市人民政府", "effective": date(2026, 1, 1)}
    return make_document(make_article(1, text, title=title), title=title, **(facts | fields))


def held(*added: Document, known: tuple[KnownDocument, ...] = ()) -> Corpus:
    return Corpus([LAW, *added], added=[d.title for d in added], not_loaded=known)


@pytest.mark.parametrize(
    "name", ["中华人民共和国渔港法", "渔港法", "中華人民共和國漁港法", "渔港法（2020年修正）"]
)
@pytest.mark.parametrize("issuer", ["丁市人民政府", "生态环境部", "国务院", ""])
def test_the_law_stays(name: str, issuer: str) -> None:
    corpus = held(ending(name, issuer=issuer))
    assert corpus.status(LAW, DAY) is Status.IN_FORCE
    assert corpus.repeals == {}
    (finding,) = check_corpus(corpus, DAY).findings
    assert finding.key == "丁市养犬办法#1"
    assert "没有采信" in finding.what


def test_its_own_earlier_text_ends() -> None:
    corpus = held(OLD, ending("丁市养犬暂行办法", "渔港法"))
    assert corpus.status(OLD, DAY) is Status.REPEALED
    assert corpus.status(LAW, DAY) is Status.IN_FORCE
    assert len(corpus.claims.all()) == 1


@pytest.mark.parametrize("issuer", ["戊市人民政府", "丁市生态环境局", ""])
def test_the_text_of_another_issuer_stays(issuer: str) -> None:
    corpus = held(OLD, ending("丁市养犬暂行办法", issuer=issuer))
    assert corpus.status(OLD, DAY) is Status.IN_FORCE


def test_bundled_texts_repeal_as_they_did() -> None:
    corpus = Corpus([LAW, ending("中华人民共和国渔港法")])
    assert corpus.status(LAW, DAY) is Status.REPEALED


def test_what_a_bundled_text_says_goes_before() -> None:
    bundled = ending("丁市养犬暂行办法", title="丁市新办法", effective=date(2025, 1, 1))
    added = ending("丁市养犬暂行办法", effective=date(2021, 1, 1))
    corpus = Corpus([OLD, bundled, added], added=[added.title])
    assert corpus.repeals["丁市养犬暂行办法"].by == "丁市新办法#1"


def test_even_a_law_of_the_same_issuer_ends_no_bundled_one() -> None:
    new = ending("渔港法", title="中华人民共和国港口法典", issuer="全国人民代表大会")
    corpus = held(new)
    assert corpus.status(LAW, DAY) is Status.IN_FORCE
    (claim,) = corpus.claims.of(new)
    assert "没有采信" in claim.says


def test_what_is_known_by_name_alone_stays() -> None:
    known = KnownDocument("港口岸线条例", ("岸线条例",), "国务院")
    corpus = held(ending("岸线条例"), known=(known,))
    assert corpus.repeals == {}


@pytest.mark.parametrize(
    ("name", "title", "issuer", "is_believed"),
    [
        ("丁市犬只规定", "丁市养犬办法", "丁市人民政府", True),
        ("犬只管理条例", "丁市养犬办法", "丁市人民政府", False),
        ("戊市犬只规定", "丁市养犬办法", "丁市人民政府", False),
        ("犬只登记办法", "丁市养犬办法", "丁市人民政府", False),
        ("犬只登记办法（试行）", "犬只登记办法", "农业农村部", True),
        ("犬只登记办法（试行）", "犬只登记办法", "", False),
    ],
)
def test_of_a_text_that_is_not_held(name: str, title: str, issuer: str, is_believed: bool) -> None:
    corpus = held(ending(name, title=title, issuer=issuer))
    assert (corpus.repeal(name) is not None) is is_believed


@pytest.mark.parametrize(
    ("issuer", "status"),
    [("丁市人民政府", Status.SUPERSEDED), ("戊市人民政府", Status.IN_FORCE), ("", Status.IN_FORCE)],
)
def test_replacing_has_the_same_rule(issuer: str, status: Status) -> None:
    new = make_document(
        make_article(1, title="养犬新规"), title="养犬新规", issuer=issuer, replaces=OLD.title
    )
    higher = make_document(title="丁市养犬规定", issuer="丁市人民政府", replaces=OLD.title)
    assert held(OLD, new).status(OLD, DAY) is (
        # A plain notice of the same government stands below its rules.
        Status.IN_FORCE if issuer else status
    )
    assert held(OLD, higher).status(OLD, DAY) is Status.SUPERSEDED
    law = make_document(title="丁市渔港规定", issuer="丁市人民政府", replaces=LAW.title)
    assert held(law).status(LAW, DAY) is Status.IN_FORCE
