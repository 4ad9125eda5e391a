"""Log-odds → likelihood, as every fitted model here gives it."""

import math

_MOST = 50.0


def likelihood(logit: float) -> float:
    """The likelihood, 0 to 1, of these log-odds."""
    return 1 / (1 + math.exp(-max(-_MOST, min(_MOST, logit))))
