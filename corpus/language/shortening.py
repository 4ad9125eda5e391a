"""The beginning of a text, and what stands around a place in it: cut where a clause ends."""

#: Marks behind which a text may be cut: the end of a sentence, then that of a clause.
_SENTENCE, _CLAUSE = "。！？!?\n", "；，、：;,:"
_CLOSING = "”’」』）》)"
#: Stands where something is left out.
LEFT_OUT = "……"


def shorten(text: str, most: int) -> str:
    """The first clauses of a text within about ``most`` characters, …… behind them where more
    follows.

    A sentence's end is taken where it leaves at least half; a first clause that is longer is kept
    whole up to twice ``most``. Only what has no mark at all in so much is cut within.
    """
    text = text.strip()
    if len(text) <= most:
        return text
    end = _last_end(text, most)
    kept = text[:end].rstrip()
    return kept if len(kept) == len(text) else kept.rstrip(_CLAUSE) + LEFT_OUT


def around(text: str, start: int, end: int, before: int, behind: int) -> tuple[str, str]:
    """What stands before and behind ``text[start:end]``, about so many characters of each: whole
    clauses, …… where something is left out."""
    first = _first_start(text, start, before) if start > before else 0
    return (LEFT_OUT if first else "") + text[first:start], shorten(text[end:], behind)


def _last_end(text: str, most: int) -> int:
    """Where to cut: behind the last sentence or clause that fits, else behind the first one."""
    for marks, least in ((_SENTENCE, most // 2), (_SENTENCE + _CLAUSE, 1)):
        for at in range(most, least, -1):
            if text[at - 1] in marks:
                return _behind(text, at)
    longest = min(len(text), 2 * most)
    ends = (at + 1 for at in range(most, longest) if text[at] in _SENTENCE + _CLAUSE)
    return _behind(text, next(ends, len(text) if len(text) <= longest else most))


def _behind(text: str, at: int) -> int:
    """Behind the quotation marks and brackets that close at ``at`` as well."""
    while at < len(text) and text[at] in _CLOSING:
        at += 1
    return at


def _first_start(text: str, start: int, most: int) -> int:
    """Where the clause begins that is within ``most`` characters before ``start``, the earliest
    one; that of the clause around ``start`` where none is."""
    marks = _SENTENCE + _CLAUSE + _CLOSING
    begins = [at for at in range(1, start + 1) if text[at - 1] in marks and text[at] not in marks]
    near = [at for at in begins if start - at <= most]
    if near:
        return near[0]
    latest = begins[-1] if begins else 0
    return latest if start - latest <= 2 * most else start - most
