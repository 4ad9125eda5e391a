"""Where persons' names stand in a text: told by surnames and by the words around them.

Without a model a name cannot be told for sure. Where the words before it say that a name follows,
it is taken for one; elsewhere more than one sign is needed, and no part of it may be a word.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from assistant.redacting.calling import find_called
from assistant.redacting.likeness import Candidate, is_like_a_name
from assistant.redacting.signs import Span, load_signs
from corpus.language import is_han

_DOTS = "·•‧・∙"
_FOREIGN = re.compile(rf"([^\W\d_a-z]{{1,12}})((?:[{_DOTS}][^\W\d_a-z]{{1,12}})+)")
_LATIN = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?: [A-Z][a-z]*\.?)? [A-Z][a-z]{1,15}(?![A-Za-z])")
#: What joins the names of several persons.
_JOINS = re.compile(r"\s*[、,和与及跟]\s*")
#: 姓李名文静, 姓钱.
_APART = re.compile(
    r"(?<![百同])姓(?!名)([^\W\d_a-z]{1,2}?)(?:[,\s]*(?:名字?叫?|单名|叫)([^\W\d_a-z]{1,2})|(?=[^\w]|的|$))"
)
_BEFORE_JOINED = re.compile(r"(?:^|[^\w])([^\W\d_a-z]{2,3})[、和与及跟]$")
_LISTED = re.compile(r"\s*[、,和]\s*([^\W\d_a-z]{2,3})\s*[、,和]\s*")
#: Behind it stands the year of a document's number; not at the end of a text.
_NUMBER_BEGINS = ("〔", "[")
_MASKED = "某×xX*＊"
_LONGEST_TITLED = 4
_MOST_GIVEN = 2
#: So many characters before a name are looked at.
_NEAR = 12
#: Before a surname alone: 小李, 老王, 环保局杜科长.
_FAMILIAR = "小老阿局厅院校厂所站部上下里"
#: What the signs of a name have to come to, and the sign that is enough by itself.
_ENOUGH, _SURE = 3, 3


def find_names(text: str, folded: str) -> list[Span]:
    """Where names stand in ``folded``; ``text`` is the same with its capitals, of equal length."""
    found = [*_foreign(folded), *_latin(text, folded), *find_called(folded)]
    place = 0
    while place < len(folded):
        end = _name_at(folded, place, found)
        if end:
            found.append((place, end))
        place = end or place + 1
    for match in _APART.finditer(folded):
        if match[1] in load_signs().surnames or match[1] in load_signs().compound:
            found += [match.span(i) for i in (1, 2) if match[i]]
    found += list(_joined_to(folded, found))
    found += list(_between(folded, found))
    return [*found, *_again(folded, found)]


def _joined_to(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """Names that a name which was found is joined to: 陶渊和傅雨."""
    signs = load_signs()
    for start, _ in found:
        match = _BEFORE_JOINED.search(text[:start])
        if match and match[1][0] in signs.surnames and not _has_pair(match[1]):
            yield match.span(1)


def _again(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """Where the names that were found are said once more."""
    for name in {text[start:end] for start, end in found if end - start > 1}:
        yield from ((m.start(), m.end()) for m in re.finditer(re.escape(name), text))


def _between(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """What stands alone between two names and begins with a surname."""
    signs = load_signs()
    for (_, end), (start, _) in pairwise(sorted(found)):
        match = _LISTED.fullmatch(text, end, start) if end < start else None
        if match and (match[1][0] in signs.surnames or match[1][0] in signs.rare):
            yield match.span(1)


def _foreign(text: str) -> Iterator[Span]:
    """Names with a dot between their parts (古丽·阿依木), without the words that lead to them."""
    signs = load_signs()
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        first = match[1]
        for i in range(len(first) - 1, 0, -1):
            if first[i - 1] in signs.never or signs.may_say.search(first[:i]):
                start += i
                break
        last = re.split(f"[{_DOTS}]", match[2])[-1]
        begin = end - len(last)
        ends = [
            i for i, c in enumerate(last) if i and (c in signs.never or _behind(text, begin + i))
        ]
        yield start, begin + min(ends, default=len(last))


def _latin(text: str, folded: str) -> Iterator[Span]:
    """Names in Latin letters where the words around them, or nothing else in the clause, say so."""
    for match in _LATIN.finditer(text):
        start, end = match.span()
        sign = _sign_before(folded, start, folded[max(0, start - _NEAR) : start], [])
        behind = _sign_behind(folded, end)
        if sign > 1 or behind == _SURE or (start == 0 and behind > 1):
            yield start, end


def _behind(text: str, place: int) -> bool:
    signs = load_signs()
    return bool(signs.title.match(text, place) or signs.acts.match(text, place))


def _name_at(text: str, place: int, found: list[Span]) -> int:
    """The end of the name that begins here; 0 where none does."""
    signs = load_signs()
    size = _surname_at(text, place)
    before = text[max(0, place - _NEAR) : place]
    if not size:
        return _titled(text, place, before)
    if text.startswith(signs.no_names, place) or text[place + size : place + size + 1] in _MASKED:
        return 0
    return _longest(text, place, size, before, found)


def _longest(text: str, place: int, size: int, before: str, found: list[Span]) -> int:
    """The end of a surname with the two, one or no characters behind it that make a name; or 0."""
    sign = _sign_before(text, place, before, found)
    given = 0
    while given < _MOST_GIVEN and _may_be_given(text, place + size + given):
        given += 1
    ends = [place + size + count for count in range(given, -1, -1)]
    ends = [end for end in ends if sign > 1 or not _is_no_person(text, end)]
    fitting = [end for end in ends if _fits(text, place, size, end, sign)]
    if not fitting and text[place] not in load_signs().rare:
        stretches = {e: candidate(text, place, size, e, sign) for e in ends if e > place + size}
        fitting = [end for end, one in stretches.items() if is_like_a_name(one)]
    # Where a name ends sooner before what persons do (魏红|不让), it ends there.
    return max(fitting, key=lambda end: (_sign_behind(text, end) > 0, end), default=0)


def _is_no_person(text: str, end: int) -> bool:
    """Whether what ends here is the name of a water, or the head of a document's number."""
    return text[end - 1] in load_signs().waters or text[end : end + 1] in _NUMBER_BEGINS


