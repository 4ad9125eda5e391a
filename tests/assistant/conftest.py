"""An assistant that writes with the scripted model, over a real server on loopback."""

from collections.abc import Callable, Iterator

import pytest

from assistant.llm.engine import Engine, connect
from assistant.llm.scripted import ScriptedServer, scripted_server
from assistant.llm.scripted_replies import Behaviour
from assistant.pipeline import Assistant
from assistant.writing.beside import BesideWriter, Uses
from index.search.retriever import HybridRetriever

Make = Callable[..., Assistant]


@pytest.fixture(scope="module")
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


@pytest.fixture
def engine(server: ScriptedServer) -> Callable[..., Engine]:
    def make(behaviour: Behaviour, **limits: object) -> Engine:
        return connect(behaviour.value, server.base_url, server.key, **limits)

    return make


@pytest.fixture
def assistant_with(engine: Callable[..., Engine], retriever: HybridRetriever) -> Make:
    def make(behaviour: Behaviour, uses: Uses | None = None, **limits: object) -> Assistant:
        limits = {"timeout_s": 20, **limits}
        return Assistant(
            lambda: retriever, BesideWriter(engine(behaviour, **limits), uses or Uses())
        )

    return make
