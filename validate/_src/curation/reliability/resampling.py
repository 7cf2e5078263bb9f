"""How often each piece stands in a draw, and the interval of what the draws give."""

from collections.abc import Sequence
from math import ceil
from random import Random

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
DRAWS = 2000
"""Draws of the bootstrap; the ends of the interval are then the 50th value from either side."""
OUTSIDE = 0.025  # of the draws, on either side of an interval of 95 %


def draws_of(pieces: int, seed: int) -> Floats:
    """How often each piece stands in each draw: as many as there are, drawn with replacement.

    One generator draws them all; a piece is `int(generator.random() * pieces)`, as the numbers of
    `random.Random(seed)` are the same on every machine and in every version of Python.

    Returns:
        `DRAWS` rows, a column a piece.
    """
    generator, counts = Random(seed), np.zeros((DRAWS, pieces))  # noqa: S311
    for draw in range(DRAWS):
        for _ in range(pieces):
            counts[draw, int(generator.random() * pieces)] += 1
    return counts


def interval(alphas: Sequence[float]) -> tuple[float, float] | None:
    """The ends of the middle 95 % of the alphas that draws give; None if none gives one."""
    if not alphas:
        return None
    ordered = sorted(alphas)
    beyond = ceil(len(ordered) * OUTSIDE)
    return ordered[max(beyond, 1) - 1], ordered[-max(beyond, 1)]
