"""A proposed sentence is tied to the passages that carry it, whatever marks the model set."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from assistant.gate import Source, answers, carries, is_faithful, quote_of, trim, without_verdict
from assistant.types import DraftSentence, Evidence
from assistant.writing.placing import in_numerals_of
from assistant.writing.proposals import Proposal
from corpus.catalog import Corpus
from corpus.language import fold, simplify

#: How a gist is told apart from what the text says.
PARAPHRASE = "大意（人工智能改写，以原文为准）："
_MOST_SINGLES = 6


@dataclass(frozen=True)
class Placer:
    """Places sentences on the passages ``evidence``, which the model saw numbered from 1."""

    evidence: Sequence[Evidence]
    corpus: Corpus
    day: date
    question: str

    @cached_property
    def _lay(self) -> dict[str, list[str]]:
        """Our lay wording of the articles that the passages are of."""
        found: dict[str, list[str]] = {piece.key: [] for piece in self.evidence}
        for wording in self.corpus.lay_wording:
            if wording.key in found:
                found[wording.key] += wording.texts
        return found

    def place(self, proposal: Proposal, is_paraphrase: bool = False) -> DraftSentence | None:
        """The sentence with what carries it, None where nothing does.

        A mark that leads nowhere or to a passage that does not carry the sentence is put right; a
        beginning that repeats the question is cut off.
        """
        text = without_verdict(simplify(proposal.text))
        for group in self._groups(proposal.marks):
            source = self._source(group)
            numerals = in_numerals_of(text, source.quotes)
            for told in dict.fromkeys(
                (numerals, trim(numerals, source), trim(numerals, source, keep_name=False))
            ):
                if self._is_carried(told, group, source, is_paraphrase):
                    return DraftSentence(self._attributed(told, group, is_paraphrase), group)
        return None

    def _groups(self, marks: Sequence[int]) -> Iterator[tuple[Evidence, ...]]:
        """What may carry a sentence: what is marked, then each passage, then any two."""
        count = min(len(self.evidence), _MOST_SINGLES)
        marked = [n - 1 for n in marks if 1 <= n <= count]
        order = [*marked, *(i for i in range(count) if i not in marked)]
        groups: list[tuple[int, ...]] = [(i,) for i in order]
        if len(marked) > 1:
            groups.append(tuple(marked))
        groups += [pair for pair in combinations(order, 2) if set(pair) != set(marked)]
        for group in groups:
            yield tuple(self.evidence[i] for i in sorted(group))

    def _source(self, group: Sequence[Evidence]) -> Source:
        lay = [text for key in {piece.key for piece in group} for text in self._lay[key]]
        quotes = "\n".join(quote_of(piece, self.corpus) for piece in group)
        return Source(quotes, fold("\n".join(lay)))

    def _is_carried(
        self, text: str, group: Sequence[Evidence], source: Source, is_paraphrase: bool
    ) -> bool:
        if any(self._is_added(piece) for piece in group) and not answers(text, self.question):
            return False
        return is_faithful(text, source, self.question, is_paraphrase) and carries(
            text, group, self.corpus, self.day
        )

    def _is_added(self, piece: Evidence) -> bool:
        return self.corpus.document(piece.document_id).title in self.corpus.added

    def _attributed(self, text: str, group: Sequence[Evidence], is_paraphrase: bool) -> str:
        """A paraphrase is told as one, what only a user's own text says as that text's words."""
        title = self.corpus.document(group[0].document_id).title
        if self._is_added(group[0]) and title not in text:
            text = f"据《{title}》，{text}"
        return f"{PARAPHRASE}{text}" if is_paraphrase else text
