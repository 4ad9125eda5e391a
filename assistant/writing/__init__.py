"""Verdict → draft with a language model that may only say what the passages carry."""

from assistant.writing.beside import BesideWriter, Uses
from assistant.writing.judging import JUDGE, POINTS
from assistant.writing.planning import PLAN
from assistant.writing.prompts import ASKED, as_data
from assistant.writing.wording import (
    Proposed,
    find_added,
    propose,
    reviewed_wording,
    wording_path,
)
from assistant.writing.wording import (
    read as read_wording,
)
from assistant.writing.wording import (
    write as write_wording,
)
from assistant.writing.writer import AnswerWriter

__all__ = [
    "ASKED",
    "JUDGE",
    "PLAN",
    "POINTS",
    "AnswerWriter",
    "BesideWriter",
    "Proposed",
    "Uses",
    "as_data",
    "find_added",
    "propose",
    "read_wording",
    "reviewed_wording",
    "wording_path",
    "write_wording",
]
