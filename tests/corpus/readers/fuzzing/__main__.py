"""Each reader on changed files for some minutes; what it finds is kept under ``var/fuzz``.

    python -m tests.corpus.readers.fuzzing [--minutes 10] [--reader docx …] [--seed 1]

Every reader runs in a process of its own, so that one that dies is seen as well: the file at which
it died is the one called ``current``.
"""

import argparse
import faulthandler
import random
import resource
import subprocess
import sys
import time
import traceback
import warnings
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.corpus.readers.fuzzing.checking import OverdueError, check
from tests.corpus.readers.fuzzing.seeds import READERS

_FOLDER = Path("var") / "fuzz"
_ROUND = 50
#: As much address space as the process has in which the product reads a file.
_ADDRESS_SPACE = 4 * 2**30


class Fuzz:
    """One reader's run: how many files it read, and what went wrong, once for each place."""

    def __init__(self, reader: str) -> None:
        suffix, strategy = READERS[reader]
        self._strategy = strategy()
        self._folder = _FOLDER / reader
        self._folder.mkdir(parents=True, exist_ok=True)
        self._path = self._folder / f"current{suffix}"
        self.count = 0
        self.places: set[str] = set()

    def go_on(self, number: int) -> None:
        """Some hundred files more; a find is made as small as it can be, and kept."""

        @seed(number)
        @settings(
            max_examples=_ROUND,
            database=None,
            deadline=None,
            report_multiple_bugs=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(self._strategy)
        def one(data: bytes) -> None:
            self._read(data)

        try:
            one()
        except Exception as error:
            place = _place(error)
            self.places.add(place)
            kept = self._folder / f"find-{len(self.places)}{self._path.suffix}"
            kept.write_bytes(self._path.read_bytes())
            told = "".join(traceback.format_exception(error)[-3:])[-2000:]
            sys.stdout.write(f"FOUND {kept}: {place}\n{told}\n")

    def _read(self, data: bytes) -> None:
        self.count += 1
        self._path.write_bytes(data)
        try:
            check(self._path)
        except OverdueError as error:
            if _place(error) not in self.places:
                raise AssertionError("overdue") from error
        except Exception as error:
            if _place(error) not in self.places:
                raise


def _place(error: BaseException) -> str:
    """By what finds are told apart: the kind of error, and the line of ours that it came from."""
    error = error.__cause__ if isinstance(error.__cause__, OverdueError) else error
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if "site-packages" not in f.filename and "/tests/" not in f.filename]
    last = (own or frames)[-1]
    checked = frames[-1] if "/tests/" in frames[-1].filename else last
    return f"{type(error).__name__} at {Path(checked.filename).name}:{checked.lineno}"


def _run_one(reader: str, minutes: float, start: int) -> int:
    faulthandler.enable()
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    fuzz = Fuzz(reader)
    ends = time.monotonic() + 60 * minutes
    number = start
    while time.monotonic() < ends:
        fuzz.go_on(number)
        number += 1
    sys.stdout.write(f"{reader}: {fuzz.count} files, {len(fuzz.places)} finds\n")
    return bool(fuzz.places)


def main() -> None:
    """Run the readers one after the other; status 1 where one found something or died."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--reader", choices=READERS, action="append")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.alone:
        sys.exit(_run_one(chosen.reader[0], chosen.minutes, chosen.seed))
    bad = 0
    for reader in chosen.reader or READERS:
        command = [sys.executable, "-m", "tests.corpus.readers.fuzzing", "--alone"]
        command += [
            "--reader",
            reader,
            "--minutes",
            str(chosen.minutes),
            "--seed",
            str(chosen.seed),
        ]
        status = subprocess.run(command, check=False).returncode
        if status < 0 or status > 1:
            sys.stdout.write(f"{reader} died with {status}: see {_FOLDER / reader}\n")
        bad += status != 0
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
