"""Looking around in a small corpus whose every answer is known."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.browsing import Browsing, Place, Section, sections
from corpus.catalog import Corpus
from corpus.collection import Kind
from corpus.statutes import Successor
from corpus.types import Article
from tests.records import DAY, make_article, make_document, patient

OLD = make_document(
    make_article(1, "夜间不得施工。", title="旧法"),
    make_article(2, "罚款一万元。", title="旧法"),
    make_article(3, "没有后继。", title="旧法"),
    title="旧法",
)
NEW = make_document(
    make_article(1, "噪声敏感区夜间不得施工。", title="中华人民共和国新法典"),
    make_article(2, "违反本法第一条的，罚款二万元，依照第三条公布。", title="中华人民共和国新法典"),
    make_article(3, "前款规定和《旧法》第二条、《旧法》第九条不适用，见《别法》第一条。",
                 title="中华人民共和国新法典"),
    make_article(13, "夜 间作业。", title="中华人民共和国新法典"),
    make_article(3, "推行EOD模式。", title="中华人民共和国新法典",
                 key="中华人民共和国新法典#3之一", label="第三条之一"),
    make_article(20, "《旧法》同时废止。", title="中华人民共和国新法典"),
    title="中华人民共和国新法典",
    effective=date(2026, 8, 15),
)  # fmt: skip
MANUAL = make_document(
    make_article(1, "夜间值班。", key="手册@1", label="第1段"),
    title="手册",
    kind=Kind.DOCUMENT,
    effective=None,
)
CODE = "中华人民共和国新法典"
SUCCESSORS = {
    "旧法#1": Successor("旧法#1", (f"{CODE}#1",), "后继"),
    "旧法#2": Successor("旧法#2", (f"{CODE}#2", f"{CODE}#1"), "后继"),
    "旧法#3": Successor("旧法#3", (), "没有"),
}
CORPUS = Corpus([OLD, NEW, MANUAL], {"法典": CODE}, successors=SUCCESSORS)


@pytest.fixture
def browsing() -> Browsing:
    return Browsing(CORPUS, DAY)


def keys(places: list[Place]) -> list[str]:
    return [place.article.key for place in places]


def article(key: str) -> Article:
    return next(a for d in CORPUS.documents for a in d.articles if a.key == key)


def test_a_document_is_cut_where_its_headings_change() -> None:
    paths = [("甲",), ("甲",), ("甲", "乙"), (), ("甲",)]
    document = make_document(*(make_article(n, path=p) for n, p in enumerate(paths, 1)))
    assert sections(document) == (
        Section(("甲",), 0, 2),
        Section(("甲", "乙"), 2, 3),
        Section((), 3, 4),
        Section(("甲",), 4, 5),
    )


@patient
@given(st.lists(st.sampled_from([(), ("甲",), ("乙",), ("甲", "乙")]), max_size=20))
def test_sections_follow_each_other_without_gaps(paths: list[tuple[str, ...]]) -> None:
    document = make_document(*(make_article(n, path=p) for n, p in enumerate(paths, 1)))
    found = sections(document)
    assert [i for s in found for i in range(s.first, s.end)] == list(range(len(paths)))
    assert [s.path for s in found for _ in range(s.first, s.end)] == paths
    assert all(one.path != other.path for one, other in pairwise(found))


def test_an_article_is_found_where_it_stands(browsing: Browsing) -> None:
    place = browsing.find(f"{CODE}#3之一")
    assert place is not None
    assert (place.document, place.index) == (NEW, 4)
    assert place.article.text == "推行EOD模式。"


@pytest.mark.parametrize("key", ["", "旧法", "旧法#9", "别法#1", f"{CODE}#3之二"])
def test_what_is_not_held_is_found_nowhere(browsing: Browsing, key: str) -> None:
    assert browsing.find(key) is None


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2000, 1, 1), "旧"),
        (date(2012, 1, 1), "旧"),
        (date(2020, 1, 1), "新"),
        (date(2030, 1, 1), "新"),
    ],
)
def test_the_version_of_the_day_is_shown(day: date, text: str) -> None:
    old = make_document(make_article(1, "旧"), effective=date(2010, 1, 1))
    new = make_document(make_article(1, "新"), adopted=date(2018, 1, 1), effective=date(2020, 1, 1))
    place = Browsing(Corpus([old, new]), day).find("某法#1")
    assert place is not None
    assert place.article.text == text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("夜间", ["旧法#1", f"{CODE}#1", "手册@1"]),
        ("夜间 噪声", [f"{CODE}#1"]),
        ("噪声 夜间", [f"{CODE}#1"]),
        (" 夜间\u3000不得  施工 ", ["旧法#1", f"{CODE}#1"]),
        ("不得施工", ["旧法#1", f"{CODE}#1"]),
        ("夜間", ["旧法#1", f"{CODE}#1", "手册@1"]),
        ("eOd", [f"{CODE}#3之一"]),
        ("夜间 没有", []),
        ("", []),
        (" \u3000\n", []),
        (".*", []),
        ("%", []),
    ],
)
def test_all_the_words_are_looked_for_letter_by_letter(
    browsing: Browsing, words: str, found: list[str]
) -> None:
    assert keys(browsing.search(words)) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3", ["旧法#3", f"{CODE}#3"]),
        ("第三条", ["旧法#3", f"{CODE}#3"]),
        ("第3条", ["旧法#3", f"{CODE}#3"]),
        ("三", ["旧法#3", f"{CODE}#3"]),
        ("３", ["旧法#3", f"{CODE}#3"]),
        ("13", [f"{CODE}#13"]),
        ("十三条", [f"{CODE}#13"]),
        ("第三条之一", [f"{CODE}#3之一"]),
        ("99", []),
    ],
)
def test_a_number_is_that_of_an_article(browsing: Browsing, words: str, found: list[str]) -> None:
    assert keys(browsing.search(words)) == found


@pytest.mark.parametrize(
    "words", ["新法典第二条", "法典第2条", "《新法典》第二条", f"{CODE}第二条", "法典2"]
)
def test_a_reference_is_that_article_alone(browsing: Browsing, words: str) -> None:
    assert keys(browsing.search(words)) == [f"{CODE}#2"]


def test_several_references_are_found_in_their_order(browsing: Browsing) -> None:
    assert keys(browsing.search("法典第二条、旧法第一条")) == [f"{CODE}#2", "旧法#1"]


@pytest.mark.parametrize(
    ("words", "found"), [("夜间", [f"{CODE}#1"]), ("2", [f"{CODE}#2"]), ("手册", [])]
)
def test_a_search_may_keep_to_one_document(
    browsing: Browsing, words: str, found: list[str]
) -> None:
    assert keys(browsing.search(words, NEW)) == found


@pytest.mark.parametrize(
    ("key", "found"),
    [("旧法#1", [f"{CODE}#1"]), ("旧法#2", [f"{CODE}#2", f"{CODE}#1"]), ("旧法#3", []),
     (f"{CODE}#1", []), ("手册@1", [])],
)  # fmt: skip
def test_a_repealed_article_leads_to_what_governs_now(
    browsing: Browsing, key: str, found: list[str]
) -> None:
    assert keys(browsing.governing(article(key))) == found


def test_before_its_repeal_nothing_else_governs() -> None:
    for key in SUCCESSORS:
        assert Browsing(CORPUS, date(2026, 8, 14)).governing(article(key)) == []


@pytest.mark.parametrize(
    ("key", "found"),
    [(f"{CODE}#1", ["旧法#1", "旧法#2"]), (f"{CODE}#2", ["旧法#2"]), (f"{CODE}#3", [])],
)
def test_an_article_knows_what_it_governs_now(
    browsing: Browsing, key: str, found: list[str]
) -> None:
    assert keys(browsing.governed_before(article(key))) == found


def pointed(browsing: Browsing, key: str) -> list[tuple[str, str]]:
    """The words that point, and where they lead."""
    place = browsing.find(key)
    assert place is not None
    text = place.article.text
    return [(text[p.start : p.end], p.place.article.key) for p in browsing.pointers(place)]


def test_an_article_points_to_others_of_its_own_law(browsing: Browsing) -> None:
    assert pointed(browsing, f"{CODE}#2") == [
        ("本法第一条", f"{CODE}#1"),
        ("第三条", f"{CODE}#3"),
    ]


def test_an_article_points_only_to_what_is_held(browsing: Browsing) -> None:
    assert pointed(browsing, f"{CODE}#3") == [("《旧法》第二条", "旧法#2")]


def test_an_article_does_not_point_to_itself() -> None:
    corpus = Corpus([make_document(make_article(1, "本法第一条适用，本条和前款不适用。"))])
    browsing = Browsing(corpus, DAY)
    assert pointed(browsing, "某法#1") == []


def test_every_number_of_a_list_leads_on_and_is_led_back() -> None:
    own = "违反本法第二条、第三条第一款和第四条规定的，责令改正。"
    cited = [make_article(n, f"第{n}条的内容。") for n in (2, 3, 4)]
    law = make_document(make_article(1, own), *cited)
    browsing = Browsing(Corpus((law,)), DAY)
    pointers = browsing.pointers(Place(law, 0))
    assert [p.place.index for p in pointers] == [1, 2, 3]
    assert all(one.end <= other.start for one, other in pairwise(pointers))
    assert [own[p.start : p.end] for p in pointers[1:]] == ["第三条第一款", "第四条"]
    assert [browsing.citing(Place(law, n)) for n in (0, 1, 3)] == [
        [],
        [Place(law, 0)],
        [Place(law, 0)],
    ]
