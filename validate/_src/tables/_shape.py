"""Faults of the shape of rows: those with more or fewer cells than the header has labels."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, repeat

import polars as pl

from validate._src.reading.batch import Batch
from validate._src.tables.table import Table
from validate._src.words.findingframe import FindingFrame

MOST_OF_A_ROW = 100  # missing cells of a row that are listed; a short row could lack thousands
SLICE = 50_000  # surplus cells in a frame; a row may have enough of them to fill the memory


def shape_faults(
    table: Table, batch: Batch, columns: Mapping[str, int], width: int, blank: pl.Series
) -> Iterator[FindingFrame]:
    """Rows with more or fewer cells than the table has columns, blank ones aside."""
    ragged = {index: batch.ragged[index] for index in sorted(set(batch.ragged).difference(blank))}
    long = {index: cells[width:] for index, cells in ragged.items() if len(cells) > width}
    if long:
        yield from _surplus(table, long, width, batch.extra_keys)
    for name, column in columns.items():
        ends = {
            index: len(cells)
            for index, cells in ragged.items()
            if len(cells) <= column < len(cells) + MOST_OF_A_ROW
        }
        if ends:
            messages = [f"the row ends after {end} of {width} cells" for end in ends.values()]
            indexes, message = pl.Series(list(ends)), pl.Series(messages)
            yield table.findings_at(indexes, "missing-cell", message, field=name)


def _surplus(
    table: Table,
    cells: Mapping[int, Sequence[str]],
    width: int,
    keys: Mapping[int, Sequence[str]],
) -> Iterator[FindingFrame]:
    """A fault for each cell that a row has beyond the width of the table, given by its index.

    Args:
        table: the rows.
        cells: the cells beyond the width, by the index of their row.
        width: how many columns the table has.
        keys: the keys of these cells in rows that are objects, by index.
    """
    schema = {"index": pl.Int64, "number": pl.Int64, "key": pl.String, "cell": pl.String}
    surplus = (
        (index, number, key and table.schema.shown_label(key), cell)
        for index, beyond in cells.items()
        for number, (key, cell) in enumerate(
            zip(keys.get(index, repeat(None)), beyond, strict=False), width + 1
        )
    )
    by_number = pl.format(f"cell {{}} is one too many; the table has {width} columns", "number")
    by_key = pl.format('there is no field for the key "{}"', "key")
    said = pl.when(pl.col("key").is_null()).then(by_number).otherwise(by_key)
    while found := [*islice(surplus, SLICE)]:
        frame = pl.DataFrame(found, schema=schema, orient="row").with_columns(said.alias("message"))
        value = table.as_shown(frame["cell"], frame["index"], [])
        columns = None if keys else frame["number"] - 1
        yield table.findings_at(
            frame["index"], "extra-cell", frame["message"], value=value, columns=columns
        )
