"""What texts without lay wording are ranked with, and whether they answer."""

import json
from collections.abc import Sequence
from importlib import resources

import numpy as np
import pytest

from assistant.answering import ADDED
from corpus.catalog import Corpus
from corpus.types import Passage
from eval.fit.unprepared import hits, without
from index.search import UNPREPARED, HybridRetriever, load_fusion
from index.types import Retrieval, ScoredPassage


def found(passages: Sequence[Passage], *scores: float) -> Retrieval:
    return Retrieval(tuple(map(ScoredPassage, passages, scores)))


def test_hits_are_of_the_questions_that_have_a_right_candidate() -> None:
    rows = np.array([[1.0], [0.0]], dtype=np.float32)
    none = np.zeros(2, dtype=np.float32)
    choices = [
        (rows, none, np.array([True, False])),
        (rows, none, np.array([False, True])),
        (rows, none + np.array([0.0, 5.0]), np.array([False, True])),
        (rows, none, np.array([False, False])),
    ]
    weights = np.array([2.0], dtype=np.float32)
    assert hits(choices, weights, 1) == pytest.approx(2 / 3)
    assert hits(choices, weights, 2) == 1.0


def test_without_a_text_the_others_share_its_chance(corpus: Corpus) -> None:
    first, second, *_ = corpus.passages()
    other = next(p for p in corpus.passages() if p.title != first.title)
    left = without(found([first, second, other], 0.5, 0.25, 0.2), {first.title})
    assert [hit.passage for hit in left.hits] == [other]
    assert left.hits[0].score == pytest.approx(0.2 / 0.25)


def test_shipped_weights_have_a_sign_that_can_be_explained() -> None:
    weights = load_fusion().unprepared
    assert list(weights) == list(UNPREPARED)
    # What has the words and is near comes first; where matters are near or a bundled text has the
    # words, that does.
    assert weights["text_words_level"] > 0
    assert weights["own_reading_level"] > 0
    assert weights["words_of_prepared"] < 0
    assert weights["nearest_told"] < 0


def test_what_is_near_answers_and_what_is_worded_like_other_texts_does_not(
    retriever: HybridRetriever,
) -> None:
    model = json.loads((resources.files("assistant.answering") / "added.json").read_text("utf-8"))
    assert sorted(model["weights"]) == sorted(ADDED)
    assert model["weights"]["reading"] > 0
    assert model["weights"]["wording"] < 0
    assert model["embedder"] == retriever.embedder_name
