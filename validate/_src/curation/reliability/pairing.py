"""The units of two coders that are the same."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import product

from validate._src.curation.reliability.codings import Piece, Span, Unit

Pair = tuple[Unit, Unit]
Place = tuple[str, Piece | None]
"""The table for which a unit was coded, and the segment."""


def paired(
    ones: Sequence[Unit], others: Sequence[Unit], alike: Callable[[Unit, Unit], int]
) -> list[Pair]:
    """Units of two coders in pairs, each unit in one at most.

    Units may go together that were coded for the same table in the same segment, and that have
    characters in common or no spans at all. The pair that shares most characters is made first;
    of those that share equally many, that with most equal values; of those, that whose unit of
    the first coder stands first, then that whose unit of the other does. A unit stands before
    another if its spans do; of units with the same spans, if it does in the table.

    Args:
        ones: units of the first coder, in the order of the table.
        others: those of the other.
        alike: in how many fields two units have equal values.

    Returns:
        Pairs, those of a table and a segment together.
    """
    beside = _by_place(others)
    pairs = list[Pair]()
    for place, units in _by_place(ones).items():
        pairs += _paired(units, beside.get(place, []), alike)
    return pairs


def _by_place(units: Sequence[Unit]) -> dict[Place, list[Unit]]:
    """Units by table and segment, each in the order of their spans."""
    found = defaultdict[Place, list[Unit]](list)
    for unit in sorted(units, key=lambda unit: unit.spans):
        found[unit.table, unit.piece].append(unit)
    return found


def _paired(
    ones: Sequence[Unit], others: Sequence[Unit], alike: Callable[[Unit, Unit], int]
) -> list[Pair]:
    """Pairs of units of one table and segment."""
    candidates = list[tuple[int, int, int, int]]()
    for (i, one), (j, other) in product(enumerate(ones), enumerate(others)):
        shared = len(characters(one.spans) & characters(other.spans))
        if shared or not (one.spans or other.spans):
            candidates.append((-shared, -alike(one, other), i, j))
    taken, also_taken, pairs = set[int](), set[int](), list[Pair]()
    for _, _, i, j in sorted(candidates):
        if i not in taken and j not in also_taken:
            taken.add(i)
            also_taken.add(j)
            pairs.append((ones[i], others[j]))
    return pairs


def characters(spans: Sequence[Span]) -> set[int]:
    """The offsets of the characters in spans."""
    return {offset for start, end in spans for offset in range(start, end)}
