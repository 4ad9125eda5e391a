"""What people say and what answers it: ``eval/data/spoken.jsonl`` and ``outside.jsonl``.

Written beside the statutes by people who saw neither the matters nor the rules, in the words of
those who don't know the law: a text, its asks, and for each the 条, 款 or 项 that answers it or the
texts outside the corpus that decide it. What people who read the statutes for one topic wrote in
pairs has one ask a text.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.question import read_letter
from corpus.collections import AskKind
from corpus.language import fold
from eval.examples.held_out import is_held_out
from eval.examples.rows import read_rows

#: One in so many is held out: the weights that lie over the question encoder are fitted on these.
_HELD_OUT = 4


@dataclass(frozen=True, slots=True)
class SpokenAsk:
    """One ask: the words that ask (all of the text where it only tells), its kind where it is
    known, the targets that answer it, most important first, or what decides it outside."""

    text: str
    kind: AskKind | None
    by: tuple[str, ...]
    is_outside: bool
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text with its asks."""

    text: str
    asks: tuple[SpokenAsk, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether the question encoder never saw it."""
        return is_held_out(self.text, _HELD_OUT)

    def as_read(self) -> Iterator[tuple[str, SpokenAsk]]:
        """The asks as the assistant reads them, each with the one here that it is."""
        letter = read_letter(self.text)
        if letter.is_one_question or not letter.asks:
            yield self.text, self.asks[0]
            return
        for asked in letter.asks:
            for ask in self.asks:
                if ask.text in asked or asked in ask.text:
                    yield asked, ask
                    break


def load_spoken() -> Iterator[Spoken]:
    """All of both files, folded as a question is."""
    for row in read_rows("spoken.jsonl"):
        text = fold(row["question"])
        asks = tuple(
            SpokenAsk(
                fold(ask["ask"]) or text,
                AskKind(ask["kind"]),
                tuple(ask["by"]),
                ask["outside"],
                tuple(ask["needs"]),
            )
            for ask in row["asks"]
        )
        yield Spoken(text, asks)
    for row in read_rows("outside.jsonl"):
        text = fold(row["question"])
        asked = read_letter(text).asks
        last = asked[-1] if asked else text
        ask = SpokenAsk(last, None, tuple(row["by"]), row["outside"], tuple(row["needs"]))
        yield Spoken(text, (ask,))
