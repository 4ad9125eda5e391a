"""Writing brought to one form: width, traditional characters, stray spaces."""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff、。〈-】〔-〟！（），：；？“”‘’％]"
_FULL_MARKS = dict(zip(",;:?!()", "，；：？！（）", strict=True))
#: Beside a Chinese character or another mark, or at the end; 10:30, 3,000 and https: are none.
_HALF_MARK = re.compile(rf"(?<={_WIDE})[,;:?!()]|[,;:?!()](?={_WIDE}|$)|(?<=[,;:?!)])[,;:?!()]")
_STRAY_SPACE = re.compile(rf"(?<={_WIDE})[ \u3000\u2009\u00a0]+|[ \u3000\u2009\u00a0]+(?={_WIDE})")


@cache
def _converter() -> "OpenCC":
    from opencc import OpenCC  # takes a moment to import

    return OpenCC("t2s")


def simplify(text: str) -> str:
    """Traditional characters become simplified ones; everything else stays."""
    return str(_converter().convert(text))


def fold(text: str) -> str:
    """NFKC, simplified and lower case: the form in which texts are compared and searched."""
    return simplify(fold_width(text)).lower()


def fold_width(text: str) -> str:
    """NFKC: full-width and compatibility characters become ordinary ones."""
    return unicodedata.normalize("NFKC", text)


def fold_in_place(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters (and its end) where it stands in ``text``."""
    folded, places = [], []
    for place, character in enumerate(text):
        form = fold_width(character).lower()
        folded.append(form)
        places += [place] * len(form)
    joined = "".join(folded)
    simple = simplify(joined)
    if len(simple) != len(joined):
        simple = "".join(simplify(c)[:1] or c for c in joined)
    return simple, [*places, len(text)]


def widen_marks(text: str) -> str:
    """Half-width marks beside a Chinese character become the full-width ones that Chinese writes;
    those inside numbers and Latin words stay."""
    return _HALF_MARK.sub(lambda m: _FULL_MARKS[m[0]], text)


def strip_control(text: str) -> str:
    """Remove control, zero-width and direction-changing characters (line breaks stay)."""
    return _CONTROL.sub("", text)


def strip_stray_spaces(text: str) -> str:
    """Remove spaces that stand beside a Chinese character, where Chinese writes none."""
    return _STRAY_SPACE.sub("", text)
