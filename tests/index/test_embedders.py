"""The bundled embedder, the real one: its vectors, and what its two names promise."""

from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.errors import OptionError
from index.embedders import SentenceEmbedder, load_embedder
from index.types import Vector

PASSAGES = (
    "排污许可证的有效期为五年。",
    "禁止在夜间进行产生噪声的建筑施工作业。",
    "任何单位和个人不得露天焚烧秸秆。",
)
QUESTIONS = ("排污许可证能用几年", "晚上工地太吵了能施工吗", "能不能在地里烧秸秆")


@pytest.fixture(scope="module")
def passages(embedder: SentenceEmbedder) -> Vector:
    return embedder.encode_passages(PASSAGES)


@pytest.fixture(scope="module")
def questions(embedder: SentenceEmbedder) -> Vector:
    return np.stack([embedder.encode_query(question) for question in QUESTIONS])


def test_the_shapes_are_those_of_the_model(passages: Vector, questions: Vector) -> None:
    assert passages.shape == questions.shape == (3, 384)
    assert passages.dtype == questions.dtype == np.float32


def test_all_vectors_have_unit_length(passages: Vector, questions: Vector) -> None:
    for vectors in (passages, questions):
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_each_question_is_nearest_to_the_passage_that_answers_it(
    passages: Vector, questions: Vector
) -> None:
    assert (questions @ passages.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_one_passage_alone_has_the_vector_it_has_among_others(
    embedder: SentenceEmbedder, passages: Vector
) -> None:
    for text, vector in zip(PASSAGES, passages, strict=True):
        assert float(embedder.encode_passages([text])[0] @ vector) > 0.999


def test_a_question_and_a_passage_of_the_same_words_differ(
    embedder: SentenceEmbedder, passages: Vector
) -> None:
    as_question = embedder.encode_query(PASSAGES[0])
    assert 0.5 < float(as_question @ passages[0]) < 0.999


def test_langchain_s_names_give_the_same_numbers_as_lists(
    embedder: SentenceEmbedder, passages: Vector, questions: Vector
) -> None:
    documents = embedder.embed_documents(list(PASSAGES))
    assert isinstance(documents[0], list)
    assert np.array(documents) == pytest.approx(passages, abs=1e-5)
    assert embedder.embed_query(QUESTIONS[1]) == pytest.approx(questions[1].tolist(), abs=1e-5)


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_is_set_for_torch(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, threads: int
) -> None:
    told: list[int] = []
    monkeypatch.setattr(torch, "set_num_threads", told.append)
    with pytest.raises(OptionError):
        load_embedder(str(tmp_path / "nowhere"), threads)
    assert told == [threads]


@pytest.mark.parametrize("content", [None, "{broken"])
def test_a_folder_that_holds_no_model_is_the_user_s_mistake(
    tmp_path: Path, content: str | None
) -> None:
    if content:
        (tmp_path / "config.json").write_text(content, "utf-8")
    with pytest.raises(OptionError, match="ECOPOLICY_EMBEDDER"):
        load_embedder(str(tmp_path))
