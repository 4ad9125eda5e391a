"""Every row of the file of signs: its examples have it, its counter-examples don't."""

import re

import pytest

from corpus.language import Cue, load_cues

CUES = load_cues("corpus.readers.formats.tables", "signs.toml").values()
every_sign = pytest.mark.parametrize("cue", CUES, ids=[cue.name for cue in CUES])


@every_sign
def test_examples(cue: Cue) -> None:
    assert len(cue.examples) >= 3
    assert [text for text in cue.examples if not cue.found_in(text)] == []
    assert [text for text in cue.counter_examples if cue.found_in(text)] == []


@every_sign
def test_each_pattern_is_needed(cue: Cue) -> None:
    assert all(any(re.search(p, text) for text in cue.examples) for p in cue.patterns)
