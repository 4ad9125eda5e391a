"""What people are called otherwise: 老王, 陈总, 外号二狗子, and names of two such elements."""

from collections.abc import Iterator

from assistant.redacting.signs import Span, load_signs
from corpus.language import is_han

_FAMILIAR = "老小阿"
_LONGEST_NICKNAME, _SHORTEST, _LONG_ELEMENT = 4, 2, 3


def find_called(text: str) -> Iterator[Span]:
    """Where persons are called so in the folded text."""
    for place in range(len(text)):
        end = _familiar(text, place) or _short_title(text, place)
        if end:
            yield place, end
    yield from _nicknames(text)
    yield from _of_elements(text)


def _ends(text: str, end: int) -> bool:
    """Whether the clause ends here, or somebody is told of."""
    is_over = end >= len(text) or not text[end].isalnum()
    return is_over or text.startswith(load_signs().familiar_behind, end)


def _familiar(text: str, place: int) -> int:
    """老王 and 老赵头, where it ends; 0 where it is none."""
    signs, end = load_signs(), place + 2
    if end > len(text) or text[place] not in _FAMILIAR or text[place + 1] not in signs.surnames:
        return 0
    is_word = text[place + 1] in signs.no_familiar or text[place:end] in signs.pairs
    if is_word or text[place - 1 : place + 1] in signs.pairs:
        return 0
    if text[end : end + 1] == "头" and _ends(text, end + 1):
        return end + 1
    return end if _ends(text, end) else 0


def _short_title(text: str, place: int) -> int:
    """陈总, 郑局, where a clause begins and somebody is told of."""
    signs, end = load_signs(), place + 2
    if end > len(text) or text[place] not in signs.surnames or text[end - 1] not in signs.short:
        return 0
    before = text[place - 1 : place]
    begins = not before.isalnum() or before in "是给找跟和让问请向被把叫"
    is_word = text[place:end] in signs.pairs or text.startswith(signs.no_names, place)
    return end if begins and not is_word and _ends(text, end) else 0


def _nicknames(text: str) -> Iterator[Span]:
    """What stands behind 外号 and the like."""
    signs = load_signs()
    for match in signs.nicknames.finditer(text):
        end = start = match.end()
        while end < min(len(text), start + _LONGEST_NICKNAME) and is_han(text[end]):
            if text[end] in signs.never:
                break
            end += 1
        if end - start >= _SHORTEST:
            yield start, end


def _of_elements(text: str) -> Iterator[Span]:
    """达瓦次仁, 乌云其木格: two elements of such names side by side, or a long one."""
    for match in load_signs().elements.finditer(text):
        parts = load_signs().element.findall(match[0])
        if len(parts) > 1 or len(match[0]) >= _LONG_ELEMENT:
            yield match.span()
