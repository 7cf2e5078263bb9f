"""Krippendorff's alpha for unitizing: how far coders agree on what is a unit, and of which kind.

Each coder cuts the continuum, here all segments of a sample, into units that have a value and
gaps between them, which have none. Coders are compared character by character; that a unit is
one thing, whose characters do not vary by themselves, is taken off the agreement by chance.

Source: Krippendorff, Mathet, Bouvry and Widlöcher 2016, "On the reliability of unitizing textual
continua: Further developments", whose example the tests compute (in Krippendorff 2019, "Content
Analysis", section 12.6, it is figure 12.11): three observers of 60 characters, with an alpha of
0.510 for units and their values, and 0.413 for what is in a unit and what in a gap.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from validate._src.curation.reliability.resampling import Floats

CodedUnit = tuple[int, int, Hashable]
"""A unit: where it starts and ends, and its value."""
GAP = None
"""The value of what is in no unit."""


@dataclass(frozen=True, eq=False)
class Unitizing:
    """What adds up over the pieces of a continuum, n of them and V values.

    Attributes:
        lengths: characters with each value, all coders together, n rows of V.
        units: what characters of the same unit have in common: the squares of the lengths of the
            units with each value, and the lengths of gaps, n rows of V.
        unlike: characters to which two coders give different values, for each of the two; of
            m coders, each pair counts 1 / (m - 1).
    """

    lengths: Floats
    units: Floats
    unlike: Floats

    @property
    def characters(self) -> int:
        """How many characters the coders have valued, all together."""
        return int(self.lengths.sum())

    def alpha(self) -> float | None:
        """Alpha of all pieces; None where all characters have the same value."""
        return next(iter(self.alphas(np.ones((1, len(self.unlike))))), None)

    def alphas(self, draws: Floats) -> list[float]:
        """The alphas of draws, without those in which all characters have the same value.

        Args:
            draws: how often each piece stands in each draw, a row a draw.
        """
        lengths = draws @ self.lengths
        total = lengths.sum(axis=1)
        varied = (lengths > 0).sum(axis=1) > 1
        pairs = np.where(varied, total**2 - (draws @ self.units).sum(axis=1), 1)
        expected = np.where(varied, total * (total**2 - (lengths**2).sum(axis=1)) / pairs, 1)
        return (1 - (draws @ self.unlike) / expected)[varied].tolist()


def unitizing(pieces: Sequence[tuple[int, Sequence[Sequence[CodedUnit]]]]) -> Unitizing:
    """What coders have made of a continuum.

    Args:
        pieces: for each piece its length, and the units of each coder, from 0, in the order of
            the text and without overlap.
    """
    values: dict[Hashable, int] = {GAP: 0}
    for _, coders in pieces:
        for _, _, value in (unit for units in coders for unit in units):
            values.setdefault(value, len(values))
    lengths, units = np.zeros((2, len(pieces), len(values)))
    unlike = np.zeros(len(pieces))
    for number, (length, coders) in enumerate(pieces):
        valued = [[*_valued(length, of_coder)] for of_coder in coders]
        for start, end, value in (unit for of_coder in coders for unit in of_coder):
            units[number, values[value]] += (end - start) ** 2
        for characters in valued:
            for value in characters:
                lengths[number, values[value]] += 1
            units[number, values[GAP]] += characters.count(GAP)
        for one, other in combinations(valued, 2):
            different = sum(a != b for a, b in zip(one, other, strict=True))
            unlike[number] += 2 * different / (len(valued) - 1)
    return Unitizing(lengths, units, unlike)


def _valued(length: int, units: Sequence[CodedUnit]) -> Iterator[Hashable]:
    """The value of each character of a piece."""
    at = 0
    for start, end, value in units:
        yield from (GAP for _ in range(at, start))
        yield from (value for _ in range(start, end))
        at = end
    yield from (GAP for _ in range(at, length))
