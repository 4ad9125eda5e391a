"""What is asked of a model, by when, and what it took."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


class Deadline:
    """A moment by which something has to be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then, 0 when it has passed."""
        return max(0.0, self._end - time.monotonic())


@dataclass(slots=True)
class Meter:
    """Counts what one answer takes from the model."""

    tokens_in: int = 0
    tokens_out: int = 0
    tokens_cached: int = 0
    calls: int = 0
    #: The model that replied last.
    name: str = field(default="", compare=False)

    @property
    def usage(self) -> dict[str, int]:
        """The counts, as they stand with an answer."""
        return {
            "tokens_in": self.tokens_in,
            "tokens_cached": self.tokens_cached,
            "tokens_out": self.tokens_out,
            "calls": self.calls,
        }

    def add(self, usage: Mapping[str, Any]) -> None:
        """Count the usage of one reply."""
        self.tokens_in += usage.get("input_tokens", 0)
        self.tokens_out += usage.get("output_tokens", 0)
        details = usage.get("input_token_details") or {}
        self.tokens_cached += details.get("cache_read", 0) or 0

    def include(self, other: "Meter") -> None:
        """Count what another one counted."""
        self.tokens_in += other.tokens_in
        self.tokens_out += other.tokens_out
        self.tokens_cached += other.tokens_cached
        self.calls += other.calls


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked of a model. ``system`` is the same for every question, for the prompt cache.

    ``schema`` is the JSON schema of the reply, None for plain text.
    """

    system: str
    user: str
    max_tokens: int
    schema: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A prompt, the end of the time for its reply, and where what it takes is counted."""

    prompt: Prompt
    deadline: Deadline
    meter: Meter
