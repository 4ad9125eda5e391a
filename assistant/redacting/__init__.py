"""What tells who somebody is, taken out of a text.

A reader's words in, the same with 〔姓名〕, 〔电话〕, 〔地址〕 … out. What is learnt of names is
learnt by ``eval.fit.names``, from the stretches that are looked at here.
"""

from assistant.redacting.addresses import take_addresses
from assistant.redacting.likeness import features_of, load_characters
from assistant.redacting.naming import find_candidates
from assistant.redacting.signs import load_signs
from assistant.redacting.taking_out import redact

__all__ = [
    "features_of",
    "find_candidates",
    "load_characters",
    "load_signs",
    "redact",
    "take_addresses",
]
