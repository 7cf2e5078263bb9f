"""Parquet: a file a table, typed, with its schema and the descriptor of the package beside it."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from validate._src.fields.constraints import CATEGORIES
from validate._src.publish.columns import Column
from validate._src.publish.content import Content, PublishedTable
from validate._src.publish.metadata import package_json, schema_json
from validate._src.publish.names import distinct
from validate._src.words.filenames import stem

MOST_DIGITS = 38  # of a decimal, as Polars, Arrow and DuckDB have it
LARGE = pl.Decimal(MOST_DIGITS, 0)
TOO_LARGE = f"some of its integers have more than {MOST_DIGITS} digits"


def write(content: Content, folder: Path) -> Iterator[str]:
    """Writes the tables of a package into an empty folder.

    Yields:
        What is to be known of a table, a sentence each.
    """
    stems = distinct(stem(table.name) for table in content.tables)
    about_package = package_json(content)
    for table, name in zip(content.tables, stems, strict=True):
        columns = [_fitting(column) for column in table.columns]
        frame = pl.DataFrame([_typed(column, table) for column in columns])
        described = {
            "name": table.name,
            "title": table.resource.title,
            "description": table.resource.description,
            "tableschema": schema_json(table),
            "datapackage": about_package,
        }
        metadata = {key: value for key, value in described.items() if value}
        frame.write_parquet(folder / f"{name}.parquet", metadata=metadata)
        for before, after in zip(table.columns, columns, strict=True):
            if before is not after:
                yield f"{table.name}.{after.name} has the texts of its cells: {after.why_text}"


def _fitting(column: Column) -> Column:
    """The column, of texts where Parquet has no type for its values."""
    if column.is_large and (column.cells.abs() >= 10**MOST_DIGITS).any():
        return column.as_text(TOO_LARGE)
    return column


def _typed(column: Column, table: PublishedTable) -> pl.Series:
    """The cells by the types that Parquet has; texts of categories as an enumeration."""
    if column.is_large:
        return column.cells.cast(LARGE)
    if column.is_value and column.cells.dtype == pl.String and _is_categorical(column, table):
        values = [category.value for category in column.field.categories or ()]
        return column.cells.cast(pl.Enum([*dict.fromkeys(map(str, values))]))
    return column.cells


def _is_categorical(column: Column, table: PublishedTable) -> bool:
    """Whether all values are among the categories of the field."""
    return any(
        limit.field.name == column.name and limit.declared.constraint is CATEGORIES
        for limit in table.promises.limits
    )
