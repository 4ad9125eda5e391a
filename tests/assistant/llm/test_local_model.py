"""The real model of the extra ``local-llm`` (``make test-local-llm``)."""

import logging
import os
from datetime import date
from pathlib import Path

import pytest

from assistant.llm.engine import Engine
from assistant.llm.local import BUNDLED_NAME, join_parts, open_local
from assistant.pipeline import Assistant
from assistant.types import Outcome, Query
from assistant.writing.beside import BesideWriter
from corpus.errors import OptionError
from eval.metrics import loose_numbers, loose_quotes
from index.search.retriever import HybridRetriever

pytestmark = pytest.mark.local_llm
TODAY = date(2026, 11, 23)
_PATIENCE_S = 240


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """The place where ``make local-llm`` has joined it; nothing is joined twice."""
    kept = repository / "var" / "models"
    return kept if kept.exists() else tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def local(folder: Path) -> Engine:
    return open_local("local", folder, os.cpu_count() or 1, timeout_s=_PATIENCE_S)


def test_the_parts_are_joined_once(folder: Path, local: Engine) -> None:
    path = join_parts(folder)
    before = path.stat().st_mtime_ns
    assert join_parts(folder).stat().st_mtime_ns == before
    assert path.name == f"{BUNDLED_NAME}.gguf"
    assert not list(folder.glob("*.tmp"))


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF" + bytes(64))
    with pytest.raises(OptionError):
        open_local(str(path), tmp_path, 1)


def test_it_answers_with_what_the_passages_carry(
    local: Engine, retriever: HybridRetriever, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    plain = Assistant(lambda: retriever)
    written = plain.with_writer(BesideWriter(local))
    for question in ("没办排污许可证就排污，会怎么罚？", "潍坊降碳有哪些措施？"):
        query = Query(question, TODAY)
        before, after = plain.answer(query), written.answer(query)
        assert after.outcome is Outcome.ANSWERED
        assert after.usage["tokens_out"] > 0
        assert "限定的时间" not in after.note
        assert {s.text for s in before.sentences} <= {s.text for s in after.sentences}
        assert loose_numbers(after.to_json()) == []
        assert loose_quotes(after.to_json()) == []
    key = local.model.openai_api_key.get_secret_value()
    assert all(key not in record.getMessage() for record in caplog.records)


def test_nobody_else_gets_in(local: Engine) -> None:
    import httpx2

    address = str(local.model.openai_api_base).removesuffix("/v1")
    assert address.startswith("http://127.0.0.1:")
    foreign = {"Origin": "http://evil.example"}
    with httpx2.Client(base_url=address, trust_env=False, headers=foreign) as client:
        for path in ("/v1/models", "/slots", "/props", "/metrics"):
            assert client.get(path).status_code in (401, 404, 501)
        asked = client.post("/v1/chat/completions", json={"messages": []})
        assert asked.status_code == 401
        for reply in (client.get("/health"), client.options("/v1/chat/completions")):
            assert reply.headers.get("access-control-allow-origin", "") == ""
            assert reply.headers.get("access-control-allow-credentials", "false") == "false"
