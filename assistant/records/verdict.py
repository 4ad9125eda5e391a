"""What a reader says of an answer, and what has become of it since."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

_TEXTS = ("question", "understood", "outcome", "word", "time", "as_of", "engine")


class Verdict(StrEnum):
    """Whether the answer was of use."""

    USEFUL = "useful"
    USELESS = "useless"


class State(StrEnum):
    """How far staff are with a feedback."""

    NEW = "新"
    IN_WORK = "在办"
    ANSWERED = "已答复"
    DISMISSED = "不采纳"

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to deal with it."""
        return self in (State.NEW, State.IN_WORK)

    @property
    def following(self) -> tuple["State", ...]:
        """The states that it may be moved to: what was closed is opened again first."""
        if not self.is_open:
            return (State.IN_WORK,)
        return tuple(state for state in State if state is not self)


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state: by whom, when (local, with the offset from UTC), and why."""

    before: State
    state: State
    by: str
    time: str
    note: str = ""

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Move":
        """Read its fields; KeyError or ValueError where one is missing or wrong."""
        by, time, note = (str(given[name]) for name in ("by", "time", "note"))
        return cls(State(given["before"]), State(given["state"]), by, time, note)


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict. ``keys`` are the cited keys; ``time`` is local, with its offset from UTC.

    ``understood`` is what a follow-up was taken for, so that it can be read by itself; ``answer``
    is the answer as it was shown (``Answer.to_json``), None where it was not kept; ``id`` is 0
    where the feedback is not in the queue; ``moves`` are oldest first.
    """

    question: str
    understood: str
    outcome: str
    keys: tuple[str, ...]
    verdict: Verdict
    word: str
    time: str
    as_of: str
    engine: str
    answer: Mapping[str, Any] | None = None
    id: int = 0
    state: State = State.NEW
    moves: tuple[Move, ...] = ()

    @property
    def asked(self) -> str:
        """The question as it can be read by itself."""
        return self.understood or self.question

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Feedback":
        """Read the fields of a line, also of one that knows no queue yet; KeyError, TypeError or
        ValueError where one is missing or wrong."""
        answer = given.get("answer")
        if answer is not None and not isinstance(answer, Mapping):
            raise TypeError("an answer has fields")
        return cls(
            keys=tuple(str(key) for key in given["keys"]),
            verdict=Verdict(given["verdict"]),
            answer=answer,
            id=int(given.get("id", 0)),
            state=State(given.get("state", State.NEW)),
            moves=tuple(Move.from_json(move) for move in given.get("moves", ())),
            **{name: str(given[name]) for name in _TEXTS},
        )

    def to_json(self) -> dict[str, Any]:
        """What ``from_json`` reads."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return own | {"moves": [asdict(move) for move in self.moves]}
