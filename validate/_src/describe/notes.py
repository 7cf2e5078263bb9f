"""What keeps columns from a type, in sentences."""

from collections.abc import Iterable, Iterator

from validate._src.describe.nearly import nearly
from validate._src.describe.sample import ALMOST_ALL
from validate._src.describe.schema import Typed


def prevented(fields: Iterable[Typed]) -> Iterator[str]:
    """What keeps columns from a type that nearly all their cells have, a line each."""
    for one in fields:
        said = _untyped(one) if one.settled is None else _widened(one)
        if said:
            yield f"{one.name} is {one.properties['type']}: {said}"


def _untyped(one: Typed) -> str | None:
    """Why a column has no type: a few cells are not of it, or others may be meant."""
    if not one.judged:
        return None
    last = one.judged[-1]
    if last.fits:
        return f"all {last.filled:,} cells may be {last.reading.noun}, but {last.reading.doubt}"
    best = min(one.judged, key=lambda known: known.fault_cells)
    found = nearly(best)
    return found and found.said


def _widened(one: Typed) -> str | None:
    """Which cells made a column of integers one of numbers."""
    others = [known for known in one.judged if known.reading.type != one.properties["type"]]
    found = nearly(others[0], ALMOST_ALL, few=0) if others else None
    return found and found.said
