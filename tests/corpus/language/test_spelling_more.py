"""What sounds alike to a speller, and where it leaves the text alone."""

import pytest

from corpus.language.spelling import Correction, Speller, count_pairs


def speller(*terms: str, times: int = 50) -> Speller:
    """Knows the terms, and texts that have each of them so often."""
    return Speller(terms, count_pairs(list(terms) * times))


@pytest.mark.parametrize(
    ("term", "typed"),
    [
        ("环境保护", "环境宝护"),
        ("固体废物", "固体费物"),
        ("自然资源", "自然支源"),
        ("自然资源", "智然资源"),
        ("生态红线", "身态红线"),
        ("声环境", "深环境"),
        ("清洁生产", "亲洁生产"),
        ("饮用水", "英用水"),
        ("山水林田", "三水林田"),
        ("采砂许可", "采撒许可"),
    ],
    ids=["tone", "same", "zh-z", "z-zh", "eng-en", "eng-en 2", "ing-in", "in-ing", "an", "sh-s"],
)
def test_what_many_do_not_tell_apart_sounds_alike(term: str, typed: str) -> None:
    assert speller(term).correct(typed) == (term, (Correction(typed, term),))


@pytest.mark.parametrize("typed", ["固体肥料", "固定废物", "流体废物", "环境卫生"])
def test_another_sound_is_another_word(typed: str) -> None:
    assert speller("固体废物", "环境保护").correct(typed) == (typed, ())


def test_a_term_itself_is_no_mistake() -> None:
    assert speller("固体废物").correct("固体废物") == ("固体废物", ())


def test_a_term_that_sounds_like_another_is_no_mistake() -> None:
    known = speller("权利人", "权力人")
    assert known.correct("权力人和权利人") == ("权力人和权利人", ())


@pytest.mark.parametrize(("times", "expected"), [(19, "舞染"), (20, "污染")])
def test_a_term_of_two_characters_has_to_be_common(times: int, expected: str) -> None:
    assert speller("污染", times=times).correct("舞染")[0] == expected


def test_a_longer_term_need_not_be_common() -> None:
    assert speller("固体废物", times=1).correct("固体费物")[0] == "固体废物"


def test_a_very_long_term_is_not_looked_for() -> None:
    ten, eleven = "突发环境事件应急预案", "突发环境事件应急预案书"
    assert speller(ten).correct("突发环境事件应急预按")[0] == ten
    typed = "突发环境事件应急预按书"
    assert speller(eleven).correct(typed) == (typed, ())


@pytest.mark.parametrize("term", ["PM2.5", "VOCs治理", "a", ""])
def test_what_is_not_all_chinese_is_no_term(term: str) -> None:
    known = Speller([term, "固体废物"], {})
    assert known.correct(term) == (term, ())


def test_no_terms_change_nothing() -> None:
    assert Speller([], {}).correct("固体费物") == ("固体费物", ())


@pytest.mark.parametrize("mark", ["，", " ", "a", "1", "\n", "《"])
def test_a_term_does_not_reach_over_a_mark(mark: str) -> None:
    typed = f"固体{mark}费物"
    assert speller("固体废物").correct(typed) == (typed, ())


def test_every_place_is_put_right_and_told_in_order() -> None:
    text, found = speller("固体废物", "举报电话").correct("固体费物的举抱电话，固体费物")
    assert text == "固体废物的举报电话，固体废物"
    assert sorted((c.typed, c.meant) for c in found) == [
        ("举抱电话", "举报电话"),
        ("固体费物", "固体废物"),
        ("固体费物", "固体废物"),
    ]


def test_the_longest_term_is_taken_first() -> None:
    _, found = speller("危险废物", "危险废物经营许可证").correct("危险费物经营许可证")
    assert found == (Correction("危险费物经营许可证", "危险废物经营许可证"),)


def test_the_text_around_stays() -> None:
    text, _ = speller("固体废物").correct("2025年 PM2.5，固体费物（GB 123）！")
    assert text == "2025年 PM2.5，固体废物（GB 123）！"


def test_the_neighbours_outside_of_the_term_count() -> None:
    """「费」 stands beside 「收」 all the time: 「收费」 is meant."""
    pairs = {**count_pairs(["废物"] * 50), "收费": 500}
    known = Speller(["废物处"], pairs | {"物处": 50})
    assert known.correct("费物处")[0] == "废物处"
    assert known.correct("收费物处") == ("收费物处", ())


@pytest.mark.parametrize(
    ("texts", "pairs"),
    [
        ([], {}),
        (["污"], {}),
        (["污染"], {"污染": 1}),
        (["污染", "污染"], {"污染": 2}),
        (["污污污"], {"污污": 2}),
        (["污1染", "a b"], {}),
        (["水污染。水"], {"水污": 1, "污染": 1}),
    ],
)
def test_pairs(texts: list[str], pairs: dict[str, int]) -> None:
    assert count_pairs(texts) == pairs
