"""What is learnt from: examples written for it, not evaluation questions; what is held out."""

from eval.examples.hard import HardNegatives
from eval.examples.held_out import held_out_asks, held_out_tellings, is_held_out
from eval.examples.pairs import Pair, Pairs, Text
from eval.examples.reading import Reading, load_reading, statutes_read
from eval.examples.rows import read_rows
from eval.examples.spoken import Spoken, SpokenAsk, load_spoken

__all__ = [
    "HardNegatives",
    "Pair",
    "Pairs",
    "Reading",
    "Spoken",
    "SpokenAsk",
    "Text",
    "held_out_asks",
    "held_out_tellings",
    "is_held_out",
    "load_reading",
    "load_spoken",
    "read_rows",
    "statutes_read",
]
