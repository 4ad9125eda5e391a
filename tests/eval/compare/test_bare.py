"""The bare server beside ours, with a client and a clock of our own."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.llm import Deadline, Engine, Meter, Prompt
from assistant.writing import ASKED
from corpus.errors import EngineError
from eval.compare.bare import Bare, Timed, measure_bare
from eval.runner import Result
from tests.eval.made_results import make_question, make_result

PROMPT = Prompt("规则", f"条文\n{ASKED}要不要申报？", 50)


class Client:
    """Streams one script again and again and notes how it was asked."""

    def __init__(self, *pieces: str | Exception) -> None:
        self.pieces = pieces
        self.requests: list[dict[str, Any]] = []

    def stream(self, messages: Any, **options: Any) -> Iterator[Any]:
        self.requests.append({"messages": messages, **options})
        for piece in self.pieces:
            if isinstance(piece, Exception):
                raise piece
            yield SimpleNamespace(text=piece)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock is a tenth of a second after the last one."""
    ticks = iter(range(1000))
    monkeypatch.setattr(
        "eval.compare.bare.time", SimpleNamespace(perf_counter=lambda: next(ticks) / 10)
    )


def timed(*pieces: str | Exception, asked: tuple[Prompt, ...] = (PROMPT,)) -> Timed:
    engine = Timed.of(Engine("m", Client(*pieces), timeout_s=7.0))
    engine.asked = [(prompt, 250.0) for prompt in asked]
    return engine


def result(question: str = "要不要申报？", **timings: float) -> Result:
    asked = make_question("Q", turns=("前面问的", question))
    return make_result(asked, answer={"timings_ms": timings or {"first": 800.0, "total": 900.0}})


@pytest.mark.parametrize(
    ("bare", "token", "first"),
    [
        (Bare("q", 300.0, 900.0, 200.0, 600.0), 1.5, 1.5),
        (Bare("q", 300.0, 900.0, None, None), None, None),
        (Bare("q", None, 900.0, 200.0, 450.0), None, 2.0),
        (Bare("q", 0.0, 0.0, 200.0, 0.0), 0.0, None),
    ],
)
def test_ratios_of_ours_to_the_bare_server_s(
    bare: Bare, token: float | None, first: float | None
) -> None:
    assert (bare.token_ratio, bare.first_ratio) == (token, first)


def test_a_timed_engine_is_the_same_engine() -> None:
    engine = Engine("m", Client(), 5.0, evidence_tokens=9, is_structured=False, keep=object())
    copy = Timed.of(engine)
    assert copy.asked == []
    for name in ("name", "model", "timeout_s", "evidence_tokens", "is_structured", "keep"):
        assert getattr(copy, name) is getattr(engine, name)


@pytest.mark.parametrize(("pieces", "first"), [(["应当", "申报"], pytest.approx(100)), ([], None)])
def test_a_timed_engine_notes_its_prompt_and_the_first_token(
    monkeypatch: pytest.MonkeyPatch, pieces: list[str], first: float | None
) -> None:
    monkeypatch.setattr(Engine, "stream", lambda self, prompt, deadline, meter: iter(pieces))
    engine = timed(asked=())
    assert list(engine.stream(PROMPT, Deadline(9), Meter())) == pieces
    assert engine.asked == [(PROMPT, first)]


def test_a_timed_engine_notes_what_was_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Engine, prompt: Prompt, deadline: Deadline, meter: Meter) -> Iterator[str]:
        yield "应当"
        raise EngineError("断了")

    monkeypatch.setattr(Engine, "stream", broken)
    engine = timed(asked=())
    with pytest.raises(EngineError, match="断了"):
        list(engine.stream(PROMPT, Deadline(9), Meter()))
    assert engine.asked == [(PROMPT, pytest.approx(100))]


@pytest.mark.parametrize(
    ("pieces", "token", "sentence"),
    [
        (["应当申报。"], 100, 100),
        (["应当", "申报", "。", "罚款"], 100, 300),
        (["", "应当申报。"], 200, 200),
        (["应当", "申报。罚款"], 100, 200),
        (["应当\n"], 100, 100),
        (["吗", "？"], 100, 200),
        (["应当", "申报"], 100, 300),
    ],
)
def test_the_bare_server_is_timed_to_its_first_token_and_sentence(
    pieces: list[str], token: float, sentence: float
) -> None:
    (bare,) = measure_bare(timed(*pieces), [result()])
    assert bare == Bare("Q", 250.0, 800.0, pytest.approx(token), pytest.approx(sentence))


def test_a_bare_server_that_says_nothing_has_no_first_token() -> None:
    (bare,) = measure_bare(timed(), [result()])
    assert bare.bare_token_ms is None


def test_the_bare_server_is_asked_the_same_but_for_one_character() -> None:
    engine = timed("应当申报。")
    measure_bare(engine, [result()])
    (request,) = engine.model.requests
    (_, system), (_, user) = request["messages"]
    assert system == PROMPT.system
    assert user[1:] == PROMPT.user
    assert (request["extra_body"], request["timeout"]) == ({"max_tokens": 50}, 7.0)


def test_each_result_is_measured_with_its_own_prompt() -> None:
    other = Prompt("规则", f"别的条文\n{ASKED}罚多少？", 60)
    engine = timed("好。", asked=(PROMPT, other))
    measure_bare(engine, [result("罚多少？"), result()])
    assert [request["extra_body"]["max_tokens"] for request in engine.model.requests] == [60, 50]


def test_a_question_in_traditional_characters_finds_its_prompt() -> None:
    assert len(measure_bare(timed("好。"), [result("要不要申報？")])) == 1


@pytest.mark.parametrize(
    "skipped", [result("没有写的问题？"), result(total=900.0)], ids=["not written", "no first"]
)
def test_what_no_model_wrote_is_not_measured(skipped: Result) -> None:
    engine = timed("好。")
    assert measure_bare(engine, [skipped]) == []
    assert engine.model.requests == []


def test_an_error_of_the_server_is_one_of_the_engine() -> None:
    with pytest.raises(EngineError, match="裸用服务器时出错"):
        measure_bare(timed("应当", RuntimeError("secret")), [result()])
