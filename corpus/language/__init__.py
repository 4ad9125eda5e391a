"""Chinese as this field writes it: one form of writing, numbers, spelling, citations, synonyms.

Knows no document.
"""

from corpus.language.amounts import (
    Amount,
    amounts,
    detentions,
    figures,
    fines,
    numbers,
    terms,
    units_asked,
)
from corpus.language.clauses import authorities, clauses
from corpus.language.cues import Cue, load_cues
from corpus.language.numerals import NUMBER_PATTERN, chinese_date, item_number, to_chinese, to_int
from corpus.language.overlap import overlap, pairs
from corpus.language.references import (
    Reference,
    cross_references,
    expand_ranges,
    format_reference,
    parse_references,
)
from corpus.language.spelling import Correction, Speller, count_pairs
from corpus.language.text import fold, simplify, strip_control, strip_stray_spaces
from corpus.language.thesaurus import load_thesaurus

__all__ = [
    "NUMBER_PATTERN",
    "Amount",
    "Correction",
    "Cue",
    "Reference",
    "Speller",
    "amounts",
    "authorities",
    "chinese_date",
    "clauses",
    "count_pairs",
    "cross_references",
    "detentions",
    "expand_ranges",
    "figures",
    "fines",
    "fold",
    "format_reference",
    "item_number",
    "load_cues",
    "load_thesaurus",
    "numbers",
    "overlap",
    "pairs",
    "parse_references",
    "simplify",
    "strip_control",
    "strip_stray_spaces",
    "terms",
    "to_chinese",
    "to_int",
    "units_asked",
]
