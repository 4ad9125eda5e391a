"""The list of lay and legal words is sound, and widens by whole words only."""

import tomllib
from collections import Counter
from datetime import date
from importlib import resources

import pytest

from corpus.catalog import Corpus
from corpus.language.text import fold
from corpus.language.thesaurus import load_thesaurus
from corpus.types import Status

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def entries() -> list[dict[str, list[str]]]:
    text = (resources.files("corpus.language") / "thesaurus.toml").read_text("utf-8")
    found: list[dict[str, list[str]]] = tomllib.loads(text)["entry"]
    return found


def test_every_legal_word_stands_in_a_text_in_force(corpus: Corpus) -> None:
    usable = (Status.IN_FORCE, Status.NEWS)
    shown = [d for d in corpus.documents if corpus.status(d, TODAY) in usable]
    texts = [document.title for document in shown]
    texts += [article.text for document in shown for article in document.articles]
    held = fold("\n".join(texts))
    legal = {word for words in load_thesaurus().legal.values() for word in words}
    assert [word for word in sorted(legal) if word not in held] == []


def test_every_entry_has_both_sides(entries: list[dict[str, list[str]]]) -> None:
    assert len(entries) >= 400
    for entry in entries:
        assert set(entry) == {"lay", "legal"}
        assert entry["lay"]
        assert entry["legal"]
        assert not set(entry["lay"]) & set(entry["legal"]), entry
        assert all(len(word) > 1 for word in entry["lay"] + entry["legal"]), entry


def test_a_lay_word_has_at_most_two_meanings(entries: list[dict[str, list[str]]]) -> None:
    counts = Counter(word for entry in entries for word in set(entry["lay"]))
    assert [word for word, count in counts.items() if count > 2] == []


def test_no_legal_word_is_widened_again() -> None:
    thesaurus = load_thesaurus()
    legal = {word for words in thesaurus.legal.values() for word in words}
    assert [word for word in sorted(legal) if thesaurus.legal.get(word)] == []


def test_lay_words_lead_to_legal_words() -> None:
    assert "恶臭气体" in load_thesaurus().widen("门口下水道臭味很大")


def test_what_the_question_says_itself_is_not_added() -> None:
    found = load_thesaurus().widen("恶臭气体的臭味")
    assert "恶臭气体" not in found
    assert "异味" in found


def test_nothing_is_known_of_other_words() -> None:
    assert load_thesaurus().widen("今天天气怎么样") == []


def test_the_longest_word_counts() -> None:
    thesaurus = load_thesaurus()
    assert thesaurus.widen("洋垃圾")
    assert thesaurus.widen("海洋垃圾") == []
    for lay, legal in thesaurus.legal.items():
        # A lay word is read as itself, whatever shorter words stand in it.
        assert set(thesaurus.widen(lay)) == {word for word in legal if word not in lay}
