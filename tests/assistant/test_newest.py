"""The retriever in use: another index is opened beside, and those who ask are let by."""

import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from assistant.newest import Newest
from corpus.errors import IndexBrokenError


class Indexes:
    """Names stand for retrievers; opening waits until it is let."""

    def __init__(self) -> None:
        self.name = "first"
        self.opened: list[tuple[str, object, float]] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.fails = False

    def open(self, name: str, before: Any) -> Any:
        self.opened.append((name, before, sys.getswitchinterval()))
        assert self.may_go_on.wait(20)
        if self.fails:
            raise IndexBrokenError("索引已损坏，请运行 ecopolicy index 修复。")
        return name


def until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_who_serves_is_given_the_one_before_until_the_next_is_open_and_warm() -> None:
    indexes, warmed = Indexes(), []
    usual = sys.getswitchinterval()
    newest = Newest(lambda: indexes.name, indexes.open, warmed.append, is_serving=True)
    assert newest() == "first"
    assert warmed == []
    indexes.name = "second"
    indexes.may_go_on.clear()
    for _ in range(5):
        assert newest() == "first"
    until(lambda: len(indexes.opened) == 2)
    indexes.may_go_on.set()
    until(lambda: newest() == "second")
    assert warmed == ["second"]
    (_, nothing, _), (name, before, switching) = indexes.opened
    assert (nothing, name, before) == (None, "second", "first")
    assert switching < usual
    until(lambda: sys.getswitchinterval() == pytest.approx(usual))


def test_who_does_not_serve_waits_for_the_next() -> None:
    indexes = Indexes()
    newest = Newest(lambda: indexes.name, indexes.open, lambda fresh: None)
    indexes.name = "second"
    assert newest() == "second"
    assert [before for _, before, _ in indexes.opened] == [None, "first"]


def test_one_that_cannot_be_opened_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.newest._AGAIN_S", 0.01)
    indexes = Indexes()
    usual = sys.getswitchinterval()
    newest = Newest(lambda: indexes.name, indexes.open, lambda fresh: None, is_serving=True)
    indexes.name, indexes.fails = "second", True
    until(lambda: newest() == "first" and len(indexes.opened) > 2)
    assert sys.getswitchinterval() <= usual
    indexes.fails = False
    until(lambda: newest() == "second")
