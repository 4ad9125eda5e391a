"""The gate before the library: how often one may err, and how long it stays shut."""

from threading import Thread

import pytest
from pydantic import SecretStr

from assistant.ui.library.staff_gate import LOCKED_S, MAX_FAILURES, StaffGate

PASSWORD = "潍坊Eco-2026"


class Clock:
    """Stands until it is set."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> StaffGate:
    return StaffGate(SecretStr(PASSWORD), clock)


def fail(gate: StaffGate, count: int) -> None:
    for _ in range(count):
        assert not gate.admits("错")


@pytest.mark.parametrize(
    "given",
    ["", PASSWORD + " ", PASSWORD[:-1], PASSWORD.lower(), PASSWORD * 2, "濰坊Eco-2026", "\x00"],
)
def test_what_is_like_the_password_is_not_it(gate: StaffGate, given: str) -> None:
    assert not gate.admits(given)


@pytest.mark.parametrize(
    ("passed", "minutes"),
    [(0, 15), (0.5, 15), (59, 15), (60, 14), (61, 14), (840, 1), (899.9, 1), (900, 0), (9_999, 0)],
)
def test_the_minutes_that_are_left_are_rounded_up(
    gate: StaffGate, clock: Clock, passed: float, minutes: int
) -> None:
    assert LOCKED_S == 15 * 60
    fail(gate, MAX_FAILURES)
    clock.now += passed
    assert gate.locked_minutes == minutes
    assert gate.admits(PASSWORD) == (minutes == 0)


def test_who_knocks_meanwhile_does_not_keep_it_shut(gate: StaffGate, clock: Clock) -> None:
    fail(gate, MAX_FAILURES)
    for _ in range(LOCKED_S - 1):
        clock.now += 1
        fail(gate, 1)
    clock.now += 1
    assert gate.admits(PASSWORD)


def test_after_the_lock_one_may_err_as_often_as_before(gate: StaffGate, clock: Clock) -> None:
    for _ in range(3):
        fail(gate, MAX_FAILURES - 1)
        assert gate.locked_minutes == 0
        fail(gate, 1)
        assert gate.locked_minutes == 15
        clock.now += LOCKED_S


def test_failures_are_counted_however_far_apart(gate: StaffGate, clock: Clock) -> None:
    for _ in range(MAX_FAILURES):
        clock.now += 86_400
        fail(gate, 1)
    assert gate.locked_minutes == 15


def test_no_failure_of_many_at_once_is_lost(clock: Clock) -> None:
    gate = StaffGate(SecretStr(PASSWORD), clock)
    threads = [Thread(target=gate.admits, args=("错",)) for _ in range(MAX_FAILURES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert gate.locked_minutes == 15
