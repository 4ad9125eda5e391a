"""The retriever of the index in use, opened anew when another one was switched to."""

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread

from corpus.errors import EcoPolicyError
from index.search import HybridRetriever

#: So long after an index could not be opened it is tried again.
_AGAIN_S = 10
#: So soon whoever asks has Python back while an index is opened; it is 5 ms otherwise, and an
#: answer gives it away some twenty times.
_SWITCH_S = 0.0005
_log = logging.getLogger("ecopolicy.index")

#: Opens the index of this name; what the retriever given has of it already is taken over.
Open = Callable[[str, HybridRetriever | None], HybridRetriever]


class Newest:
    """Gives the retriever of the index in use.

    While ``is_serving`` another index is opened beside, and the one before is given until it is
    done; otherwise whoever asks waits for it.
    """

    def __init__(
        self,
        name: Callable[[], str],
        opened: Open,
        warm: Callable[[HybridRetriever], None],
        is_serving: bool = False,
    ) -> None:
        """``name`` tells which index is in use, ``opened`` opens it, ``warm`` makes what is made
        with the first answer."""
        self._name = name
        self._opened = opened
        self._warm = warm
        self._is_serving = is_serving
        self._opening = Lock()
        # One value, so that no reader sees half of a change.
        self._current = self._open(name(), None)

    def __call__(self) -> HybridRetriever:
        """The retriever to use now."""
        name = self._name()
        if name != self._current[0] and not self._is_serving:
            self._current = self._open(name, self._current[1])
        elif name != self._current[0] and self._opening.acquire(blocking=False):
            Thread(target=self._open_beside, args=(name,), daemon=True).start()
        return self._current[1]

    def _open(self, name: str, before: HybridRetriever | None) -> tuple[str, HybridRetriever]:
        return name, self._opened(name, before)

    def _open_beside(self, name: str) -> None:
        try:
            with _giving_way():
                found = self._open(name, self._current[1])
                # Before anybody waits for it.
                self._warm(found[1])
            self._current = found
        except EcoPolicyError as error:
            _log.error("the index %s could not be opened: %s", name, error)
            time.sleep(_AGAIN_S)
        finally:
            self._opening.release()


@contextmanager
def _giving_way() -> Iterator[None]:
    """Other threads have Python sooner."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
