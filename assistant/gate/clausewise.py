"""Whether each clause of a sentence speaks of what its unit speaks of.

A sentence as a whole may be near its unit because it copies a long clause of it, and say something
else in a short one before or behind that (「……处罚款。另外，……」). So each clause is looked at by
itself. Words of the unit, of its title and issuer are known; the reader's own words as well, since
a paraphrase names his case; a clause that has only these and is no case says what he said, not what
the unit says. Clauses side by side that have next to nothing known are read as one.
"""

from collections.abc import Sequence
from itertools import groupby

from assistant.gate.fidelity import standing
from assistant.types import Evidence
from corpus.catalog import Corpus
from corpus.language import clauses

#: So many characters with a content state something. Of 396 true sentences of a strong model 6 have
#: a clause that falls by these three, of 150 others 1.
_STATES = 5
#: So little that is known is chance: two neighbours in a clause of fourteen.
_CHANCE = 0.15
#: So many characters one after the other, none of them known, are a statement inside a clause.
_GLUED = 8
#: A case, not a statement: 「夜里打桩的，……」「发现漏油时，……」
_CASE = ("的", "时", "的话")


def tells_only_of(
    text: str, quotes: str, evidence: Sequence[Evidence], corpus: Corpus, question: str
) -> bool:
    """Whether no clause of ``text`` states something that neither the unit nor the reader speaks
    of, or that only the reader said."""
    own = "\n".join((quotes, *_names(evidence, corpus)))
    all_known = f"{own}\n{question}"
    known = [standing(clause, all_known) for clause in clauses(text)]
    if any(_is_reader_s(clause, own, question) for clause in clauses(text)):
        return False
    if any(len(list(run)) >= _GLUED for found in known for is_, run in groupby(found) if not is_):
        return False
    told = [found for found in known if found]
    return all(
        sum(map(len, run)) < _STATES
        for is_known, run in groupby(told, lambda found: sum(found) > _CHANCE * len(found))
        if not is_known
    )


def _is_reader_s(clause: str, own: str, question: str) -> bool:
    """Whether a clause states what the reader said, in words of which the unit has none."""
    if clause.endswith(_CASE):
        return False
    by_unit = standing(clause, own)
    return len(by_unit) >= _STATES and not any(by_unit) and all(standing(clause, question))


def _names(evidence: Sequence[Evidence], corpus: Corpus) -> set[str]:
    """What the sources are called, and whose they are."""
    documents = [corpus.document(piece.document_id) for piece in evidence]
    return {
        name for d in documents for name in (d.title, d.issuer, d.collection.attribution) if name
    }
