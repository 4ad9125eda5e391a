"""An answer is of one index, also while another one comes into use."""

import json
import threading
from collections.abc import Iterator
from datetime import date

import pytest

from assistant import wiring
from assistant.api import app
from assistant.pipeline import Assistant, Finder, Prepared
from assistant.types import Answer, Query
from assistant.wiring import keep_current
from corpus.errors import IndexBrokenError, VectorStoreError
from index.search import HybridRetriever
from tests.support import run_apart

QUERY = Query("生态环境法典第一百七十六条", date(2026, 11, 23))


class Asking:
    """A writer that asks for more."""

    def write(self, prepared: Prepared, finder: Finder) -> Iterator[Answer]:
        finder.search(prepared.query, 1)
        yield finder.prepare(prepared.query).answer


def test_an_answer_stays_with_the_index_that_it_began_with(assistant: Assistant) -> None:
    given: list[int] = []

    def retriever() -> HybridRetriever:
        given.append(len(given))
        return assistant.retriever()

    asked = Assistant(retriever, Asking())
    assert asked.answer(QUERY).citations
    assert given == [0]
    asked.pinned().answer(QUERY)
    assert given == [0, 1]


def test_who_is_not_asked_looks_for_another_index_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "_LOOK_S", 0.01)
    monkeypatch.setattr(wiring, "_AGAIN_S", 0.01)
    looked = threading.Semaphore(0)

    def retriever() -> HybridRetriever:
        looked.release()
        raise IndexBrokenError("the folder is away")

    is_over = keep_current(Assistant(retriever))
    try:
        assert all(looked.acquire(timeout=10) for _ in range(3))
    finally:
        is_over.set()


def test_a_store_that_is_away_is_to_be_asked_again() -> None:
    async def told() -> tuple[int, str | None, str]:
        response = await app._told(None, VectorStoreError("暂时连不上。"))  # type: ignore[arg-type]
        detail = json.loads(bytes(response.body))["detail"]
        return response.status_code, response.headers.get("retry-after"), detail

    assert run_apart(told()) == (503, "5", "暂时连不上。")
