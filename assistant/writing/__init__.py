"""Verdict → draft with a language model that may only say what the passages carry."""

from assistant.writing.prompts import ASKED, as_data
from assistant.writing.wording import find_added, propose, reviewed_wording, wording_path
from assistant.writing.writer import GenerativeComposer, Uses

__all__ = [
    "ASKED",
    "GenerativeComposer",
    "Uses",
    "as_data",
    "find_added",
    "propose",
    "reviewed_wording",
    "wording_path",
]
