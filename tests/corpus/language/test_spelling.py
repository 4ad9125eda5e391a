"""Homophones are put right; names and correct wording are left alone."""

import pytest

from corpus.catalog import Corpus
from corpus.language.spelling import Correction, Speller, count_pairs
from corpus.language.text import fold

MISTYPED = {
    "排物许可证": "排污许可证",
    "固体费物": "固体废物",
    "举抱电话": "举报电话",
    "危险费物": "危险废物",
    "噪生污染": "噪声污染",
    "光伏法电": "光伏发电",
}
NAMES = [
    "王小明和李建国在寿光市和青州市开的店",
    "张伟、刘洋住在奎文区胜利东街",
    "孙志强在昌邑柳疃镇养猪",
    "赵雪梅开的理发店在高密夏庄",
    "诸城市密州街道、安丘市景芝镇、临朐县、昌乐县",
    "弥河、潍河、小清河和峡山水库的水质",
    "坊子区、寒亭区、滨海区",
]
#: One correct wording in so many may be taken for a mistyped term.
TOLERATED = 200


@pytest.mark.parametrize("typed", MISTYPED)
def test_a_term_that_sounds_the_same_is_meant(corpus: Corpus, typed: str) -> None:
    text, corrections = corpus.speller.correct(f"请问{typed}怎么办")
    assert text == f"请问{MISTYPED[typed]}怎么办"
    (correction,) = corrections
    assert correction.typed in typed
    assert correction.meant in MISTYPED[typed]


@pytest.mark.parametrize("text", NAMES)
def test_people_and_places_keep_their_names(corpus: Corpus, text: str) -> None:
    assert corpus.speller.correct(text) == (text, ())


def test_correct_wording_stays(corpus: Corpus) -> None:
    asked = [fold(question) for wording in corpus.lay_wording for question in wording.questions]
    changed = [question for question in asked if corpus.speller.correct(question)[1]]
    assert len(changed) * TOLERATED <= len(asked), changed


def test_the_statutes_stay(corpus: Corpus) -> None:
    texts = [fold(a.text) for document in corpus.documents for a in document.articles]
    changed = [found for text in texts if (found := corpus.speller.correct(text)[1])]
    assert len(changed) * TOLERATED <= len(texts), changed


def test_correcting_twice_changes_nothing_more(corpus: Corpus) -> None:
    for typed in MISTYPED:
        once, _ = corpus.speller.correct(typed)
        assert corpus.speller.correct(once) == (once, ())


def test_titles_and_numbers_are_left_alone(corpus: Corpus) -> None:
    for name in corpus.names:
        assert corpus.speller.correct(name) == (name, ())
    assert corpus.speller.correct("PM2.5和126项 abc") == ("PM2.5和126项 abc", ())


def test_the_length_never_changes(corpus: Corpus) -> None:
    text, corrections = corpus.speller.correct("排物许可证和固体费物, 举抱电话")
    assert text == "排污许可证和固体废物, 举报电话"
    assert len(corrections) == 3
    assert all(len(found.typed) == len(found.meant) for found in corrections)


def test_only_an_odd_pair_is_mistyped() -> None:
    pairs = {"噪声": 100, "声污": 100, "污染": 500, "噪生": 0, "生污": 0}
    speller = Speller(["噪声污染"], pairs)
    assert speller.correct("噪生污染") == ("噪声污染", (Correction("噪生污染", "噪声污染"),))
    # Where texts do write it so, it stays.
    common = Speller(["噪声污染"], {**pairs, "噪生": 50})
    assert common.correct("噪生污染") == ("噪生污染", ())


def test_a_long_term_may_have_two_wrong_characters_and_a_short_one_only_one() -> None:
    speller = Speller(["排污许可证", "危险废物"], count_pairs(["排污许可证", "危险废物"] * 50))
    assert speller.correct("排物许可正")[0] == "排污许可证"
    assert speller.correct("危显费物") == ("危显费物", ())


def test_pairs_are_counted_within_runs_of_characters() -> None:
    assert count_pairs(["污染，污染防治", "a污"]) == {"污染": 2, "染防": 1, "防治": 1}
