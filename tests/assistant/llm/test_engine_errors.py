"""The client's errors told in our words, and in nobody else's."""

import json
import logging

import httpx2
import openai
import pytest

from assistant.llm import errors
from assistant.llm.errors import translate
from corpus.errors import EngineError, EngineFormatError, EngineOverflowError

REQUEST = httpx2.Request("POST", "https://host.example/v1/chat/completions")
#: What a server says that repeats what it was given.
SAID = "Incorrect API key provided: sk-secret-0123. Prompt was: 隔壁工地夜里施工"


def of_status(status: int, said: str = SAID, **headers: str) -> EngineError:
    raw = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx2.Response(status, request=REQUEST, headers=raw)
    return translate(openai.APIStatusError(said, response=response, body={"error": said}))


@pytest.mark.parametrize(
    ("status", "message", "may_pass"),
    [
        (401, errors.WRONG_KEY, False),
        (403, errors.WRONG_KEY, False),
        (404, errors.NOT_THERE, False),
        (408, errors.BUSY, True),
        (409, errors.BUSY, True),
        (425, errors.BUSY, True),
        (429, errors.BUSY, True),
        (500, errors.FAULTY, True),
        (502, errors.FAULTY, True),
        (503, errors.FAULTY, True),
        (529, errors.FAULTY, True),
        (307, errors.FAULTY, False),
        (402, errors.FAULTY, False),
        (418, errors.FAULTY, False),
    ],
)
def test_each_status_is_told_with_whether_it_may_pass(
    status: int, message: str, may_pass: bool
) -> None:
    told = of_status(status)
    assert type(told) is EngineError
    assert (str(told), told.may_pass) == (message, may_pass)


@pytest.mark.parametrize("status", [400, 415, 422])
def test_a_form_that_is_not_taken_can_be_changed(status: int) -> None:
    told = of_status(status)
    assert type(told) is EngineFormatError
    assert (str(told), told.may_pass) == (errors.BAD_FORM, False)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (413, "Payload too large"),
        (400, "This model's maximum context length is 64 tokens"),
        (400, "code: context_length_exceeded"),
        (400, "the request exceeds the available CONTEXT SIZE"),
        (400, "exceed_context_size_error"),
        (422, "prompt is too long: 9000 tokens"),
        (400, "too many tokens"),
    ],
)
def test_a_prompt_that_is_too_long_is_told_as_one(status: int, said: str) -> None:
    told = of_status(status, said)
    assert type(told) is EngineOverflowError
    assert (str(told), told.may_pass) == (errors.TOO_LONG, False)


@pytest.mark.parametrize("status", [401, 404, 429, 500])
def test_the_words_count_only_where_the_request_was_refused(status: int) -> None:
    assert type(of_status(status, "maximum context length")) is EngineError


def test_an_account_that_is_used_up_does_not_recover() -> None:
    told = of_status(429, "Error code: 429 - {'code': 'insufficient_quota'}")
    assert (str(told), told.may_pass) == (errors.BUSY, False)


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("7", 7.0), ("0", 0.0), ("1.5", 1.5), ("-3", 0.0), ("soon", 0.0), ("", 0.0),
     ("Sun, 01 Nov 2026 08:00:00 GMT", 0.0)],
)  # fmt: skip
@pytest.mark.parametrize("status", [429, 503])
def test_the_server_says_how_long_to_wait(status: int, given: str, seconds: float) -> None:
    assert of_status(status, retry_after=given).after_s == seconds


@pytest.mark.parametrize(
    ("error", "message", "may_pass"),
    [
        (openai.APITimeoutError(REQUEST), errors.TOO_SLOW, False),
        (openai.APIConnectionError(message=SAID, request=REQUEST), errors.DOWN, True),
        (httpx2.ReadTimeout(SAID, request=REQUEST), errors.TOO_SLOW, False),
        (TimeoutError(SAID), errors.TOO_SLOW, False),
        (ValueError(SAID), errors.BROKEN, True),
        (json.JSONDecodeError(SAID, SAID, 0), errors.BROKEN, True),
        (KeyError("choices"), errors.BROKEN, True),
        (openai.APIError(SAID, REQUEST, body=None), errors.BROKEN, True),
    ],
)
def test_what_has_no_status_is_told_by_its_kind(
    error: Exception, message: str, may_pass: bool
) -> None:
    told = translate(error)
    assert type(told) is EngineError
    assert (str(told), told.may_pass, told.after_s) == (message, may_pass, 0.0)


@pytest.mark.parametrize("kind", [EngineError, EngineFormatError, EngineOverflowError])
def test_an_error_of_ours_stays_what_it_is(kind: type[EngineError]) -> None:
    ours = kind(errors.NO_REPLY, may_pass=True, after_s=2)
    assert translate(ours) is ours


@pytest.mark.parametrize("status", [400, 401, 404, 413, 429, 500])
def test_nothing_that_the_server_said_is_passed_on(
    status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = of_status(status)
    passed = [str(told), repr(told), repr(vars(told)), caplog.text]
    assert not [text for text in passed if "sk-secret" in text or "工地" in text]
    assert told.__cause__ is None
    assert told.__context__ is None


def test_the_log_has_the_kind_and_the_status(caplog: pytest.LogCaptureFixture) -> None:
    of_status(503)
    translate(ValueError(SAID))
    told = [record.getMessage().split(": ")[1] for record in caplog.records]
    assert [words.strip() for words in told] == ["APIStatusError 503", "ValueError"]
