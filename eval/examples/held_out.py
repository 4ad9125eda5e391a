"""What nothing is trained on: always the same tenth of matters, articles, tellings and texts."""

import hashlib

from corpus.collections import Ask, Matter

_HELD_OUT, _HELD_OUT_ASKS = 10, 5


def is_held_out(text: str, share: int = _HELD_OUT) -> bool:
    """Whether nothing is trained on what is called so: one in ``share``, always the same."""
    return int(hashlib.md5(text.encode()).hexdigest(), 16) % share == 0  # noqa: S324


def held_out_asks(matter: Matter, ask: Ask) -> list[str]:
    """The wordings of an ask that the encoder never saw."""
    if is_held_out(matter.id):
        return list(ask.asked)
    last = ask.asked[-1:] if len(ask.asked) > 2 else ()
    return [text for text in last if is_held_out(text, _HELD_OUT_ASKS)]


def held_out_tellings(matter: Matter) -> list[str]:
    """The tellings of a matter that the encoder never saw."""
    return [t for t in matter.tellings if is_held_out(matter.id) or is_held_out(t)]
