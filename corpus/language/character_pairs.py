"""How much of one text's wording another one has: by pairs of neighbouring characters."""


def pairs(text: str) -> frozenset[str]:
    """Every two characters that stand side by side."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def overlap(own: str, other: str) -> float:
    """The share of the pairs of ``own`` that stand in ``other``; 0 where it has none."""
    wanted = pairs(own)
    return sum(pair in other for pair in wanted) / max(1, len(wanted))
