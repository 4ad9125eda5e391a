"""What a strong model makes of the answers: its recorded replies, replayed.

    python -m eval.compare.recorded [--unjudged] [--missing DIR]

``eval/data/replies.jsonl`` holds replies to the product's own prompts by the prompt's hash, written
as a strong model writes that sees only the prompt and knows nothing of the gate;
``eval/data/verdicts.jsonl`` what such a model said when it read single sentences a second time. A
prompt that is no longer the same (the corpus, the ranking or the rules have changed) has no reply:
``--missing`` writes such prompts down, and the sentences that nobody read, to be recorded again.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from assistant.cli.progress import ProgressBar
from assistant.llm import Deadline, Engine, Meter, Prompt
from assistant.settings import load_settings
from assistant.wiring import build_assistant
from assistant.writing import JUDGE, POINTS, AnswerWriter
from corpus.errors import EngineError
from eval.metrics import Question
from eval.runner import Result, load_questions, run

DAY = date(2026, 11, 29)
_SENTENCE = re.compile(r"^第([0-9]+)句：(.*)$", re.MULTILINE)
_BLOCK = re.compile("^(?=第[0-9]+句：)", re.MULTILINE)
_SOURCE = re.compile("^原文：[^：]*：(.*)$", re.MULTILINE)
_SPAN = 12
_NOT_RECORDED = "没有录下对这个提示的回复"


def hash_of(prompt: Prompt) -> str:
    """By which a prompt's reply is found."""
    told = f"{prompt.system}\0{prompt.user}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def load_replies() -> dict[str, str]:
    """The replies by their prompt's hash."""
    return {row["prompt"]: row["reply"] for row in _rows("replies.jsonl") if row["prompt"]}


def load_verdicts() -> dict[str, tuple[str, ...]]:
    """What the second reading found wrong with a sentence, by the sentence as it was shown; nothing
    where it stood (all points right, and the words shown for it stand in its source)."""
    rows = _rows("verdicts.jsonl")
    return {row["text"]: () if row["stands"] else tuple(row.get("faults", POINTS)) for row in rows}


class RecordedEngine(Engine):
    """A language model that says what was recorded; EngineError where nothing was."""

    __slots__ = ("missing", "replies", "seen", "unread", "verdicts")

    def __init__(
        self,
        replies: dict[str, str],
        verdicts: dict[str, tuple[str, ...]],
        is_judged: bool = True,
    ) -> None:
        super().__init__("recorded", None, timeout_s=600, is_judged=is_judged)  # type: ignore[arg-type]
        self.replies, self.verdicts = replies, verdicts
        self.seen = 0
        self.missing: dict[str, Prompt] = {}
        #: What no verdict is known of: how it was asked, by the sentence.
        self.unread: dict[str, str] = {}

    def stream(self, prompt: Prompt, deadline: Deadline, meter: Meter) -> Iterator[str]:
        """The recorded reply, whole."""
        if prompt.system == JUDGE:
            yield self._judged(prompt)
            return
        self.seen += 1
        found = self.replies.get(hash_of(prompt))
        if found is None:
            self.missing[hash_of(prompt)] = prompt
            raise EngineError(_NOT_RECORDED)
        yield found

    def _judged(self, prompt: Prompt) -> str:
        """The verdicts on the sentences of a prompt, put together; one that nobody gave is no.

        The words that carry a sentence are not kept (they are the statutes'): the first ones of its
        source stand for them.
        """
        checks = []
        for block in _BLOCK.split(prompt.user)[1:]:
            number, text = _SENTENCE.findall(block)[0]
            if text not in self.verdicts:
                self.unread[text] = block
            faults = self.verdicts.get(text, POINTS)
            points = {name: name not in faults for name in POINTS}
            span = _SOURCE.findall(block)[0][:_SPAN]
            checks.append({"n": int(number), "span": span, **points})
        return json.dumps({"checks": checks}, ensure_ascii=False)


def recorded_questions() -> list[Question]:
    """The questions that were recorded, in the order of ``replies.jsonl``."""
    ids = list(dict.fromkeys(row["id"] for row in _rows("replies.jsonl") if row.get("id")))
    known = {question.id: question for question in load_questions()}
    return [known[name] for name in ids if name in known]


def share_right(results: Sequence[Result]) -> str:
    """How many are right, of how many, and how many mislead."""
    right = sum(result.is_right for result in results)
    misleading = sum(result.judgement.misleading for result in results)
    return f"{right}/{len(results)}, misleading {misleading}"


def main() -> None:
    """Answer the recorded questions with and without the recorded model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unjudged", action="store_true")
    parser.add_argument("--missing", type=Path)
    chosen = parser.parse_args()
    plain = build_assistant(load_settings(), ProgressBar())
    engine = RecordedEngine(load_replies(), load_verdicts(), not chosen.unjudged)
    written = plain.with_writer(AnswerWriter(engine))
    questions = recorded_questions()
    for name in dict.fromkeys(question.category for question in questions):
        some = [question for question in questions if question.category == name]
        before, after = (share_right(run(each, some, DAY)) for each in (plain, written))
        sys.stdout.write(f"{name}: {before} -> {after}\n")
    sys.stdout.write(
        f"prompts {engine.seen}, not recorded {len(engine.missing)}; "
        f"sentences without a verdict {len(engine.unread)}\n"
    )
    if chosen.missing:
        chosen.missing.mkdir(parents=True, exist_ok=True)
        for name, prompt in engine.missing.items():
            told = f"{prompt.system}\n\n{prompt.user}\n"
            (chosen.missing / f"{name}.txt").write_text(told, "utf-8")
        blocks = "\n".join(engine.unread.values())
        (chosen.missing / "unread.txt").write_text(f"{JUDGE}\n\n{blocks}\n", "utf-8")


def _rows(name: str) -> list[dict[str, Any]]:
    text = (resources.files("eval") / "data" / name).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


if __name__ == "__main__":
    main()
