"""The throttle: a guesser waits, and holds up nobody but himself."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.staff import BusyError, HeldUpError, Throttle
from tests.records import patient


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock)


def tries(throttle: Throttle, client: str, name: str, is_right: bool = False) -> bool:
    """Whether the password was checked at all."""
    try:
        with throttle.attempt(client, name) as attempt:
            if is_right:
                attempt.passed()
    except HeldUpError:
        return False
    return True


def test_five_failures_of_a_name_then_longer_and_longer(throttle: Throttle, clock: Clock):
    assert [tries(throttle, "1.2.3.4", "王五") for _ in range(8)] == [True] * 5 + [False] * 3
    waits = []
    for _ in range(8):
        wait = throttle.wait_for("1.2.3.4", "王五")
        waits.append(wait)
        clock.now += wait - 1
        assert not tries(throttle, "1.2.3.4", "王五")
        clock.now += 1
        assert tries(throttle, "1.2.3.4", "王五")
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_the_error_says_how_long(throttle: Throttle, clock: Clock):
    for _ in range(5):
        tries(throttle, "a", "王五")
    clock.now += 10.5
    with pytest.raises(HeldUpError) as held, throttle.attempt("a", "王五"):
        pytest.fail("must not begin")
    assert held.value.seconds == 20


def test_another_name_at_the_same_client_until_twenty(throttle: Throttle):
    checked = [tries(throttle, "a", f"人{n}") for n in range(30)]
    assert checked == [True] * 20 + [False] * 10
    assert throttle.wait_for("a", "一个新的名字") == 30
    assert throttle.wait_for("b", "人0") == 0


def test_a_stranger_holds_nobody_up(throttle: Throttle, clock: Clock):
    refused = 0
    for n in range(1000):
        refused += not tries(throttle, f"10.0.0.{n % 7}", "王五")
        clock.now += 5
    assert refused > 800
    assert throttle.wait_for("192.168.1.9", "王五") == 0
    assert tries(throttle, "192.168.1.9", "王五", is_right=True)


def test_the_right_password_wipes_the_names_failures_only(throttle: Throttle):
    for _ in range(4):
        tries(throttle, "a", "王五")
    assert tries(throttle, "a", "王五", is_right=True)
    for n in range(15):
        assert tries(throttle, "a", f"人{n}")
    # 4 + 15 failures stand although the guesser has an account of his own.
    assert tries(throttle, "a", "王五", is_right=True)
    assert tries(throttle, "a", "人99")
    assert not tries(throttle, "a", "王五", is_right=True)
    assert throttle.wait_for("a", "王五") == 30


def test_the_right_password_does_not_prolong_the_clients_wait(throttle: Throttle, clock: Clock):
    for n in range(20):
        tries(throttle, "a", f"人{n}")
    clock.now += 30
    assert tries(throttle, "a", "王五", is_right=True)
    assert throttle.wait_for("a", "王五") == 0


def test_names_written_otherwise_are_the_same(throttle: Throttle):
    for name in ("Wang", " Wang ", "Ｗａｎｇ", "Wan\uff47", "Wang\u3000"):
        assert tries(throttle, "a", name)
    assert not tries(throttle, "a", "Wang")


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("::ffff:1.2.3.4", "1.2.3.4", True),
        ("1.2.3.4", "1.2.3.5", False),
        ("", "1.2.3.5", False),
        ("gateway", "gateway ", True),
    ],
)
def test_what_is_one_client(throttle: Throttle, one: str, other: str, is_same: bool):
    for _ in range(5):
        tries(throttle, one, "王五")
    assert tries(throttle, other, "王五") is not is_same


def test_quiet_for_an_hour_is_a_new_start(throttle: Throttle, clock: Clock):
    for _ in range(5):
        tries(throttle, "a", "王五")
    clock.now += 3599
    assert tries(throttle, "a", "王五")
    assert throttle.wait_for("a", "王五") == 60
    clock.now += 3600
    assert [tries(throttle, "a", "王五") for _ in range(6)] == [True] * 5 + [False]


def test_a_check_that_broke_is_no_failure(throttle: Throttle):
    for _ in range(9):
        with pytest.raises(OSError, match="disk"), throttle.attempt("a", "王五"):
            raise OSError("disk")
    assert throttle.wait_for("a", "王五") == 0
    assert [tries(throttle, "a", "王五") for _ in range(6)] == [True] * 5 + [False]


def test_only_so_many_clients_are_remembered(clock: Clock):
    throttle = Throttle(clock, most_clients=100)
    for n in range(1000):
        for _ in range(5):
            tries(throttle, f"host{n}", "王五" * 100_000)
        assert len(throttle) <= 100
    assert not tries(throttle, "host999", "王五" * 100_000)
    assert tries(throttle, "host0", "王五")


def test_who_failed_last_is_remembered_longest(clock: Clock):
    throttle = Throttle(clock, most_clients=2)
    for client in ("a", "a", "a", "a", "b", "b", "b", "b", "b", "a", "c"):
        assert tries(throttle, client, "王五")
    assert [throttle.wait_for(client, "王五") for client in "abc"] == [30, 0, 0]


def test_all_at_once_is_no_way_round(clock: Clock):
    throttle = Throttle(clock, at_once=50)
    begun = threading.Barrier(41, timeout=20)

    def guess(number: int) -> bool:
        begun.wait()
        try:
            with throttle.attempt("a", "王五"):
                threading.Event().wait(0.2)
        except HeldUpError:
            return False
        return True

    with ThreadPoolExecutor(41) as pool:
        checked = sum(pool.map(guess, range(41)))
    assert checked == 5
    assert throttle.wait_for("a", "王五") == 30


def test_only_so_many_are_checked_at_once(clock: Clock):
    throttle = Throttle(clock, at_once=2, patience_s=0.01)
    with throttle.attempt("a", "1"), throttle.attempt("b", "2"):
        for _ in range(9):
            with pytest.raises(BusyError), throttle.attempt("c", "3"):
                pytest.fail("must not begin")
    assert [tries(throttle, "c", "3") for _ in range(6)] == [True] * 5 + [False]


def test_who_has_patience_gets_a_turn(clock: Clock):
    throttle = Throttle(clock, at_once=1, patience_s=10)
    is_in, may_go = threading.Event(), threading.Event()

    def first() -> None:
        with throttle.attempt("a", "1"):
            is_in.set()
            may_go.wait(10)

    with ThreadPoolExecutor(1) as pool:
        pool.submit(first)
        assert is_in.wait(10)
        threading.Timer(0.05, may_go.set).start()
        assert tries(throttle, "b", "2", is_right=True)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.sampled_from(["王五", "赵六"]),
        st.booleans(),
        st.floats(0, 400),
    ),
    max_size=80,
)


@patient
@given(STEPS)
def test_nobodys_steps_change_what_another_client_waits(steps):
    """Each client waits as if the others were not there."""
    clock = Clock()
    together = Throttle(clock)
    alone = {client: Throttle(clock) for client in "abc"}
    for client, name, is_right, pause in steps:
        clock.now += pause
        for other, own in alone.items():
            for each in ("王五", "赵六"):
                assert together.wait_for(other, each) == own.wait_for(other, each)
        assert tries(together, client, name, is_right) == tries(
            alone[client], client, name, is_right
        )


@patient
@given(STEPS)
def test_a_wait_is_short_enough_and_kept(steps):
    """Nobody waits above 15 minutes, whoever has waited may try, and waiting wins no free try."""
    clock = Clock()
    throttle = Throttle(clock)
    failures: dict[tuple[str, str], int] = {}
    for client, name, is_right, pause in steps:
        clock.now += pause
        wait = throttle.wait_for(client, name)
        assert 0 <= wait <= 15 * 60
        assert tries(throttle, client, name, is_right) is (wait == 0)
        if wait:
            clock.now += wait
            assert throttle.wait_for(client, name) == 0
            continue
        pair = (client, name)
        failures[pair] = 0 if is_right else failures.get(pair, 0) + 1
        if failures[pair] >= 5:
            assert throttle.wait_for(client, name) >= 30
