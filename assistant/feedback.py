"""What readers say of answers, kept on this machine as JSON lines."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock

from assistant.types import Answer
from corpus.errors import OptionError
from corpus.language import strip_control

#: Characters that are kept of a reader's word.
MAX_WORD = 300
#: Where it is kept in the data folder.
FEEDBACK_FILE = "feedback.jsonl"


class Verdict(StrEnum):
    """Whether the answer was of use."""

    USEFUL = "useful"
    USELESS = "useless"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict. ``keys`` are the cited keys; ``time`` is local, with its offset from UTC.

    ``understood`` is what a follow-up was taken for, so that the line can be read by itself.
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

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "Feedback":
        """Read the fields of a line; KeyError or ValueError where one is missing or wrong."""
        texts = {
            name: str(fields[name])
            for name in ("question", "understood", "outcome", "word", "time", "as_of", "engine")
        }
        keys = tuple(str(key) for key in fields["keys"])
        return cls(keys=keys, verdict=Verdict(fields["verdict"]), **texts)


class FeedbackLog:
    """A file of feedback, written by one process or thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(
        self, answer: Answer, verdict: Verdict | str, word: str = "", now: datetime | None = None
    ) -> Feedback:
        """Append a verdict and return what was kept; ValueError for a verdict that is none."""
        feedback = Feedback(
            question=answer.question,
            understood=answer.understood,
            outcome=answer.outcome.value,
            keys=tuple(dict.fromkeys(citation.key for citation in answer.citations)),
            verdict=Verdict(verdict),
            word=" ".join(strip_control(word).split())[:MAX_WORD],
            time=(now or datetime.now().astimezone()).isoformat(timespec="seconds"),
            as_of=answer.as_of.isoformat(),
            engine=answer.engine,
        )
        line = json.dumps(asdict(feedback), ensure_ascii=False) + "\n"
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(self._path.with_name(self._path.name + ".lock")):
            # Only for the reader's own eyes: questions may be personal.
            file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with open(file, "a", encoding="utf-8") as log:
                log.write(line)
        return feedback

    def load(self) -> list[Feedback]:
        """All of it, oldest first; OptionError where the file cannot be read."""
        try:
            lines = self._path.read_text("utf-8").split("\n")
        except (OSError, UnicodeError) as error:
            raise OptionError(f"反馈文件 {self._path} 读不了，请检查路径。") from error
        found = []
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                found.append(Feedback.from_json(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise OptionError(
                    f"反馈文件 {self._path} 第 {number} 行读不懂，请改正或删去这一行。"
                ) from error
        return found
