"""What a text outside the corpus decides is said as soon as that text is added."""

import pytest

from assistant.deciding import tell_needs
from assistant.matters import is_unsaid
from corpus.catalog import Corpus
from corpus.collections import Ask, AskKind
from corpus.statutes import KnownDocument
from tests.records import make_article, make_document

RULE = make_document(make_article(1, title="丁市养犬条例"), title="丁市养犬条例")
KNOWN = KnownDocument("丁市养犬条例", ("丁市犬规",), "丁市人民政府", number="丁市公告第3号")
BEFORE, AFTER = Corpus([], not_loaded=[KNOWN]), Corpus([RULE], added=[RULE.title])


def ask(*needs: str) -> Ask:
    return Ask(AskKind.DUTY, ("遛狗几点以后才行",), needs=needs)


@pytest.mark.parametrize("name", ["丁市养犬条例", "丁市养犬条例（丁市公告第3号）"])
def test_a_text_is_lacking_until_it_is_added(name: str) -> None:
    assert BEFORE.lacking([name]) == (name,)
    assert AFTER.lacking([name, "丁市犬只收容办法"]) == ("丁市犬只收容办法",)


@pytest.mark.parametrize(
    ("needs", "said_after"),
    [
        (("丁市养犬条例",), True),
        (("丁市犬只收容办法", "丁市养犬条例"), True),
        (("丁市犬只收容办法",), False),
        ((), False),
    ],
)
def test_what_it_decides_is_said_then(needs: tuple[str, ...], said_after: bool) -> None:
    assert is_unsaid(ask(*needs), BEFORE)
    assert is_unsaid(ask(*needs), AFTER) is not said_after


def test_only_what_is_lacking_is_named() -> None:
    assert tell_needs(AFTER.lacking(["丁市养犬条例"]), AFTER) == ()