def candidate(text: str, place: int, size: int, end: int, sign: int) -> Candidate:
    """What is known of the stretch from ``place`` to ``end``, which begins with a surname of
    ``size`` characters; ``sign`` is the one before it."""
    pairs = load_signs().pairs
    return Candidate(
        surname=text[place : place + size],
        given=text[place + size : end],
        before=sign,
        behind=_sign_behind(text, end),
        has_pair=_has_pair(text[place:end]),
        is_joined=_joined(text, place),
        is_joined_behind=text[end - 1 : end + 1] in pairs,
    )


def find_candidates(text: str) -> Iterator[tuple[Span, Candidate]]:
    """Every stretch of the folded text that is looked at by itself: a surname with one or two
    characters behind it."""
    signs = load_signs()
    for place in range(len(text)):
        size = _surname_at(text, place)
        if not size or text[place] in signs.rare or text.startswith(signs.no_names, place):
            continue
        sign = _sign_before(text, place, text[max(0, place - _NEAR) : place], [])
        for end in range(place + size + 1, place + size + _MOST_GIVEN + 1):
            if end > len(text) or not _may_be_given(text, end - 1):
                break
            yield (place, end), candidate(text, place, size, end, sign)


def _surname_at(text: str, place: int) -> int:
    """How many characters the surname has that begins here; 0 where none does."""
    signs = load_signs()
    size = next((len(c) for c in signs.compound if text.startswith(c, place)), 0)
    return size or int(text[place] in signs.surnames or text[place] in signs.rare)


