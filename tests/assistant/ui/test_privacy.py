"""Whatever the page sends, the browser is told to load nothing from elsewhere."""

from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from ui_steps import run_async

from assistant.ui.privacy import StayOnMachine

HTTP: dict[str, Any] = {"type": "http", "method": "GET", "path": "/"}


def sent(messages: list[Message], scope: Scope = HTTP) -> list[Message]:
    """What comes out where an app sends these messages."""
    found: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        found.append(message)

    run_async(StayOnMachine(app)(scope, receive, send))
    return found


def start(status: int = 200, **headers: str) -> Message:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": raw}


def headers_of(message: Message) -> list[tuple[str, str]]:
    return [(name.decode().lower(), value.decode()) for name, value in message["headers"]]


def policy() -> dict[str, list[str]]:
    """The directives of the policy, each with its sources."""
    (message,) = sent([start()])
    text = dict(headers_of(message))["content-security-policy"]
    rows = [directive.split() for directive in text.split(";")]
    return {name: sources for name, *sources in rows}


@pytest.mark.parametrize("status", [200, 304, 404, 422, 500])
def test_every_response_has_the_headers(status: int) -> None:
    (message,) = sent([start(status)])
    headers = dict(headers_of(message))
    assert message["status"] == status
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in headers["content-security-policy"]


def test_the_app_s_own_headers_stay() -> None:
    (message,) = sent([start(content_type="text/html", set_cookie="a=1")])
    headers = headers_of(message)
    assert ("content-type", "text/html") in headers
    assert ("set-cookie", "a=1") in headers


def test_the_app_cannot_loosen_the_policy() -> None:
    (message,) = sent([start(content_security_policy="default-src *", referrer_policy="origin")])
    names = [name for name, _ in headers_of(message)]
    assert names.count("content-security-policy") == names.count("referrer-policy") == 1
    assert ("content-security-policy", "default-src *") not in headers_of(message)


def test_the_body_passes_as_it_is() -> None:
    body: list[Message] = [
        {"type": "http.response.body", "body": b"\x00\xff", "more_body": True},
        {"type": "http.response.body", "body": b"", "more_body": False},
    ]
    assert sent([start(), *body])[1:] == body


@pytest.mark.parametrize("kind", ["websocket.accept", "lifespan.startup.complete"])
def test_what_is_no_response_passes_as_it_is(kind: str) -> None:
    assert sent([{"type": kind}], {"type": kind.partition(".")[0]}) == [{"type": kind}]


def test_no_directive_names_another_host() -> None:
    for name, sources in policy().items():
        assert set(sources) <= {"'self'", "'none'", "data:"}, name


def test_no_script_and_no_style_is_inline_or_evaluated() -> None:
    assert policy()["script-src"] == policy()["style-src"] == ["'self'"]


@pytest.mark.parametrize(
    ("name", "sources"),
    [("base-uri", ["'none'"]), ("form-action", ["'self'"]), ("frame-ancestors", ["'self'"])],
)  # fmt: skip
def test_what_default_src_leaves_open_is_closed(name: str, sources: list[str]) -> None:
    assert policy()[name] == sources
