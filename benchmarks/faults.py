"""The faults that are put into a table: their kinds and their places."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import polars as pl
from breaking import LINES, TEXT, Cells, Way, ways
from shape import Shape

FIRST_ROW = 2  # the header is row 1; rows of JSON are numbered as if there were one
CHUNK = 200_000


@dataclass(frozen=True)
class Fault:
    """One fault that is put into a row.

    Attributes:
        row: record number, the header being 1.
        way: how the row is broken.
        number: how many faults of the same way were planned before it.
        key: the primary key of an earlier row without a fault.
    """

    row: int
    way: Way
    number: int
    key: tuple[str, ...]

    def put_into(self, cells: Cells) -> Cells:
        """The cells of the row with the fault."""
        return self.way.change(cells, self.number, self.key)


def planned(shape: Shape, rows: int, count: int, can_have: frozenset[str]) -> list[Fault]:
    """The faults of a table of so many rows, in the order of rows, at most one a row.

    Kinds have turns, and of a kind the fields that it can strike.

    Args:
        shape: the table.
        rows: how many rows it has.
        count: how many faults it is to have.
        can_have: what the format can have, of `lines` and `text`.

    Raises:
        SystemExit: the table has too few rows for them.
    """
    if rows < 4 * count:
        raise SystemExit(f"{count} faults need at least {4 * count} rows")
    random = Random(1)  # noqa: S311
    # The first row stays whole: a repeated key needs an earlier row to take it from.
    drawn = random.sample(range(FIRST_ROW + 1, rows + FIRST_ROW), 2 * count)
    # A fault can change a key, so none is put where another row refers to.
    referred = referred_to(shape, rows, drawn)
    struck = [row for row in drawn if row not in referred][:count]
    if len(struck) < count:
        raise SystemExit(f"{shape.name}: rows refer to too many of the rows drawn for faults")
    keys = keys_of(shape, [earlier(random, row, frozenset(drawn)) for row in struck])
    plan = in_turn(usable(shape, can_have), count)
    faults = [Fault(row, *way, key) for row, way, key in zip(struck, plan, keys, strict=True)]
    return sorted(faults, key=lambda fault: fault.row)


def usable(shape: Shape, can_have: frozenset[str]) -> list[list[Way]]:
    """The ways to break a row in a format, those of a kind together."""
    kinds: dict[str, list[Way]] = {}
    for way in ways(shape.schema):
        if way.needs not in {LINES, TEXT} - can_have:
            kinds.setdefault(way.kind, []).append(way)
    return [*kinds.values()]


def in_turn(kinds: list[list[Way]], count: int) -> Iterator[tuple[Way, int]]:
    """So many ways, each with how many of the same there were before."""
    for place in range(count):
        nth, which = divmod(place, len(kinds))
        number, turn = divmod(nth, len(kinds[which]))
        yield kinds[which][turn], number


def earlier(random: Random, row: int, struck: frozenset[int]) -> int:
    """A row without a fault before another."""
    while (found := random.randrange(FIRST_ROW, row)) in struck:
        pass
    return found


def keys_of(shape: Shape, rows: list[int]) -> list[tuple[str, ...]]:
    """The primary keys of some rows."""
    index = pl.Series([row - FIRST_ROW for row in rows], dtype=pl.UInt64)
    return shape.rows(index, shape.schema["primaryKey"]).rows()


def referred_to(shape: Shape, rows: int, drawn: list[int]) -> set[int]:
    """Those of some rows to which rows of the same table refer."""
    keys = shape.schema.get("foreignKeys", ())
    names = [name for key in keys if not key["reference"]["resource"] for name in key["fields"]]
    if not names:
        return set()
    by_key = {key: row for row, (key,) in zip(drawn, keys_of(shape, drawn), strict=True)}
    found: set[int] = set()
    for start in range(0, rows, CHUNK):
        frame = shape.rows(indices(start, min(start + CHUNK, rows)), names)
        targets = frame.unpivot()["value"].drop_nulls()
        found |= {by_key[key] for key in targets if key in by_key}
    return found


def indices(start: int, stop: int) -> pl.Series:
    """The indices of rows, from one to before another."""
    return pl.int_range(start, stop, dtype=pl.UInt64, eager=True)
