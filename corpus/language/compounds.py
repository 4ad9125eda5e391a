"""A word written as one, found in a text that has its parts apart: 餐饮油烟 in 餐饮…油烟."""

#: A part has so many characters: one by itself stands everywhere.
_LEAST = 2


def pieces(word: str, text: str) -> tuple[str, ...]:
    """The fewest parts of ``word`` that all stand in ``text``, in the word's order; empty where
    there are none. A word that the text has is its own only part."""
    if word in text:
        return (word,)
    if len(word) < 2 * _LEAST or word[:_LEAST] not in text or word[-_LEAST:] not in text:
        return ()
    best: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(_LEAST, len(word) + 1):
        for start in range(end - _LEAST, -1, -1):
            if start not in best:
                continue
            if word[start:end] not in text:
                break  # nor does any longer one that ends here
            found = (*best[start], word[start:end])
            if end not in best or len(found) <= len(best[end]):
                best[end] = found
    return best.get(len(word), ())
