"""The door to a model piece by piece, with a client of our own behind it."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from assistant.llm import errors
from assistant.llm.engine import Engine, check_base_url, is_local
from assistant.llm.request import Deadline, Meter, Prompt
from corpus.errors import EngineError, EngineFormatError, EngineOverflowError, OptionError

SCHEMA = {"type": "object"}
PLAIN = Prompt("规则", "问题", 50)
STRUCTURED = Prompt("规则", "问题", 50, SCHEMA)
BUSY = EngineError(errors.BUSY, may_pass=True)


@dataclass
class Chunk:
    """A piece of a reply as the client gives it."""

    text: str = ""
    usage_metadata: dict[str, Any] | None = None
    response_metadata: dict[str, str] = field(default_factory=dict)


LAST = Chunk(response_metadata={"finish_reason": "stop"})
Step = Chunk | Exception


@dataclass
class Client:
    """Gives the chunks of one script after the other; an error among them is raised."""

    scripts: list[Sequence[Step]]
    requests: list[dict[str, Any]] = field(default_factory=list)

    def stream(self, messages: object, extra_body: Any, timeout: float) -> Iterator[Chunk]:
        self.requests.append({"messages": messages, "timeout": timeout, **extra_body})
        for step in self.scripts.pop(0):
            if isinstance(step, Exception):
                raise step
            yield step


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.llm.opening._PAUSE_S", 0.0)


def engine_of(*scripts: Sequence[Step], **limits: Any) -> tuple[Engine, Client]:
    client = Client(list(scripts))
    return Engine("m", client, **limits), client  # type: ignore[arg-type]


def complete(
    engine: Engine, prompt: Prompt = PLAIN, seconds: float = 10, meter: Meter | None = None
) -> str:
    return engine.complete(prompt, Deadline(seconds), meter or Meter())


@pytest.mark.parametrize("seconds", [0, -1, -1e9])
def test_a_deadline_that_has_passed_leaves_nothing(seconds: float) -> None:
    assert Deadline(seconds).left == 0.0


def test_a_deadline_comes_nearer() -> None:
    deadline = Deadline(10)
    first = deadline.left
    time.sleep(0.02)
    second = deadline.left
    assert 9 < second < first - 0.015 < 10


def test_a_meter_adds_up_replies() -> None:
    meter = Meter()
    meter.add({"input_tokens": 100, "output_tokens": 7, "input_token_details": {"cache_read": 60}})
    meter.add({"input_tokens": 20, "output_tokens": 3, "input_token_details": {"cache_read": 5}})
    assert meter == Meter(tokens_in=120, tokens_out=10, tokens_cached=65)


@pytest.mark.parametrize(
    "usage",
    [{}, {"total_tokens": 9}, {"input_token_details": None}, {"input_token_details": {}},
     {"input_token_details": {"cache_read": None, "audio": 3}}],
)  # fmt: skip
def test_what_a_server_does_not_count_is_nothing(usage: dict[str, Any]) -> None:
    meter = Meter(1, 2, 3, 4)
    meter.add(usage)
    assert meter == Meter(1, 2, 3, 4)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://host/v1", "https://host/v1"),
        ("https://host/v1/", "https://host/v1"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1"),
        ("https://模型.example/v1/", "https://模型.example/v1"),
    ],
)
def test_an_address_is_taken_without_its_last_slash(url: str, base: str) -> None:
    assert check_base_url(url) == base


@pytest.mark.parametrize(
    "url", ["", "host/v1", "127.0.0.1:8080", "ftp://host/v1", "https://", "https:///v1", "//host"]
)
def test_what_is_no_address_is_told_with_an_example(url: str) -> None:
    with pytest.raises(OptionError, match="https://主机/v1"):
        check_base_url(url)


@pytest.mark.parametrize(
    "url",
    ["https://me@host/v1", "https://me:sk-1@host/v1", "https://:sk-1@host/v1",
     "https://host/v1?key=sk-1", "https://host/v1#sk-1"],
)  # fmt: skip
def test_a_key_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(OptionError, match="ECOPOLICY_LLM_API_KEY") as error:
        check_base_url(url)
    assert "sk-1" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("local", True), ("model.gguf", True), ("/models/Qwen2.GGUF", True), ("~/a b.gguf", True),
        ("", False), ("gpt-4", False), ("local-llm", False), ("gguf", False),
        ("model.gguf.part", False), ("org/model-GGUF", False),
    ],
)  # fmt: skip
def test_a_name_means_a_model_in_this_process(name: str, expected: bool) -> None:
    assert is_local(name) == expected


def test_a_reply_comes_in_pieces_and_in_order() -> None:
    engine, client = engine_of([Chunk("应当"), Chunk(""), Chunk("许可"), Chunk("。"), LAST])
    assert list(engine.stream(PLAIN, Deadline(10), Meter())) == ["应当", "许可", "。"]
    assert len(client.requests) == 1


def test_nothing_but_the_prompt_is_sent() -> None:
    engine, client = engine_of([Chunk("好"), LAST])
    complete(engine, seconds=10)
    (request,) = client.requests
    assert set(request) == {"messages", "timeout", "max_tokens"}
    assert request["messages"] == [("system", "规则"), ("human", "问题")]
    assert request["max_tokens"] == 50
    assert 0 < request["timeout"] <= 10


def test_a_schema_is_asked_for_where_there_is_one() -> None:
    engine, client = engine_of([Chunk("{}"), LAST])
    complete(engine, STRUCTURED)
    form = client.requests[0]["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["schema"] == SCHEMA


def test_a_server_without_schemas_is_asked_for_text_from_then_on() -> None:
    refused = EngineFormatError(errors.BAD_FORM)
    engine, client = engine_of([refused], [Chunk("好"), LAST], [Chunk("是"), LAST])
    assert complete(engine, STRUCTURED) == "好"
    assert complete(engine, STRUCTURED) == "是"
    assert ["response_format" in request for request in client.requests] == [True, False, False]


def test_a_server_that_takes_no_text_either_is_not_asked_again() -> None:
    engine, client = engine_of([EngineFormatError(errors.BAD_FORM)], is_structured=False)
    with pytest.raises(EngineFormatError):
        complete(engine)
    assert len(client.requests) == 1


@pytest.mark.parametrize("failures", [1, 2])
def test_what_may_pass_is_tried_again(failures: int) -> None:
    engine, client = engine_of(*[[BUSY]] * failures, [Chunk("好"), LAST])
    meter = Meter()
    assert complete(engine, meter=meter) == "好"
    assert len(client.requests) == meter.calls == failures + 1


def test_what_does_not_pass_is_told_in_the_end() -> None:
    engine, client = engine_of(*[[BUSY]] * 9)
    with pytest.raises(EngineError, match="太忙"):
        complete(engine)
    assert len(client.requests) == 3


@pytest.mark.parametrize(
    "error", [EngineError(errors.WRONG_KEY), EngineOverflowError(errors.TOO_LONG)]
)
def test_what_cannot_pass_is_told_at_once(error: EngineError) -> None:
    engine, client = engine_of([error], [Chunk("好"), LAST])
    with pytest.raises(type(error), match=str(error)):
        complete(engine)
    assert len(client.requests) == 1


def test_after_the_first_word_nothing_is_tried_again() -> None:
    engine, client = engine_of([Chunk("应当"), BUSY], [Chunk("好"), LAST])
    pieces = engine.stream(PLAIN, Deadline(10), Meter())
    assert next(pieces) == "应当"
    with pytest.raises(EngineError, match="太忙"):
        next(pieces)
    assert len(client.requests) == 1


def test_a_wait_that_outlasts_the_deadline_is_not_begun() -> None:
    engine, client = engine_of([EngineError(errors.BUSY, may_pass=True, after_s=60)])
    started = time.monotonic()
    with pytest.raises(EngineError, match="太忙"):
        complete(engine, seconds=5)
    assert time.monotonic() - started < 4
    assert len(client.requests) == 1


def test_a_reply_without_its_end_is_a_broken_one() -> None:
    engine, _ = engine_of([Chunk("应当"), Chunk("取得")])
    with pytest.raises(EngineError, match="中途断了"):
        complete(engine)


@pytest.mark.parametrize("script", [[LAST], [Chunk(""), LAST]])
def test_a_reply_without_a_word_is_none(script: list[Step]) -> None:
    engine, _ = engine_of(*[script] * 3)
    with pytest.raises(EngineError, match="没有写出内容"):
        complete(engine)


def test_a_server_that_dawdles_is_left_at_the_deadline() -> None:
    class Dawdling(Client):
        def stream(self, messages: object, extra_body: Any, timeout: float) -> Iterator[Chunk]:
            yield Chunk("应当")
            time.sleep(0.5)
            yield LAST

    engine = Engine("m", Dawdling([]))  # type: ignore[arg-type]
    started = time.monotonic()
    with pytest.raises(EngineError, match="没有在限定的时间内"):
        complete(engine, seconds=0.1)
    assert time.monotonic() - started < 0.4


def test_what_a_reply_took_is_counted() -> None:
    usage = {"input_tokens": 30, "output_tokens": 4, "total_tokens": 34}
    engine, _ = engine_of([Chunk("好"), Chunk(usage_metadata=usage), LAST])
    meter = Meter()
    complete(engine, meter=meter)
    assert meter == Meter(tokens_in=30, tokens_out=4, calls=1)
