"""A cross-encoder behind the retriever, with a tiny real one made on disk."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import CrossEncoder
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertModel,
    BertTokenizer,
    PreTrainedModel,
)

from assistant.settings import Settings, load_settings
from assistant.wiring import build_assistant
from corpus.errors import OptionError
from index.search.reranker import CrossEncoderReranker, load_reranker, readable
from index.search.retriever import HybridRetriever
from index.types import ScoredPassage

TODAY = date(2026, 11, 23)
QUESTION = "排污许可证有效期是几年"


def make_model(folder: Path, labels: int = 1, has_head: bool = True) -> Path:
    """A BERT of one small layer with random weights, saved where a user would point to."""
    folder.mkdir()
    letters = sorted(set("排污许可证的有效期为五年噪声土壤固体废物污染防治法问几是"))
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), "utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
        initializer_range=2.0,
        num_labels=labels,
    )
    model: PreTrainedModel = (
        BertForSequenceClassification(config) if has_head else BertModel(config)
    )
    model.save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return make_model(tmp_path / "cross-encoder")


@pytest.fixture
def hits(retriever: HybridRetriever) -> tuple[ScoredPassage, ...]:
    return retriever.retrieve(QUESTION, 30, TODAY).hits


def test_scores_are_the_mean_of_both_probabilities(
    model: Path, hits: tuple[ScoredPassage, ...]
) -> None:
    found = load_reranker(str(model)).rerank(QUESTION, hits)
    pairs = [(QUESTION, readable(hit.passage)) for hit in hits[:20]]
    logits = torch.tensor(
        CrossEncoder(str(model)).predict(pairs, activation_fn=torch.nn.Identity())
    )
    own = torch.softmax(logits.double(), 0).numpy()
    before = np.array([hit.score for hit in hits[:20]])
    expected = {
        hit.passage.key: score
        for hit, score in zip(hits, (before + before.sum() * own) / 2, strict=False)
    }
    assert {h.passage.key: h.score for h in found if h.passage.key in expected} == pytest.approx(
        expected, abs=1e-4
    )
    assert sum(hit.score for hit in found) == pytest.approx(sum(hit.score for hit in hits))


def test_it_reorders_and_loses_nothing(model: Path, hits: tuple[ScoredPassage, ...]) -> None:
    found = load_reranker(str(model)).rerank(QUESTION, hits)
    assert {hit.passage.id for hit in found} == {hit.passage.id for hit in hits}
    assert [hit.passage.id for hit in found] != [hit.passage.id for hit in hits]
    assert [hit.score for hit in found] == sorted((h.score for h in found), reverse=True)


def test_what_it_does_not_read_keeps_its_score(
    model: Path, hits: tuple[ScoredPassage, ...]
) -> None:
    found = load_reranker(str(model)).rerank(QUESTION, hits)
    assert set(hits[CrossEncoderReranker.depth :]) <= set(found)


def test_nothing_to_reorder(model: Path) -> None:
    assert load_reranker(str(model)).rerank(QUESTION, ()) == ()


def test_the_retriever_gives_it_enough_to_choose_from(
    model: Path, retriever: HybridRetriever, hits: tuple[ScoredPassage, ...]
) -> None:
    class Last:
        """Puts the last hit first."""

        depth = 20

        def rerank(
            self, question: str, hits: tuple[ScoredPassage, ...]
        ) -> tuple[ScoredPassage, ...]:
            return tuple(reversed(hits))

    changed = retriever.reranked(Last())
    assert changed.retrieve(QUESTION, 1, TODAY).hits[0].passage.id == hits[19].passage.id
    assert retriever.retrieve(QUESTION, 1, TODAY).hits[0].passage.id == hits[0].passage.id
    back = changed.reranked(None)
    assert back.retrieve(QUESTION, 1, TODAY).hits[0].passage.id == hits[0].passage.id


def test_the_setting_puts_it_behind_the_assistant(
    model: Path, settings: Settings, retriever: HybridRetriever
) -> None:
    configured = settings.model_copy(update={"reranker": str(model)})
    found = build_assistant(configured, lambda done, total: None).retriever()
    expected = retriever.reranked(load_reranker(str(model))).retrieve(QUESTION, 5, TODAY).hits
    assert found.retrieve(QUESTION, 5, TODAY).hits == expected
    assert expected != retriever.retrieve(QUESTION, 5, TODAY).hits


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ECOPOLICY_RERANKER", "")
    assert load_settings().reranker is None


def test_a_model_that_is_not_there_is_the_user_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="加载失败，请检查 ECOPOLICY_RERANKER"):
        load_reranker(str(tmp_path / "nowhere"))


def test_a_damaged_model_is_the_user_s_mistake(model: Path) -> None:
    (model / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(OptionError, match="加载失败"):
        load_reranker(str(model))


@pytest.mark.parametrize(("labels", "has_head"), [(2, True), (1, False)])
def test_what_does_not_score_is_refused(tmp_path: Path, labels: int, has_head: bool) -> None:
    folder = make_model(tmp_path / "other", labels, has_head)
    with pytest.raises(OptionError, match="不是给问题和条文打分的交叉编码器"):
        load_reranker(str(folder))
