"""Widening by any list of words, and a list that cannot be read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.language import thesaurus as module
from corpus.language.text import fold
from corpus.language.thesaurus import Thesaurus, load_thesaurus


def listed(**legal: tuple[str, ...]) -> Thesaurus:
    words = {*legal, *(word for found in legal.values() for word in found)}
    pattern = "|".join(sorted(words, key=len, reverse=True))
    return Thesaurus(legal, re.compile(pattern))


WORDS = listed(
    洋垃圾=("固体废物",),
    垃圾=("生活垃圾", "废弃物"),
    臭味=("恶臭气体", "异味"),
    臭=("恶臭气体",),
    海边=("海洋垃圾",),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("臭味很大", ["恶臭气体", "异味"]),
        ("很臭", ["恶臭气体"]),
        ("又臭又有臭味", ["恶臭气体", "异味"]),
        ("臭味和洋垃圾", ["恶臭气体", "异味", "固体废物"]),
        ("洋垃圾和臭味", ["固体废物", "恶臭气体", "异味"]),
        ("洋垃圾", ["固体废物"]),
        ("垃圾", ["生活垃圾", "废弃物"]),
        ("海洋垃圾", []),
        ("恶臭气体", []),
        ("异味，臭味", ["恶臭气体"]),
        ("生活垃圾", []),
        ("没有", []),
        ("", []),
    ],
)
def test_widening(text: str, found: list[str]) -> None:
    assert WORDS.widen(text) == found


def test_a_legal_word_in_the_text_is_not_added_again() -> None:
    assert WORDS.widen("垃圾是废弃物") == ["生活垃圾"]


def test_words_are_both_sides() -> None:
    assert listed(臭味=("恶臭气体", "异味"), 臭=("异味",)).words == {
        "臭味",
        "臭",
        "恶臭气体",
        "异味",
    }


def test_the_bundled_words_are_folded_and_loaded_once() -> None:
    thesaurus = load_thesaurus()
    assert thesaurus is load_thesaurus()
    assert thesaurus.words
    assert [word for word in thesaurus.words if fold(word) != word] == []


def test_capital_letters_are_found_in_a_folded_question() -> None:
    assert load_thesaurus().widen(fold("去４Ｓ店修车")) == ["机动车维修"]


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The place of a list that is loaded instead of the bundled one."""
    monkeypatch.setattr(module.resources, "files", lambda _: tmp_path)
    load_thesaurus.cache_clear()
    yield tmp_path / "thesaurus.toml"
    load_thesaurus.cache_clear()


ENTRY = '[[entry]]\nlay = ["ＡＢ味", "乙"]\nlegal = ["異味"]\n'


def test_entries_are_folded(bundled: Path) -> None:
    bundled.write_text(ENTRY, "utf-8")
    assert load_thesaurus().legal == {"ab味": ("异味",), "乙": ("异味",)}


def test_entries_of_one_lay_word_are_added_up(bundled: Path) -> None:
    bundled.write_text(ENTRY + '[[entry]]\nlay = ["乙"]\nlegal = ["恶臭"]\n', "utf-8")
    assert load_thesaurus().widen("乙") == ["异味", "恶臭"]


def test_signs_in_a_word_are_no_pattern(bundled: Path) -> None:
    bundled.write_text('[[entry]]\nlay = ["a.b(c"]\nlegal = ["丙"]\n', "utf-8")
    assert load_thesaurus().widen("a.b(c") == ["丙"]
    assert load_thesaurus().widen("axb(c") == []


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"[[entry",
        b'[[entry]]\nlay = ["a"]\n',
        b'[[entry]]\nlegal = ["a"]\n',
        "甲".encode("gbk"),
    ],
    ids=["missing", "empty", "broken", "no legal words", "no lay words", "not UTF-8"],
)
def test_a_list_that_cannot_be_read_is_said(bundled: Path, content: bytes | None) -> None:
    if content is not None:
        bundled.write_bytes(content)
    with pytest.raises(CorpusError, match="同义词表"):
        load_thesaurus()
