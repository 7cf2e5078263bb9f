"""Krippendorff's alpha of the values of a field, and of draws from them.

The alpha of all values is that of the library `krippendorff`. Those of thousands of draws come
from sums that add up over the pieces of text that are drawn, in a hundredth of the time; with each
piece drawn once, they give the same.

Source: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability". The bootstrap draws pieces
of text, whose units hang together, where Hayes and Krippendorff 2007 draw single values.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import krippendorff
import numpy as np

from validate._src.curation.reliability.resampling import Floats
from validate._src.curation.reliability.values import INTERVAL, NOMINAL

LARGEST = 10**8
"""Numbers that the library may hold at once, some of them several times: a gigabyte and more. Where
units and values are so many that it would take more, the sums give alpha itself."""


@dataclass(frozen=True)
class Item:
    """A unit as all coders have it.

    Attributes:
        piece: the number of the piece in which it stands, with which it is drawn.
        values: what each coder gave to it; None for an empty cell.
    """

    piece: int
    values: tuple[Hashable, ...]


@dataclass(frozen=True, eq=False)
class Coincidences:
    """The values of a field that can be compared, as places on a scale.

    Attributes:
        level: the level of measurement.
        scale: V numbers, one a value that occurs: those of an interval scale are the values.
        pieces: how many pieces there are to draw from.
        items: the piece of each item and its values, two at least, as places on the scale.
    """

    level: str
    scale: Sequence[float]
    pieces: int
    items: Sequence[tuple[int, tuple[int, ...]]]

    @property
    def values(self) -> int:
        """How many values can be compared."""
        return sum(len(places) for _, places in self.items)

    def alpha(self) -> float | None:
        """Krippendorff's alpha; None where all values are equal, or there are none."""
        if len(self.scale) <= 1:
            return None
        if len(self.items) * len(self.scale) ** 2 > LARGEST:
            return self.alphas(np.ones((1, self.pieces)))[0]
        counts = np.zeros((len(self.items), len(self.scale)), dtype=np.int64)
        for row, (_, places) in enumerate(self.items):
            for place in places:
                counts[row, place] += 1
        level: Any = self.level
        return float(
            krippendorff.alpha(
                value_counts=counts, value_domain=self.scale, level_of_measurement=level
            )
        )

    def alphas(self, draws: Floats) -> list[float]:
        """The alphas of draws, without those in which all values are equal.

        Args:
            draws: how often each piece stands in each draw, a row a draw.
        """
        if len(self.scale) <= 1:
            return []
        unlike = self._unlike()
        n = draws @ self._counts()
        total = n.sum(axis=1)
        observed = draws @ np.array([*unlike.values()]).reshape(-1, self.pieces).T
        if self.level == NOMINAL:
            found = observed.sum(axis=1)
            expected = (total**2 - (n**2).sum(axis=1)) / 2
        else:
            scores = self._scores(n)
            pairs = np.array([*unlike], dtype=np.int64).reshape(-1, 2)
            found = (observed * (scores[:, pairs[:, 0]] - scores[:, pairs[:, 1]]) ** 2).sum(axis=1)
            means = (n * scores).sum(axis=1) / np.maximum(total, 1)
            expected = total * (n * (scores - means[:, np.newaxis]) ** 2).sum(axis=1)
        varied = (n > 0).sum(axis=1) > 1
        return (1 - (total - 1) * found / np.where(varied, expected, 1))[varied].tolist()

    def _counts(self) -> Floats:
        """How often each value stands in each piece."""
        counts = np.zeros((self.pieces, len(self.scale)))
        for piece, places in self.items:
            for place in places:
                counts[piece, place] += 1
        return counts

    def _unlike(self) -> dict[tuple[int, int], Floats]:
        """How often each two unlike values coincide in each piece.

        In an item of m values, each pair of them counts 1 / (m - 1).
        """
        found = defaultdict[tuple[int, int], Floats](lambda: np.zeros(self.pieces))
        for piece, places in self.items:
            for one, other in combinations(sorted(places), 2):
                if one != other:
                    found[one, other][piece] += 1 / (len(places) - 1)
        return found

    def _scores(self, n: Floats) -> Floats:
        """The values of each draw as numbers whose differences, squared, are the distances.

        Those of an ordinal scale are middle ranks: half the values between two, and their own.
        """
        if self.level == INTERVAL:
            return np.broadcast_to(np.array(self.scale), n.shape)
        return n.cumsum(axis=1) - n / 2


def coincidences(
    items: Sequence[Item], level: str, order: Sequence[Hashable], pieces: int
) -> Coincidences:
    """The values of a field that can be compared.

    Where values have no order, an empty cell is a value like others. Where they have one, it has
    no place in it, and is left out.

    Args:
        items: the units.
        level: the level of measurement of the field.
        order: all values in their order, if they are ordinal.
        pieces: how many pieces there are to draw from.
    """
    kept = [(item.piece, _comparable(item.values, level)) for item in items]
    kept = [(piece, values) for piece, values in kept if len(values) > 1]
    occurring = {value: None for _, values in kept for value in values}
    scale = _in_order([*occurring], level, order)
    places = {value: place for place, value in enumerate(scale)}
    numbers: list[Any] = scale if level == INTERVAL else [*range(len(scale))]
    return Coincidences(
        level,
        [float(number) for number in numbers],
        pieces,
        [(piece, tuple(places[value] for value in values)) for piece, values in kept],
    )


def _comparable(values: Sequence[Hashable], level: str) -> list[Hashable]:
    return [value for value in values if level == NOMINAL or value is not None]


def _in_order(values: list[Any], level: str, order: Sequence[Hashable]) -> list[Any]:
    if level == NOMINAL:
        return values
    return sorted(values) if level == INTERVAL else sorted(values, key=[*order].index)
