"""Whether a table tells what is asked: one of its rows by name, one of its columns or its title."""

from corpus.catalog import Corpus
from corpus.language import fold, is_han, overlap, pairs
from corpus.splitting import is_fact, names_of_row, rest_of_row
from index.types import Retrieval

#: A row is spoken of where this share of its name's pairs of characters stands in the question.
_SPOKEN_OF = 0.5
_SHORTEST = 2


def is_told_by_row(text: str, found: Retrieval, corpus: Corpus) -> bool:
    """Whether the table that was found first has a row by a name that the question speaks of, and
    under its title or in its columns what else the question speaks of.

    A limit, a figure or an entry of a catalogue then stands in the text itself, however rarely
    laws give such.
    """
    if not found.hits or not is_fact(found.hits[0].passage.text):
        return False
    passage = found.hits[0].passage
    _, article = corpus.find(passage.document_id, passage.key)
    asked = fold(text)
    return any(_tells(line, asked) for line in article.text.split("\n") if is_fact(line))


def _tells(row: str, asked: str) -> bool:
    names = [name for name in map(_bare, names_of_row(row)) if len(name) >= _SHORTEST]
    spoken_of = [name for name in names if overlap(name, asked) >= _SPOKEN_OF]
    if not spoken_of:
        return False
    beside = pairs(asked) - {pair for name in spoken_of for pair in pairs(name)}
    return bool(beside & pairs(fold(rest_of_row(row))))


def _bare(name: str) -> str:
    """A name without the figures behind it (饲料加工132*), where it has Chinese words."""
    folded = fold(name).strip()
    return folded.rstrip("0123456789*、. ") if any(map(is_han, folded)) else folded