def _fits(text: str, place: int, size: int, end: int, sign: int) -> bool:
    """Whether the signs suffice for a name from ``place`` to ``end``."""
    signs, behind = load_signs(), _sign_behind(text, end)
    if end == place + size:
        is_word = text[place : place + 2] in signs.pairs
        is_alone = (sign > 0 or _stands(text, place)) and not _joined(text, place)
        is_word = is_word or text[place] in signs.rare
        return behind == _SURE and is_alone and not is_word
    has_given = signs.given.issuperset(text[place + size : end])
    # 志刚 and 晓东 are names however often they are written.
    looked_at = end - 1 if has_given and end - place > _MOST_GIVEN and sign and behind > 1 else end
    if _has_pair(text[place:looked_at]):
        return sign == _SURE and behind > 1
    if sign < 2 and _joined(text, place):
        return False
    if text[place] in signs.rare and min(sign, behind) < 2:
        return sign == _SURE
    if sign < 2 and behind < _SURE and not has_given:
        return False
    if has_given and end - place > _MOST_GIVEN and _is_apart(text, place, end):
        return True
    is_whole = end - place > _MOST_GIVEN and behind > 0
    is_acting = bool(signs.acts.match(text, end))
    return sign == _SURE or sign + behind >= _ENOUGH - (is_whole and (sign > 0 or is_acting))


def _is_apart(text: str, place: int, end: int) -> bool:
    """Whether three characters are no part of words, nor have one that words often have."""
    has_often = bool(set(text[place + 1 : end]) & load_signs().often)
    return not has_often and not _has_pair(text[max(0, place - 1) : end + 1])


def _stands(text: str, place: int) -> bool:
    """Whether a surname alone may begin here: behind a little word, or as in 小李, 老王."""
    return text[place - 1] in load_signs().never or text[place - 1] in _FAMILIAR


def _has_pair(text: str) -> bool:
    """Whether two of its characters are part of a word."""
    return any(one + other in load_signs().pairs for one, other in pairwise(text))


def _may_be_given(text: str, place: int) -> bool:
    return place < len(text) and is_han(text[place]) and text[place] not in load_signs().never


def _joined(text: str, place: int) -> bool:
    """Whether the character before belongs to one word with this one."""
    return place > 0 and text[place - 1] + text[place] in load_signs().pairs


def _sign_before(text: str, place: int, before: str, found: list[Span]) -> int:
    """How much what stands before tells of a name: 3 for sure, 2 maybe, 1 a new clause, 0 no."""
    signs = load_signs()
    if signs.says.search(before):
        return _SURE
    if found and found[-1][1] < place and _JOINS.fullmatch(text[found[-1][1] : place]):
        return 2
    if signs.may_say.search(before) and not _joined(text, place):
        return 2
    is_start = not before or not (is_han(before[-1]) or before[-1].isalnum())
    return int(is_start or signs.starts.search(before) is not None)


def _sign_behind(text: str, end: int) -> int:
    """How much what stands behind tells of a name: 3 a title, 2 the clause ends or a person acts,
    1 a person may act."""
    signs = load_signs()
    if signs.title.match(text, end):
        return _SURE
    if end >= len(text) or not (is_han(text[end]) or text[end].isalnum()):
        return 2
    if signs.acts.match(text, end) or text[end].isdigit():
        return 2
    return int(bool(signs.may_act.match(text, end)))


def _titled(text: str, place: int, before: str) -> int:
    """The end of a name with no known surname that begins a clause, with 先生 or 女士 behind."""
    if before and is_han(before[-1]):
        return 0
    match = re.compile("先生|女士").search(text, place + 2, place + _LONGEST_TITLED + 2)
    if not match or not all(map(is_han, text[place : match.start()])):
        return 0
    name = text[place : match.start()]
    return 0 if _has_pair(name) or set(name) & load_signs().never else match.start()
