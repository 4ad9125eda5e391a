"""What is learnt from: examples written for it, not evaluation questions; what is held out."""

from eval.examples.conversations import conversation_questions, load_conversations
from eval.examples.held_out import held_out_asks, held_out_tellings, is_held_out
from eval.examples.pairs import Pair, Pairs
from eval.examples.rows import read_rows
from eval.examples.spoken import Spoken, SpokenAsk, load_spoken

__all__ = [
    "Pair",
    "Pairs",
    "Spoken",
    "SpokenAsk",
    "conversation_questions",
    "held_out_asks",
    "held_out_tellings",
    "is_held_out",
    "load_conversations",
    "load_spoken",
    "read_rows",
]
