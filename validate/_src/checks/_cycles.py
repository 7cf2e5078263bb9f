"""Foreign keys that must not run in circles (extension)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from validate._src.tables.table import Table
from validate._src.words.findingframe import FindingFrame
from validate._src.words.schema import ForeignKey

STEPS = 20  # of a circle that a message shows; more are no help to a reader


def cycles(table: Table, key: ForeignKey) -> Iterator[FindingFrame]:
    (reference,), (name,) = key.fields, key.reference_fields
    keys = _nodes(table, name)
    following = dict(zip(keys, _nodes(table, reference), strict=True))
    indexes = {key: index for index, key in reversed([*enumerate(keys)])}
    texts = dict(zip(keys, table.text[name], strict=True))
    is_withheld = table.withholds((reference, name))
    found = [
        (
            indexes[step],
            "leads back to itself" if is_withheld else _round([texts[one] for one in circle]),
        )
        for circle in _circles(following)
        for step in circle
    ]
    if found:
        at, messages = map(pl.Series, zip(*found, strict=True))
        yield table.findings_at(at, "foreign-key-cycle", messages, field=reference)


def _nodes(table: Table, name: str) -> list[Any]:
    """The values of a field, exactly; days as texts, as Python has none after the year 9999."""
    values = table.values[name]
    if values.dtype.is_temporal():
        values = values.cast(pl.String)
    exact = table.exactly(name)
    if exact is None:
        return values.to_list()
    return [value if one is None else one for value, one in zip(values, exact, strict=True)]


def _round(circle: Sequence[Any]) -> str:
    """What to say of a circle, or of its first steps."""
    steps = circle if len(circle) <= STEPS else [*circle[:STEPS], "…"]
    return f"leads back to itself: {' → '.join(map(str, [*steps, circle[0]]))}"


def _circles(following: Mapping[Any, Any]) -> Iterator[list[Any]]:
    """The circles of a graph in which every node has at most one successor."""
    visited: set[Any] = set()
    for start in following:
        path: dict[Any, None] = {}
        node = start
        while node is not None and node not in visited and node not in path:
            path[node] = None
            node = following.get(node)
        if node in path:
            steps = list(path)
            yield steps[steps.index(node) :]
        visited.update(path)
