"""The order in which a database that asks for it at once is given tables and rows."""

from collections.abc import Iterator, Sequence

import polars as pl

from validate._src.publish.sql import StoredTable
from validate._src.words.schema import ForeignKey

MOST_WAVES = 1_000
"""How far rows may refer to rows that refer to rows: each step looks at all that are left."""


def referenced_first(tables: Sequence[StoredTable]) -> Iterator[StoredTable]:
    """The tables, each after those that it refers to, as far as they refer in no circle."""
    left = {table.table.name: table for table in tables}
    while left:
        name = next((one for one in left if _is_free(left[one], left)), next(iter(left)))
        yield left.pop(name)


def _is_free(table: StoredTable, left: dict[str, StoredTable]) -> bool:
    own = table.table.name
    return all(
        key.resource not in left or key.resource == own for key in table.table.promises.references
    )


def waves(table: StoredTable, keys: Sequence[ForeignKey]) -> list[pl.DataFrame] | None:
    """The rows of a table, each after those of it that it refers to.

    Args:
        table: the table, with columns numbered as in the frames.
        keys: its foreign keys to itself.

    Returns:
        Frames with all rows, each of which refers to rows in those before; None if rows refer
        to each other in a circle, or too far.
    """
    rows = pl.DataFrame([one.cells.alias(str(at)) for at, one in enumerate(table.columns)])
    places = {one.column.name: str(at) for at, one in enumerate(table.columns)}
    pairs = [
        ([places[name] for name in key.fields], [places[name] for name in key.reference_fields])
        for key in keys
    ]
    done: list[pl.DataFrame] = []
    while pairs and rows.height and len(done) < MOST_WAVES:
        waits = pl.Series([False]).new_from_index(0, rows.height)
        for children, parents in pairs:
            waits |= _stand_in(rows.select(children), rows.select(parents))
        if waits.all():
            return None
        done.append(rows.filter(~waits))
        rows = rows.filter(waits)
    return None if pairs and rows.height else done or [rows]


def _stand_in(children: pl.DataFrame, parents: pl.DataFrame) -> pl.Series:
    """Which rows of one frame stand in another; those with a null do not."""
    wanted = parents.rename(dict(zip(parents.columns, children.columns, strict=True))).unique()
    marked = children.join(
        wanted.with_columns(found=True), on=children.columns, how="left", maintain_order="left"
    )
    return marked["found"].fill_null(value=False)
