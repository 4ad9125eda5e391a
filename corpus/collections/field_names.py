"""How a field that a file has wrong is called in the sentence that says so."""

from collections.abc import Iterable

from corpus.language import shorten

#: A name may be anything that somebody wrote into the file, line breaks and all.
_LONGEST = 60


def field_name(places: Iterable[int | str]) -> str:
    """``matter.0.title``: the names and numbers that lead to a field, on one line, cut where they
    are longer than any real one."""
    return shorten(" ".join(".".join(map(str, places)).split()), _LONGEST)
