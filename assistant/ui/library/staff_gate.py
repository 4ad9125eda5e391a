"""Who may change the library: whoever knows the staff password of the options."""

import hmac
import time
from collections.abc import Callable
from threading import Lock

from pydantic import SecretStr

#: So many wrong passwords in a row, from whomever, close the gate for so long.
MAX_FAILURES = 5
LOCKED_S = 15 * 60


class StaffGate:
    """Compares passwords in constant time; one gate for the whole process."""

    def __init__(self, password: SecretStr, clock: Callable[[], float] = time.monotonic) -> None:
        self._password = password.get_secret_value().encode()
        self._clock = clock
        self._failures = 0
        self._locked_until = 0.0
        self._lock = Lock()

    def admits(self, given: str) -> bool:
        """Whether this is the password; while the gate is locked, nothing is."""
        with self._lock:
            if self._clock() < self._locked_until:
                return False
            if hmac.compare_digest(given.encode(), self._password):
                self._failures = 0
                return True
            self._failures += 1
            if self._failures >= MAX_FAILURES:
                self._failures = 0
                self._locked_until = self._clock() + LOCKED_S
            return False

    @property
    def locked_minutes(self) -> int:
        """For how many more minutes the gate is locked, rounded up; 0 where it is open."""
        with self._lock:
            left = self._locked_until - self._clock()
        return max(0, -int(-left // 60))
