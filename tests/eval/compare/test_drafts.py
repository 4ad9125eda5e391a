"""Of sixty drafts with known faults the check finds nearly all, and hardly anything else."""

import pytest

from corpus.catalog import Corpus
from eval.drafts import Judged, judge_drafts, load_drafts

#: What of the faults is found at least: the texts of ``test`` were not looked at.
FLOORS = {"dev": 0.97, "test": 0.92}
MOST_ALARMS = 0.02


@pytest.fixture(scope="module")
def judged(corpus: Corpus) -> list[Judged]:
    return list(judge_drafts(load_drafts(corpus), corpus))


def test_there_are_as_many_as_told(judged: list[Judged]) -> None:
    assert sum(1 for j in judged if j.mark and j.mark.is_fault) == 600
    assert sum(1 for j in judged if j.mark and not j.mark.is_fault) >= 1000


@pytest.mark.parametrize("split", FLOORS)
def test_faults_are_found(judged: list[Judged], split: str) -> None:
    faults = [j for j in judged if j.draft.split == split and j.mark and j.mark.is_fault]
    assert sum(j.finding is not None for j in faults) >= FLOORS[split] * len(faults)


@pytest.mark.parametrize("split", FLOORS)
def test_what_is_sound_is_left_alone(judged: list[Judged], split: str) -> None:
    sound = [j for j in judged if j.draft.split == split and not (j.mark and j.mark.is_fault)]
    marked = sum(j.mark is not None for j in sound)
    assert sum(j.finding is not None for j in sound) <= MOST_ALARMS * marked
