"""Chinese as this field writes it: one form of writing, numbers, spelling, citations, synonyms.

Knows no document.
"""

from corpus.language.cues import Cue, load_cues
from corpus.language.numerals import NUMBER_PATTERN, chinese_date, to_chinese, to_int
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
    "Correction",
    "Cue",
    "Reference",
    "Speller",
    "chinese_date",
    "count_pairs",
    "cross_references",
    "expand_ranges",
    "fold",
    "format_reference",
    "load_cues",
    "load_thesaurus",
    "parse_references",
    "simplify",
    "strip_control",
    "strip_stray_spaces",
    "to_chinese",
    "to_int",
]
