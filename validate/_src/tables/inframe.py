"""Frames whose columns are called as the fields of a table, as that table."""

import polars as pl

from validate._src.tables._cells import cells_and_values
from validate._src.tables.respelled import as_cells
from validate._src.tables.table import Table
from validate._src.words.model import TabularResource

FIRST_ROW = 2  # as in a file, where the header is row 1


def frame_table(resource: TabularResource, frame: pl.DataFrame) -> Table:
    """The rows of a frame as those of a table, blank ones among them.

    Args:
        resource: the table.
        frame: n rows with columns for some of its fields, by their names; others are left out.
    """
    fields = [field for field in resource.schema.fields if field.name in frame.columns]
    both = [cells_and_values(as_cells(frame[field.name], field), field) for field in fields]
    rows = pl.int_range(FIRST_ROW, FIRST_ROW + frame.height, eager=True)
    return Table(
        resource=resource,
        location=resource.location,
        rows=rows,
        lines=pl.Series([None]).new_from_index(0, frame.height).cast(pl.Int64),
        cells=pl.DataFrame([cells for cells, _ in both]),
        values=pl.DataFrame([values for _, values in both]),
    )
