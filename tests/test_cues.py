"""Every row of every cue file: its examples have it, its counter-examples don't."""

import re
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.language import Cue, load_cues

FILES = (
    ("assistant.checking", "words.toml"),
    ("assistant.question", "asks.toml"),
    ("assistant.question", "wording.toml"),
    ("assistant.deciding", "missing.toml"),
    ("assistant.answering", "structure.toml"),
    ("assistant.deciding", "refusals.toml"),
    ("assistant.deciding", "talk.toml"),
    ("assistant.dialog", "turns.toml"),
    ("assistant.extracting", "bounds.toml"),
    ("assistant.extracting", "overview.toml"),
    ("assistant.extracting", "signs.toml"),
    ("assistant.finding", "signs.toml"),
    ("assistant.gate", "acts.toml"),
    ("assistant.gate", "words.toml"),
    ("assistant.redacting", "numbers.toml"),
    ("assistant.writing", "requests.toml"),
)
#: Examples of rows with ``<labels>`` are of a text whose parts are called so.
LABELS = ("降碳", "减污", "扩绿", "增长")
CUES = [(file, cue) for package, file in FILES for cue in load_cues(package, file).values()]
FEWEST = 3
every_cue = pytest.mark.parametrize(
    "cue", [cue for _, cue in CUES], ids=[f"{file}:{cue.name}" for file, cue in CUES]
)


def test_no_file_is_left_out(repository: Path):
    """A cue file is one with rows named cue."""
    found = {
        (".".join(path.relative_to(repository).parent.parts), path.name)
        for path in (repository / "assistant").rglob("*.toml")
        if "[[cue]]" in path.read_text("utf-8")
    }
    assert found == set(FILES)


@every_cue
def test_the_examples_have_the_cue(cue: Cue):
    pattern = cue.with_labels(LABELS)
    assert len(set(cue.examples)) >= FEWEST
    assert [text for text in cue.examples if not pattern.search(text)] == []


@every_cue
def test_each_pattern_is_needed_for_an_example(cue: Cue):
    labels = "|".join(LABELS)
    idle = [
        pattern
        for pattern in cue.patterns
        if not any(re.search(pattern.replace("<labels>", labels), text) for text in cue.examples)
    ]
    assert idle == []


@every_cue
def test_the_counter_examples_do_not_have_it(cue: Cue):
    pattern = cue.with_labels(LABELS)
    assert cue.counter_examples
    assert [text for text in cue.counter_examples if pattern.search(text)] == []


@every_cue
def test_the_examples_are_worded_differently(cue: Cue):
    """No two of them share most of their characters."""
    for i, text in enumerate(cue.examples):
        for other in cue.examples[i + 1 :]:
            shared = len(set(text) & set(other)) / min(len(set(text)), len(set(other)))
            assert shared < 1 or min(len(text), len(other)) < 6, (text, other)


def test_no_example_is_a_question_of_the_evaluation(repository: Path):
    asked = (repository / "eval" / "data" / "questions.jsonl").read_text("utf-8")
    copied = [
        text
        for _, cue in CUES
        for text in (*cue.examples, *cue.counter_examples)
        if len(text) > 6 and f'"{text}"' in asked
    ]
    assert copied == []


def test_labels_are_those_of_the_texts_that_are_loaded():
    cue = Cue("part", "", ("(?:<labels>)部分",), (), ())
    assert cue.with_labels(("大气", "水")).search("水部分讲什么")
    assert not cue.with_labels(()).search("水部分讲什么")
    assert not cue.found_in("水部分讲什么")


def test_a_broken_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    package = tmp_path / "cues_of_a_test"
    package.mkdir()
    (package / "__init__.py").write_text("", "utf-8")
    row = "[[cue]]\nname='a'\nabout=''\npatterns=['(']\nexamples=[]\ncounter_examples=[]\n"
    (package / "broken.toml").write_text(row, "utf-8")
    (package / "twice.toml").write_text(2 * row.replace("(", "x"), "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(CorpusError, match=r"broken\.toml"):
        load_cues("cues_of_a_test", "broken.toml")
    with pytest.raises(CorpusError, match="同名"):
        load_cues("cues_of_a_test", "twice.toml")
    with pytest.raises(CorpusError, match=r"none\.toml"):
        load_cues("cues_of_a_test", "none.toml")
