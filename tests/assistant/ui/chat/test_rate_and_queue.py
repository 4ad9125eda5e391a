"""The limits by themselves: any client, any minute, any queue."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ui_steps import run_async

from assistant.serving import Queue, QueueFullError, RateLimit
from tests.records import patient

#: Moments of five minutes, each exact as a number of the machine.
moments = st.lists(st.integers(0, 1200).map(lambda n: n / 4), max_size=40).map(sorted)


@pytest.mark.parametrize("most", [1, 2, 7])
def test_just_so_many_questions_pass_at_once(most: int) -> None:
    limit = RateLimit(most)
    assert [limit.wait_for("a", 5) for _ in range(most)] == [0] * most
    assert limit.wait_for("a", 5) == 60


@pytest.mark.parametrize(("now", "seconds"), [(0, 60), (0.5, 60), (1, 59), (59.2, 1), (59.999, 1)])
def test_the_wait_is_told_in_whole_seconds_that_suffice(now: float, seconds: int) -> None:
    limit = RateLimit(1)
    limit.wait_for("a", 0)
    assert limit.wait_for("a", now) == seconds


def test_a_question_that_was_refused_does_not_count() -> None:
    limit = RateLimit(1)
    limit.wait_for("a", 0)
    for now in range(1, 60):
        assert limit.wait_for("a", now) > 0
    assert limit.wait_for("a", 60) == 0


def test_the_minute_is_counted_from_each_question() -> None:
    limit = RateLimit(2)
    assert [limit.wait_for("a", now) for now in (0, 50, 60)] == [0, 0, 0]
    assert limit.wait_for("a", 61) == 49
    assert limit.wait_for("a", 110) == 0


@patient
@given(st.integers(1, 4), moments)
def test_a_question_passes_wherever_its_minute_has_room(most: int, asked: list[float]) -> None:
    limit = RateLimit(most)
    passed: list[float] = []
    for now in asked:
        has_room = sum(now - before < 60 for before in passed) < most
        assert (limit.wait_for("a", now) == 0) == has_room
        passed += [now] if has_room else []


@patient
@given(st.lists(st.integers(0, 59), min_size=1, max_size=10).map(sorted))
def test_who_waits_as_long_as_told_may_ask(asked: list[int]) -> None:
    limit = RateLimit(1)
    for now in asked:
        if seconds := limit.wait_for("a", now):
            assert limit.wait_for("a", now + seconds - 1) == 1
            assert limit.wait_for("a", now + seconds) == 0
            return


def test_nobody_waits_for_what_another_asked() -> None:
    limit = RateLimit(1)
    assert [limit.wait_for(client, 0) for client in ("a", "b", "", "A")] == [0, 0, 0, 0]
    assert limit.wait_for("b", 10) == 50


def test_the_client_that_was_quiet_longest_is_forgotten_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("assistant.serving.limits._CLIENTS", 2)
    limit = RateLimit(1)
    for client, now in (("a", 0), ("b", 1), ("a", 2), ("c", 3)):
        limit.wait_for(client, now)
    assert limit.wait_for("a", 4) == 56
    assert limit.wait_for("b", 5) == 0


async def _place(turn: AsyncIterator[int]) -> int:
    """How many are ahead, 0 where it is one's turn."""
    async for ahead in turn:
        return ahead
    return 0


def _next_in(queue: Queue) -> AsyncIterator[int]:
    return queue.wait(every=0.01)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_so_many_are_served_at_once_and_the_next_waits(workers: int) -> None:
    async def run() -> None:
        queue = Queue(workers, seats=1)
        assert [await _place(_next_in(queue)) for _ in range(workers)] == [0] * workers
        assert await _place(_next_in(queue)) == 1

    run_async(run())


def test_places_are_counted_from_the_front_and_move_up() -> None:
    async def run() -> None:
        queue = Queue(1, seats=3)
        assert await _place(_next_in(queue)) == 0
        turns = [_next_in(queue) for _ in range(3)]
        assert [await _place(turn) for turn in turns] == [1, 2, 3]
        queue.release()
        assert [await _place(turn) for turn in turns] == [0, 1, 2]

    run_async(run())


@pytest.mark.parametrize("seats", [0, 1, 3])
def test_a_full_queue_takes_nobody(seats: int) -> None:
    async def run() -> None:
        queue = Queue(1, seats)
        await _place(_next_in(queue))
        turns = [_next_in(queue) for _ in range(seats)]
        for turn in turns:
            await _place(turn)
        assert queue.length == seats
        with pytest.raises(QueueFullError):
            await _place(_next_in(queue))
        assert queue.length == seats

    run_async(run())


def test_a_seat_that_is_left_is_free() -> None:
    async def run() -> None:
        queue = Queue(1, seats=1)
        await _place(_next_in(queue))
        left = _next_in(queue)
        await _place(left)
        await left.aclose()
        assert queue.length == 0
        assert await _place(_next_in(queue)) == 1

    run_async(run())


def test_who_leaves_just_when_called_hands_the_worker_on() -> None:
    async def run() -> None:
        queue = Queue(1, seats=2)
        await _place(_next_in(queue))
        left, stays = _next_in(queue), _next_in(queue)
        await _place(left)
        await _place(stays)
        queue.release()
        await left.aclose()
        assert await _place(stays) == 0
        queue.release()
        assert await _place(_next_in(queue)) == 0

    run_async(run())


def test_a_worker_for_whom_nobody_waits_stays_free() -> None:
    async def run() -> None:
        queue = Queue(2, seats=0)
        for _ in range(5):
            assert await _place(_next_in(queue)) == 0
            queue.release()
        assert [await _place(_next_in(queue)) for _ in range(2)] == [0, 0]
        with pytest.raises(QueueFullError):
            await _place(_next_in(queue))

    run_async(run())


def test_everybody_is_served_once_in_the_order_of_coming() -> None:
    served: list[int] = []

    async def visit(queue: Queue, number: int) -> None:
        async for _ in queue.wait(every=0.01):
            pass
        served.append(number)
        await asyncio.sleep(0.001)
        queue.release()

    async def run() -> None:
        queue = Queue(1, seats=20)
        await asyncio.gather(*(visit(queue, number) for number in range(20)))
        assert queue.length == 0

    run_async(run())
    assert served == list(range(20))
