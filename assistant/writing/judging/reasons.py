"""Why a sentence did not stand, in words for the model that is asked once more."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

#: More than the first ones only blur what is to be put right.
_MOST = 2


def reason(faults: Sequence[str]) -> str:
    """The reason for faults by their names; KeyError for one that has no words."""
    known = _reasons()
    return "；".join(known[name] for name in faults[:_MOST])


@cache
def _reasons() -> Mapping[str, str]:
    text = (resources.files("assistant.writing.judging") / "reasons.toml").read_text("utf-8")
    return tomllib.loads(text)
