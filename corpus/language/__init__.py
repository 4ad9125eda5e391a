"""Chinese as this field writes it: one form of writing, numbers, spelling, citations, synonyms.

Knows no document.
"""

from corpus.language.character_pairs import overlap, pairs
from corpus.language.citations import (
    Citation,
    Citations,
    Place,
    find_citations,
    titles_of,
)
from corpus.language.clause import authorities, clauses, clauses_with_marks
from corpus.language.compounds import pieces
from corpus.language.cues import Cue, load_cues
from corpus.language.numerals import NUMBER_PATTERN, chinese_date, item_number, to_chinese, to_int
from corpus.language.quantities import (
    Amount,
    amounts,
    figures,
    numbers,
    units_asked,
)
from corpus.language.references import (
    Reference,
    cross_references,
    expand_ranges,
    format_reference,
    names_item,
    ordinal,
    parse_references,
)
from corpus.language.shortening import LEFT_OUT, around, shorten
from corpus.language.spelling import Correction, Speller, count_pairs
from corpus.language.text import (
    fold,
    fold_in_place,
    simplify,
    strip_control,
    strip_stray_spaces,
    widen_marks,
)
from corpus.language.thesaurus import load_thesaurus
from corpus.language.titles import title_form, title_forms
from corpus.language.words import count_words, is_han, latin_words, says_something, squeeze

__all__ = [
    "LEFT_OUT",
    "NUMBER_PATTERN",
    "Amount",
    "Citation",
    "Citations",
    "Correction",
    "Cue",
    "Place",
    "Reference",
    "Speller",
    "amounts",
    "around",
    "authorities",
    "chinese_date",
    "clauses",
    "clauses_with_marks",
    "count_pairs",
    "count_words",
    "cross_references",
    "expand_ranges",
    "figures",
    "find_citations",
    "fold",
    "fold_in_place",
    "format_reference",
    "is_han",
    "item_number",
    "latin_words",
    "load_cues",
    "load_thesaurus",
    "names_item",
    "numbers",
    "ordinal",
    "overlap",
    "pairs",
    "parse_references",
    "pieces",
    "says_something",
    "shorten",
    "simplify",
    "squeeze",
    "strip_control",
    "strip_stray_spaces",
    "title_form",
    "title_forms",
    "titles_of",
    "to_chinese",
    "to_int",
    "units_asked",
    "widen_marks",
]
