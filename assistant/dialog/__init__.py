"""A turn and the conversation before it → a question that stands alone, with its evidence."""

from assistant.dialog.correcting import meant, set_right
from assistant.dialog.leaning import LEANING, TOPIC, Topic, describe_topics, describe_turn
from assistant.dialog.model import ANSWER, DialogModel, load_dialog_model
from assistant.dialog.resolving import Resolved, resolve, settle, stand
from assistant.dialog.suggestions import Suggestion, suggest
from assistant.dialog.turns import CANDIDATE, TURN, Turn, search_turn

__all__ = [
    "ANSWER",
    "CANDIDATE",
    "LEANING",
    "TOPIC",
    "TURN",
    "DialogModel",
    "Resolved",
    "Suggestion",
    "Topic",
    "Turn",
    "describe_topics",
    "describe_turn",
    "load_dialog_model",
    "meant",
    "resolve",
    "search_turn",
    "set_right",
    "settle",
    "stand",
    "suggest",
]
