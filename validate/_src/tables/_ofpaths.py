"""Cells that stand in the paths of files: each is that of all rows of its file.

Source: Apache Hive, partitions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import polars as pl

from validate._src.package.manyfiles import MISSING
from validate._src.reading.batch import Batch
from validate._src.tables._cells import cells_and_values
from validate._src.tables.header import Header
from validate._src.tables.table import Table
from validate._src.words.findingframe import FindingFrame

Paths = Mapping[str, Mapping[str, str | None]]
"""What the path of each file says, by its location: names and texts, None where missing."""
RULE = "partition"


def with_cells_of_paths(batch: Batch, header: Header, paths: Paths) -> Batch:
    """A batch with a column of texts for each field whose cells stand in paths.

    Args:
        batch: n records, of one file or several.
        header: says which fields these are.
        paths: what the paths of the files say.
    """
    if not header.of_paths:
        return batch
    columns = [
        _texts(batch, name, paths).alias(header.column(field))
        for field, name in header.of_paths.items()
    ]
    own = batch.own_nulls.union(column.name for column in columns)
    return replace(batch, cells=pl.DataFrame([*batch.cells, *columns]), own_nulls=own)


def unlike_paths(
    table: Table, batch: Batch, header: Header, paths: Paths, blank: pl.Series
) -> Iterator[FindingFrame]:
    """Rows in which a field has another value than the path of their file says.

    Args:
        table: the rows of the batch, blank ones among them.
        batch: the batch.
        header: says which fields stand in both.
        paths: what the paths of the files say.
        blank: the indexes of the blank rows.
    """
    for field, name in header.twice.items():
        if field not in table.values.columns:
            continue
        text = _texts(batch, name, paths)
        _, said = cells_and_values(text.alias(field), table.schema.field(field))
        own = table.values[field]
        is_read = own.is_not_null() | table.cells[field].is_null()  # else it is of another type
        differs = is_read & own.ne_missing(said.cast(own.dtype))
        indexes = differs.arg_true()
        indexes = indexes.filter(~indexes.is_in(blank.implode()))
        if len(indexes):
            shown = text.gather(indexes).fill_null(MISSING)
            message = pl.select(pl.lit(f"the path of its file says {name}=") + pl.lit(shown))
            said = message.to_series()
            yield table.findings_at(indexes, "constraint-error", said, field=field, rule=RULE)


def _texts(batch: Batch, name: str, paths: Paths) -> pl.Series:
    """What the paths of the files say under a name, for each record; null where missing."""
    files = [batch.location, *(location for _, location, _ in batch.others)]
    texts = [paths.get(file, {}).get(name) for file in files]
    if len({*texts}) == 1:
        return pl.repeat(texts[0], len(batch.rows), dtype=pl.String, eager=True)
    begins = pl.Series([number for number, _, _ in batch.others], dtype=pl.Int64)
    at = begins.search_sorted(batch.rows, side="right")
    return pl.Series(texts, dtype=pl.String).gather(at)
