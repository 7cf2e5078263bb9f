"""Values of views under which narrower ones stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from validate._src.site.viewvalues import Entry


@dataclass(frozen=True)
class Near:
    """A value that is narrower or wider than another, as a page leads to it.

    Attributes:
        address: where its rows stand, as seen from the page.
        entry: the value.
        count: how many rows stand there.
    """

    address: str
    entry: Entry
    count: int


def nearest_wider(values: Sequence[Any], wider: Mapping[Any, Sequence[Any]]) -> dict[Any, Any]:
    """For each value that has one, the nearest wider value under which rows stand as well.

    Args:
        values: the values under which rows stand.
        wider: the wider values of each, the nearest first.
    """
    known = {*values}
    found: dict[Any, Any] = {}
    for value in values:
        above = (one for one in wider.get(value, ()) if one in known)
        if (nearest := next(above, None)) is not None:
            found[value] = nearest
    return found


def narrower_of(
    places: Sequence[Near], wider: Mapping[Any, Sequence[Any]]
) -> dict[Any, list[Near]]:
    """For each value that has some, the values directly under it, in their order.

    Args:
        places: the values under which rows stand.
        wider: the wider values of each, the nearest first.
    """
    above = nearest_wider([one.entry.value for one in places], wider)
    found: dict[Any, list[Near]] = {}
    for one in places:
        if one.entry.value in above:
            found.setdefault(above[one.entry.value], []).append(one)
    return found
