"""What staff see of a file before it is published."""

from datetime import date

import pytest

from assistant.uploads import Heading, look_at
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.readers import Reading
from corpus.types import Document
from tests.records import make_article, make_document

DAY = date(2026, 11, 23)
TITLE = "庚市噪声条例"


def made(*texts: str, **fields: object) -> Document:
    """A local rule of 2019 with these articles, numbered from 1 unless ``numbers`` says so."""
    numbers = fields.pop("numbers", range(1, len(texts) + 1))
    paths = fields.pop("paths", [()] * len(texts))
    articles = (
        make_article(n, text, title=TITLE, path=path)
        for n, text, path in zip(numbers, texts, paths, strict=True)  # type: ignore[call-overload]
    )
    facts = {"title": TITLE, "issuer": "庚市人大", "effective": date(2019, 5, 1)}
    return make_document(*articles, **(facts | fields))


def says(document: Document, corpus: Corpus) -> dict[str, tuple[str, ...]]:
    """What looks wrong, and where."""
    seen = look_at(Reading(document), corpus, DAY)
    return {concern.says: concern.places for concern in seen.concerns}


def test_what_is_as_it_should_be_raises_no_concern(corpus: Corpus) -> None:
    document = made("应当安静，并且不得扰民。", "违者由镇人民政府处罚。")
    seen = look_at(Reading(document, ("第 3 页有图片没有读。",)), corpus, DAY)
    assert seen.concerns == seen.repealed == seen.older == ()
    assert (seen.articles, seen.paragraphs, seen.tables, seen.takes_place) == (2, 0, 0, "")
    assert (seen.first.label, seen.last.label) == ("第一条", "第二条")
    assert seen.notes == ("第 3 页有图片没有读。",)


def test_outline_counts_what_stands_below(corpus: Corpus) -> None:
    paths = [("第一章 甲", "第一节 乙"), ("第一章 甲", "第二节 丙"), ("第二章 丁",), ("第二章 丁",)]
    document = made("应当。", "不得。", "可以。", "处罚。", paths=paths)
    assert look_at(Reading(document), corpus, DAY).outline == (
        Heading(0, "第一章 甲", 2),
        Heading(1, "第一节 乙", 1),
        Heading(1, "第二节 丙", 1),
        Heading(0, "第二章 丁", 2),
    )


@pytest.mark.parametrize(
    ("document", "says_so"),
    [
        (made("应当安静。", "不得扰民。", numbers=(2, 1)), "条号次序不对"),
        (made("应当安静。", "不得扰民。", numbers=(1, 3)), "缺这一条"),
        (made("应当安静。", "不得扰民。", numbers=(1, 1)), "重复出现 2 次"),
        (made("应当安静。", "不得扰\ufffd民。"), "有认不出的文字"),
        (made("应当安静。", "不得\ue123扰民。"), "有认不出的文字"),
        (made("应当安静。", f"{'不得扰民，' * 700}违者处罚。"), "可能几条连成了一条"),
        (made("应当安静。", "略。"), "可能没有读全"),
        (made("应当安静。", effective=None), "没有读到施行日期"),
        (made("应当安静。", issuer=""), "没有读到发布机关"),
        (made("应当安静。", kind=Kind.DOCUMENT, effective=None), "没有读到日期"),
        (made("应当安静。", title="中华人民共和国水法"), "自带的文件里已有"),
    ],
)
def test_what_looks_wrong_is_told(corpus: Corpus, document: Document, says_so: str) -> None:
    assert any(says_so in said for said in says(document, corpus))


def test_a_gap_names_the_article(corpus: Corpus) -> None:
    found = says(made("应当安静。", "不得扰民。", numbers=(1, 4)), corpus)
    assert found["缺这一条"] == ("2", "3")


def test_repealed_statutes_are_counted_and_named(corpus: Corpus) -> None:
    document = made(
        "根据《中华人民共和国噪声污染防治法》，制定本条例。",
        "依照《中华人民共和国噪声污染防治法》第七十七条处罚。",
        "依照《中华人民共和国水法》第三条管理。",
    )
    seen = look_at(Reading(document), corpus, DAY)
    (cited,) = seen.repealed
    assert (cited.title, cited.count) == ("中华人民共和国噪声污染防治法", 2)
    assert "第七十七条" in cited.places[1]
    assert len(seen.older) == 1
    assert "废止" in seen.older[0]


def test_older_than_a_statute_that_was_amended_since(corpus: Corpus) -> None:
    texts = ("根据《中华人民共和国水法》，制定本条例。", "应当节约用水。")
    (old,) = look_at(Reading(made(*texts, effective=date(2010, 1, 1))), corpus, DAY).older
    assert "水法" in old
    assert "2016年" in old
    assert look_at(Reading(made(*texts)), corpus, DAY).older == ()
    assert look_at(Reading(made(*texts, effective=None)), corpus, DAY).older == ()


def test_a_title_that_was_added_will_be_a_new_version(corpus: Corpus) -> None:
    held = made("应当安静。", "不得扰民。", effective=date(2012, 3, 4))
    both = Corpus([*corpus.documents, held], added=[TITLE])
    seen = look_at(Reading(made("应当很安静。")), both, DAY)
    assert seen.takes_place == f"会换掉现有的《{TITLE}》（2 条（段），2012年3月4日）。"
    assert not any("自带" in concern.says for concern in seen.concerns)
