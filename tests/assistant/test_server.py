"""The page is not shown where nothing can listen."""

import socket

import pytest
from fastapi import FastAPI

from assistant.serving import serve
from corpus.errors import OptionError


def test_a_taken_port_is_told_before_the_page_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("uvicorn.Server.run", never)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(OptionError, match=f"端口 {port} 已被占用"):
            serve(FastAPI(), "127.0.0.1", port)


def test_the_page_is_served_where_it_was_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[str, int]] = []

    def run(_: object, sockets: list[socket.socket]) -> None:
        served.extend(listener.getsockname() for listener in sockets)

    monkeypatch.setattr("uvicorn.Server.run", run)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    serve(FastAPI(), "127.0.0.1", port)
    assert served == [("127.0.0.1", port)]
