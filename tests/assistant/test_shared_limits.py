"""A limit that several servers keep together."""

import logging
import time
from pathlib import Path

import pytest

from assistant.serving import RateLimit, SharedRateLimit, rate_limit, wait_for
from assistant.serving import shared as module
from corpus.errors import OptionError
from eval.bench.cluster import running
from tests.assistant.ui.ui_steps import run_async

NOWHERE = "redis://127.0.0.1:1/0"


def together(most: int, name: str, monkeypatch: pytest.MonkeyPatch) -> list[SharedRateLimit]:
    """Two servers over one storage, which is memory here."""
    first, second = (SharedRateLimit(name, most, "memory://") for _ in range(2))
    second._storage = first._storage
    return [first, second]


def test_two_servers_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = together(5, "asked", monkeypatch)
    passed = [limit.wait_for("蜂", 0) for limit in (one, other, one, other, one)]
    assert passed == [0] * 5
    assert 0 < one.wait_for("蜂", 0) <= 60
    assert 0 < other.wait_for("蜂", 0) <= 60
    assert other.left_for("蜂") == 0
    assert other.wait_for("another", 0) == 0
    assert one.left_for("another") == 4


def test_limits_of_another_name_count_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, _ = together(1, "asked", monkeypatch)
    opened = SharedRateLimit("opened", 1, "memory://")
    opened._storage = asked._storage
    assert asked.wait_for("a", 0) == 0
    assert opened.wait_for("a", 0) == 0
    assert asked.wait_for("a", 0) > 0


def test_without_redis_each_counts_for_itself_and_says_so_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    limit = SharedRateLimit("asked", 2, NOWHERE)
    with caplog.at_level(logging.ERROR):
        assert [limit.wait_for("a", now) for now in (0, 1)] == [0, 0]
        limit._away_until = 0  # it is asked again, and is still not there
        assert limit.wait_for("a", 2) == 58
        assert limit.left_for("a") == 0
    assert len(caplog.records) == 1
    assert "Redis" in caplog.text


def test_what_is_away_is_not_waited_for_each_time() -> None:
    limit = SharedRateLimit("asked", 1000, NOWHERE)
    limit.wait_for("a", 0)
    assert limit._away_until > time.monotonic()
    started = time.perf_counter()
    for _ in range(200):
        limit.wait_for("a", 0)
    assert time.perf_counter() - started < 1


def test_no_address_of_a_client_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = SharedRateLimit("asked", 2, "memory://")
    limit.wait_for("203.0.113.9", 0)
    assert "203.0.113.9" not in str(vars(limit._storage))


def test_the_setting_decides() -> None:
    assert isinstance(rate_limit("asked", 3), RateLimit)
    assert isinstance(rate_limit("asked", 3, "memory://"), SharedRateLimit)
    assert run_async(wait_for(rate_limit("asked", 1), "a")) == 0
    assert run_async(wait_for(rate_limit("asked", 1, "memory://"), "a")) == 0


@pytest.mark.parametrize("address", ["carrier-pigeon://home", "6379"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(OptionError, match="shared_limits"):
        rate_limit("asked", 3, address)


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "limits.storage", None)
    with pytest.raises(OptionError, match="cluster"):
        module.rate_limit("asked", 3, NOWHERE)


@pytest.mark.cluster
def test_a_real_redis_counts_for_all_and_may_go_and_come(tmp_path: Path) -> None:
    with running(tmp_path, ("redis",)) as cluster:
        address = f"redis://127.0.0.1:{cluster.port('redis')}/0"
        servers = [SharedRateLimit("asked", 10, address) for _ in range(3)]
        passed = [servers[number % 3].wait_for("a", 0) for number in range(12)]
        assert passed[:10] == [0] * 10
        assert all(0 < wait <= 60 for wait in passed[10:])
        assert servers[0].left_for("a") == 0
        cluster.kill("redis")
        assert servers[0].wait_for("b", 0) == 0
        assert servers[0].left_for("b") == 9  # counted here
        time.sleep(0.5)
        cluster.wait("redis")
        time.sleep(2.1)  # it is not asked again before
        for server in servers:
            assert server.wait_for("b", 0) == 0
        assert servers[0].left_for("b") == 7  # and there again, together
