"""Training the encoder: its loss falls, it goes on, and what is held out stays."""

import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from corpus.catalog import Corpus
from eval.examples import (
    Pair,
    Pairs,
    held_out_asks,
    held_out_tellings,
    is_held_out,
    load_spoken,
    pairs,
)
from eval.fit.encoder import training
from eval.fit.encoder.training import loss_of, rate_at, train


@pytest.fixture(scope="module")
def slice_of(corpus: Corpus) -> Any:
    """A few matters, texts and lay wordings of the corpus."""
    return SimpleNamespace(
        matters=corpus.matters[:12],
        not_loaded=dict(list(corpus.not_loaded.items())[:12]),
        lay_wording=corpus.lay_wording[:60],
        known=corpus.known,
        part_of=corpus.part_of,
        passages=list,
        matters_of=corpus.matters_of,
        matters_by_id=corpus.matters_by_id,
    )


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "_MATTERS": 2, "_ASKS": 2, "_TELLINGS": 2, "_OUTSIDE": 1, "_STATEMENTS": 1, "_LAY": 2,
        "_SPOKEN": 2,
        "_WARM_UP": 1, "_RATE": 3e-4, "_FIRST": 10, "_SAVED_AFTER": 4,
    }.items():  # fmt: skip
        monkeypatch.setattr(pairs if hasattr(pairs, name) else training, name, value)
    few = list(load_spoken())[:40]
    monkeypatch.setattr(pairs, "load_spoken", lambda: iter(few))


def test_the_loss_falls_and_training_goes_on_where_it_stopped(
    slice_of: Any, small: None, tmp_path: Path
):
    checkpoint = tmp_path / "encoder.pt"
    _, ids, losses = train(slice_of, checkpoint, 12)
    assert len(losses) == 12
    assert sum(losses[-4:]) < sum(losses[:4])
    assert ids == sorted(ids)
    _, _, more = train(slice_of, checkpoint, 14)
    assert len(more) == 2


def test_what_is_held_out_is_never_drawn(slice_of: Any):
    drawing = Pairs(slice_of, random.Random(1))
    held = {t for m in slice_of.matters for t in held_out_tellings(m)}
    held |= {t for m in slice_of.matters for a in m.ask for t in held_out_asks(m, a)}
    assert held
    drawn = {
        p.question for _, batch in zip(range(40), drawing.batches(), strict=False) for p in batch
    }
    assert not held & drawn


def test_what_people_say_is_drawn_unless_it_is_held_out(
    slice_of: Any, monkeypatch: pytest.MonkeyPatch
):
    whole = [s for s in load_spoken() if s.asks[0].text == s.text and s.asks[0].by]
    held = [s for s in whole if s.is_held_out][:5]
    seen = [s for s in whole if not s.is_held_out][:5]
    monkeypatch.setattr(pairs, "load_spoken", lambda: iter((*held, *seen)))
    drawing = Pairs(slice_of, random.Random(1))
    drawn = {
        p.question for _, batch in zip(range(10), drawing.batches(), strict=False) for p in batch
    }
    ends = "。？！?!,，"
    told = {question.strip(ends) for question in drawn}
    assert {s.text.strip(ends) for s in seen} <= told
    assert not {s.text.strip(ends) for s in held} & told


def test_about_one_in_ten_is_held_out():
    assert 60 < sum(is_held_out(f"事项{i}") for i in range(1000)) < 140


def test_what_stands_for_the_same_is_no_counter_example():
    vectors = torch.nn.functional.normalize(torch.randn(3, 8), dim=-1)
    same = [Pair("问", f"答{i}", "甲|0", "甲") for i in range(3)]
    other = [Pair("问", f"答{i}", f"甲|{i}", "甲") for i in range(3)]
    assert float(loss_of(vectors, vectors, same)) == pytest.approx(0.0, abs=1e-4)
    assert float(loss_of(vectors, vectors, other)) >= 0.0
    apart = torch.eye(3, 8)
    mixed = apart[[1, 0, 2]]
    assert float(loss_of(apart, mixed, other)) > float(loss_of(apart, apart, other))


def test_the_rate_rises_and_falls():
    rates = [rate_at(step, 450) for step in (0, 29, 200, 449)]
    assert rates[0] < rates[1] > rates[2] > rates[3] > 0
