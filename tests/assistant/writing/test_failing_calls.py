"""Whichever call of an answer fails or hangs, the reader has an answer in time, and is told."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from assistant.llm import Behaviour, Engine, Request, connect, scripted_server
from assistant.llm.scripted_replies import reply_to
from assistant.pipeline import Assistant
from assistant.types import Query
from assistant.writing import JUDGE, PLAN, AnswerWriter
from corpus.errors import EngineError
from index.search.retriever import HybridRetriever

TODAY = date(2026, 11, 28)
LETTER = "我开了个小卤味作坊，没办排污许可证就往沟里排水，会罚多少？找谁举报？"
CALLS = ("plan", "answer", "again", "judge")
_SECONDS = 1.5


def call_of(request: Request) -> str:
    """Which of an answer's calls it is."""
    if request.system == PLAN:
        return "plan"
    if request.system == JUDGE:
        return "judge"
    return "again" if "没有通过核对" in request.user else "answer"


@pytest.fixture
def free() -> Iterator[threading.Event]:
    """Set at the end, so that what hangs goes on."""
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.parametrize("hangs", [False, True])
@pytest.mark.parametrize("failing", CALLS)
def test_one_limit_and_a_quiet_note(
    retriever: HybridRetriever,
    free: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
    failing: str,
    hangs: bool,
) -> None:
    monkeypatch.setattr("assistant.llm.opening._PAUSE_S", 0.0)
    called: list[str] = []

    def reply(request: Request) -> str:
        call = call_of(request)
        called.append(call)
        if call == failing and hangs:
            free.wait(30)
        if call == failing:
            raise EngineError("down")
        # The second try comes where the first sentence fell.
        is_false = call == "answer" and failing == "again"
        return reply_to(Behaviour.NUMBERS if is_false else Behaviour.FAITHFUL, request)

    plain = Assistant(lambda: retriever)
    prepared = plain.prepare(Query(LETTER, TODAY))
    with scripted_server(reply) as server:
        engine = connect("scripted-faithful", server.base_url, server.key, timeout_s=_SECONDS)
        started = time.monotonic()
        *_, answer = AnswerWriter(engine).write(prepared, plain)
        took = time.monotonic() - started
    assert failing in called
    assert took < _SECONDS + 3
    assert ("没有在限定的时间内" if hangs else "接口出错") in answer.note
    if answer.engine == "extractive":
        assert answer.sentences == prepared.answer.sentences
        return
    # What nobody could read again stands in the source's own words only.
    assert failing == "judge"
    quotes = "".join(citation.quote for citation in answer.citations)
    written = [s.text.rstrip("。") for s in answer.sentences if s.citations]
    assert all(text in quotes or text in prepared.answer.text for text in written)


def test_the_next_model_is_asked_where_one_is_down_or_hangs(
    engine: Callable[..., Engine], retriever: HybridRetriever
) -> None:
    other = engine(Behaviour.FAITHFUL)
    for behaviour in (Behaviour.NO_QUOTA, Behaviour.SILENT):
        first = engine(behaviour, timeout_s=6, others=(other,))
        writing = Assistant(lambda: retriever, AnswerWriter(first))
        answer = writing.answer(Query("危险废物怎么贮存", TODAY))
        assert answer.engine == "llm:scripted-faithful"
        assert answer.note == ""
