"""What a file that is taken out of the page is called: by its content and its day."""

from collections.abc import Sequence
from datetime import date

from assistant.export.answers import Exchange
from corpus.language import is_han, says_something

#: So much of a question or of a draft's first line stands in a name, in characters.
_SHOWN = 14
#: And so much of what a reader called it or asks for.
_ABOUT = 30
#: What else may stand in the name of a file, on every system.
_JOINS = "-_"


def memo_name(exchanges: Sequence[Exchange], day: date, ending: str, about: str = "") -> str:
    """Of answers: 备忘录-饭店油烟扰民找谁管-2026-11-30.docx, of several 备忘录-…等3问-….

    ``about`` names it; where that is empty the first question does.
    """
    more = f"等{len(exchanges)}问" if len(exchanges) > 1 else ""
    first = _short(exchanges[0].question) if exchanges else ""
    shown = _short(about, _ABOUT) or first or "问答"
    return f"备忘录-{shown}{more}-{day.isoformat()}.{ending}"


def check_name(name: str, text: str, day: date, ending: str) -> str:
    """Of a checked draft: by its file's ``name``, or how its ``text`` begins where it has none."""
    stem = name.rpartition(".")[0]
    lines = (line for line in text.split("\n") if _short(line))
    return f"核验-{_short(stem) or _short(next(lines, '')) or '稿子'}-{day.isoformat()}.{ending}"


def _short(text: str, most: int = _SHOWN) -> str:
    """The beginning of a text in characters that may stand in the name of a file."""
    kept = "".join(c for c in text if is_han(c) or says_something(c) or c in _JOINS)
    return kept.strip(_JOINS)[:most].strip(_JOINS)
