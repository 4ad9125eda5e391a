"""A proposed sentence is tied to the units that carry it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.gate import answers, faults_of_unit, quote_of, without_verdict
from assistant.types import DraftSentence, Evidence
from assistant.writing.packing import Unit
from assistant.writing.proposals import Proposal
from corpus.catalog import Corpus
from corpus.language import fold, overlap, simplify, squeeze, to_chinese

_DIGITS = re.compile(r"(?<![0-9.])[0-9]{1,7}(?![0-9.%])")
#: So many units that a model names are read together.
_MOST = 4
#: Where it names none that carries the sentence, so many are looked at, the nearest first.
_NEAREST = 3
#: Another unit carries a sentence better where so much more of it stands there.
_CLEARLY = 0.08


@dataclass(frozen=True)
class UnitPlacer:
    """Places sentences on the units that the model saw numbered from 1.

    ``is_strict`` asks that a sentence keeps to the source's words: where nothing judges it after.
    """

    units: Sequence[Unit]
    corpus: Corpus
    day: date
    question: str
    is_strict: bool

    def place(self, proposal: Proposal) -> DraftSentence | None:
        """The sentence with what carries it, None where nothing does.

        A mark that leads nowhere or to a unit that does not carry the sentence is put right, and so
        is one to a lead without the item that is told: the unit that clearly says more of it is
        taken. A yes or no at its beginning goes where the unit does not say it.
        """
        best, most = None, -_CLEARLY
        for evidence, quotes in self._read(proposal):
            told = in_numerals_of(simplify(proposal.text), quotes)
            stands = (f for f in (told, without_verdict(told)) if not self._faults(f, evidence))
            form = next(stands, None)
            held = overlap(squeeze(told), squeeze(quotes))
            if form is not None and held >= most + _CLEARLY:
                best, most = (form, evidence), held
        if best is None:
            return None
        form, evidence = best
        return DraftSentence(self._attributed(form, evidence), evidence, is_written=True)

    def faults(self, proposal: Proposal) -> tuple[str, ...]:
        """Why nothing carries a sentence: what is wrong with it beside the unit, of those that may
        carry it, to which it is nearest."""
        text = simplify(proposal.text)
        found = [self._faults(in_numerals_of(text, q), e) for e, q in self._read(proposal)]
        return min(found, key=len, default=("unmarked",))

    def _read(self, proposal: Proposal) -> Iterator[tuple[tuple[Evidence, ...], str]]:
        """What may carry a sentence, each with its words."""
        for evidence in self._groups(simplify(proposal.text), proposal.marks):
            yield evidence, "\n".join(quote_of(piece, self.corpus) for piece in evidence)

    def _groups(self, text: str, marks: Sequence[int]) -> Iterator[tuple[Evidence, ...]]:
        """What may carry a sentence: each unit that is named, all of them, the nearest others."""
        named = [self.units[n - 1] for n in marks if 1 <= n <= len(self.units)][:_MOST]
        yield from (unit.evidence for unit in named)
        if len(named) > 1:
            yield tuple(dict.fromkeys(piece for unit in named for piece in unit.evidence))
        keys = {unit.evidence[0].key for unit in named}
        others = [
            u for u in self.units if u not in named and (u.evidence[0].key in keys or not named)
        ]
        own = squeeze(text)
        others.sort(key=lambda unit: -overlap(own, squeeze(unit.text)))
        yield from (unit.evidence for unit in others[:_NEAREST])

    def _faults(self, text: str, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        if any(self._is_added(piece) for piece in evidence) and not answers(text, self.question):
            return ("unasked",)
        return faults_of_unit(text, evidence, self.corpus, self.day, self.question, self.is_strict)

    def _is_added(self, piece: Evidence) -> bool:
        return self.corpus.document(piece.document_id).title in self.corpus.added

    def _attributed(self, text: str, evidence: Sequence[Evidence]) -> str:
        """What only a user's own text says is told as that text's words."""
        title = self.corpus.document(evidence[0].document_id).title
        is_added = self._is_added(evidence[0]) and title not in text
        return f"据《{title}》，{text}" if is_added else text


def in_numerals_of(text: str, quotes: str) -> str:
    """The text with numbers in the numerals of the source (20万元 → 二十万元)."""

    def change(match: re.Match[str]) -> str:
        if match[0] in fold(quotes) or not 0 < int(match[0]) < 10_000:
            return match[0]
        return to_chinese(int(match[0]))

    return _DIGITS.sub(change, text)
