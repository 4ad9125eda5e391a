"""A text on two days."""

from datetime import date

import pytest

from assistant.checking import compare
from assistant.checking.comparing import Became, changes
from corpus.catalog import Corpus
from corpus.errors import OptionError


def test_changes_put_together_are_both_texts() -> None:
    before, after = "处五万元以上二十万元以下的罚款", "处十万元以上一百万元以下的罚款"
    found = changes(before, after)
    assert "".join(c.before for c in found) == before
    assert "".join(c.after for c in found) == after
    assert any(c.is_change for c in found)


def test_two_versions(corpus: Corpus) -> None:
    found = compare(corpus, "农业法", date(2026, 11, 1), date(2027, 2, 1))
    kinds = {one.became for one in found.differences}
    assert {Became.ADDED, Became.CHANGED} <= kinds
    assert "2012年版本" in found.says
    assert "2026年版本" in found.says
    shown = [one.after for one in found.differences if one.after]
    assert len({article.key for _, article in shown}) == len(shown)


def test_a_repealed_law_and_what_governs_instead(corpus: Corpus) -> None:
    found = compare(corpus, "大气污染防治法", date(2026, 8, 1), date(2026, 11, 1))
    assert len(found.differences) == 129
    by_label = {one.before[1].label: one for one in found.differences if one.before}
    successor = corpus.successors["中华人民共和国大气污染防治法#99"].new[0]
    after = by_label["第九十九条"].after
    assert after is not None
    assert after[1].key == successor


def test_nothing_changed(corpus: Corpus) -> None:
    assert compare(corpus, "水法", date(2026, 1, 1), date(2026, 11, 1)).differences == ()


def test_the_days_may_come_in_any_order(corpus: Corpus) -> None:
    found = compare(corpus, "农业法", date(2027, 2, 1), date(2026, 11, 1))
    assert (found.first, found.second) == (date(2026, 11, 1), date(2027, 2, 1))


def test_an_unknown_title(corpus: Corpus) -> None:
    with pytest.raises(OptionError, match="没有收录《某县井盖管理办法》"):
        compare(corpus, "某县井盖管理办法", date(2026, 1, 1), date(2026, 11, 1))


def test_a_text_that_replaced_others_names_them(corpus: Corpus) -> None:
    found = compare(corpus, "生态环境法典", date(2026, 8, 1), date(2026, 9, 1))
    assert not found.differences
    assert "它取代了" in found.says
    assert "《水污染防治法》" in found.says
