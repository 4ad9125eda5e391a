"""Text that speaks to a machine rather than to a reader.

A document with such a passage is quoted like any other, but a language model does not see it.
"""

from corpus.language import fold, load_cues, strip_control


def has_orders(text: str) -> bool:
    """Whether a text has words that are meant for the model that reads it."""
    orders = load_cues("assistant.writing", "requests.toml")["orders"]
    return text != strip_control(text) or orders.found_in(fold(text))
