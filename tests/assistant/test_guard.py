"""What stands before every route, and a server that some of its clients neglect."""

import io
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse, Response

from assistant.serving import Guard, log_as_json, own_names
from assistant.serving.guard import UNEXPECTED
from tests.assistant.serving import served


def app_of(names: tuple[str, ...] = (), is_logging: bool = False) -> FastAPI:
    app = FastAPI()

    @app.get("/")
    def page() -> Response:
        return PlainTextResponse("好")

    @app.post("/")
    async def take(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    @app.get("/broken")
    def broken() -> Response:
        raise RuntimeError("/home/secret/path")

    app.add_middleware(Guard, names=names, is_logging=is_logging)
    return app


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    stream = io.StringIO()
    log_as_json(stream, is_logging_requests=True)
    yield stream
    root.handlers, root.level = before[0], before[1]
    logging.getLogger("ecopolicy.requests").setLevel(logging.NOTSET)


@pytest.mark.parametrize(
    ("host", "allowed", "answered", "refused"),
    [
        ("127.0.0.1", (), ("127.0.0.1", "localhost:7860", "[::1]:7860", "LOCALHOST"), "evil.cn"),
        ("10.1.2.3", (), ("10.1.2.3:7860", "localhost"), "10.1.2.4"),
        ("127.0.0.1", ("ask.example.cn",), ("ask.example.cn", "127.0.0.1"), "example.cn"),
        ("0.0.0.0", ("ask.example.cn",), ("ask.example.cn",), "evil.cn:80"),
    ],
)
def test_it_answers_to_its_own_names_only(
    host: str, allowed: tuple[str, ...], answered: tuple[str, ...], refused: str
) -> None:
    client = TestClient(app_of(own_names(host, allowed)))
    for name in answered:
        assert client.get("/", headers={"Host": name}).text == "好", name
    for name in (refused, "", "[", "127.0.0.1.evil.cn", "evil.cn@127.0.0.1:x"):
        told = client.get("/", headers={"Host": name})
        assert told.status_code == 421, name
        assert "allowed_hosts" in told.text


def test_whoever_listens_everywhere_answers_to_every_name() -> None:
    client = TestClient(app_of(own_names("0.0.0.0", ())))
    assert client.get("/", headers={"Host": "ask.example.cn"}).text == "好"


def test_what_fails_is_told_by_a_number_and_logged_whole(log: io.StringIO) -> None:
    client = TestClient(app_of(), raise_server_exceptions=False)
    told = client.get("/broken?q=谁的问题")
    assert told.status_code == 500
    name = told.headers["x-request-id"]
    assert told.text == UNEXPECTED.format(id=name)
    assert "secret" not in told.text
    (line,) = [json.loads(line) for line in log.getvalue().splitlines() if name in line]
    assert line["level"] == "error"
    assert "RuntimeError: /home/secret/path" in line["error"]


def test_a_request_is_a_line_without_what_was_asked(log: io.StringIO) -> None:
    reply = TestClient(app_of(is_logging=True)).get("/?q=谁的问题")
    (line,) = [json.loads(line) for line in log.getvalue().splitlines()]
    assert line["id"] == reply.headers["x-request-id"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/", 200)
    assert line["ms"] >= 0
    assert "问题" not in log.getvalue()


def test_nobody_sends_more_than_any_route_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.serving.guard._MOST_MB", 1)
    client = TestClient(app_of())
    assert client.post("/", content=b"a" * 2**20).text == str(2**20)
    assert client.post("/", content=b"a" * (2**20 + 1)).status_code == 413
    chunks = (b"a" * 2**16 for _ in range(17))
    assert client.post("/", content=chunks).status_code == 413


def test_two_hundred_idle_connections_and_slow_readers_hold_nobody_up() -> None:
    with served(app_of()) as address:
        place = (httpx.URL(address).host, httpx.URL(address).port)
        idle = [socket.create_connection(place) for _ in range(200)]
        slow = [socket.create_connection(place) for _ in range(20)]
        for one in slow:
            one.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\na")
        times: list[float] = []

        def ask() -> None:
            started = time.perf_counter()
            assert httpx.get(address, timeout=10).text == "好"
            times.append(time.perf_counter() - started)

        threads = [threading.Thread(target=ask) for _ in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(times) == 10
        assert max(times) < 5
        for one in (*idle, *slow):
            one.close()
