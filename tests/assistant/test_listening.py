"""Where nothing can listen is told in one sentence, before anything is loaded."""

import socket
from collections.abc import Iterator

import pytest

from assistant.serving import check_port
from corpus.errors import OptionError

HOST = "127.0.0.1"
#: An address that is nobody's (RFC 5737).
NOWHERE = "192.0.2.1"


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server((HOST, 0)) as listener:
        yield listener.getsockname()[1]


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def test_a_free_port_is_left_free() -> None:
    port = free_port()
    for _ in range(3):
        check_port(HOST, port)
    with socket.create_server((HOST, port)) as listener:
        assert listener.getsockname()[1] == port


def test_a_taken_port_is_named_with_the_way_out(taken: int) -> None:
    with pytest.raises(OptionError, match=f"端口 {taken} 已被占用，请用 --port 换一个"):
        check_port(HOST, taken)


def test_who_listens_already_is_not_disturbed(taken: int) -> None:
    with pytest.raises(OptionError):
        check_port(HOST, taken)
    with socket.create_connection((HOST, taken), timeout=5) as connection:
        assert connection.getpeername()[1] == taken


def test_an_address_of_another_machine_is_named() -> None:
    port = free_port()
    with pytest.raises(OptionError, match=f"不能在 {NOWHERE}:{port} 上监听（.+）") as error:
        check_port(NOWHERE, port)
    assert "--host" in str(error.value)


def test_a_host_that_has_no_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(
        OptionError, match="不能在 nowhere:7860 上监听（Name or service not known）"
    ):
        check_port("nowhere", 7860)
