"""What a file that is taken out of the page is called: by its content and its day."""

from collections.abc import Sequence
from datetime import date

from assistant.export.answers import Exchange
from corpus.language import is_han, says_something

#: So much of a question or of a draft's first line stands in a name, in characters.
_SHOWN = 14
#: What else may stand in the name of a file, on every system.
_JOINS = "-_"


def memo_name(exchanges: Sequence[Exchange], day: date, ending: str) -> str:
    """Of answers: 备忘录-饭店油烟扰民找谁管-2026-11-30.docx, of several 备忘录-…等3问-…."""
    more = f"等{len(exchanges)}问" if len(exchanges) > 1 else ""
    first = exchanges[0].question if exchanges else ""
    return f"备忘录-{_short(first) or '问答'}{more}-{day.isoformat()}.{ending}"


def check_name(name: str, text: str, day: date, ending: str) -> str:
    """Of a checked draft: by its file's ``name``, or how its ``text`` begins where it has none."""
    stem = name.rpartition(".")[0]
    lines = (line for line in text.split("\n") if _short(line))
    return f"核验-{_short(stem) or _short(next(lines, '')) or '稿子'}-{day.isoformat()}.{ending}"


def _short(text: str) -> str:
    """The beginning of a text in characters that may stand in the name of a file."""
    kept = "".join(c for c in text if is_han(c) or says_something(c) or c in _JOINS)
    return kept.strip(_JOINS)[:_SHOWN].strip(_JOINS)
