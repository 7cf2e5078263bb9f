"""CSV for spreadsheets: a file a table, in UTF-8 with the mark by which they know it."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from validate._src.curation.csvfile import write_records
from validate._src.publish.columns import Column
from validate._src.publish.content import Content
from validate._src.publish.names import distinct
from validate._src.publish.sql import rows_of
from validate._src.words.filenames import stem
from validate._src.words.schema import Field

MARK = "\ufeff"
"""Without a byte order mark, Excel takes UTF-8 for an encoding of Windows."""


def write(content: Content, folder: Path) -> Iterator[str]:
    """Writes the tables of a package into an empty folder, each cell as it stands in its table.

    Comma, quotes only where needed, LF.

    Yields:
        Nothing: all is written.
    """
    write_tables(content, folder, MARK)
    yield from ()


def write_tables(content: Content, folder: Path, mark: str = "") -> list[str]:
    """Writes the tables of a package into a folder.

    Args:
        content: the package.
        folder: where the files go.
        mark: what each begins with.

    Returns:
        The name of the file of each table.
    """
    stems = distinct(stem(table.name) for table in content.tables)
    for table, name in zip(content.tables, stems, strict=True):
        cells = [written_texts(column).alias(str(at)) for at, column in enumerate(table.columns)]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            file.write(mark + write_records([[column.field.label for column in table.columns]]))
            for rows in rows_of(pl.DataFrame(cells)):
                file.write(write_records(rows))
    return [f"{name}.csv" for name in stems]


def written_texts(column: Column) -> pl.Series:
    """The n texts of cells; a missing one as what stands for it in the schema."""
    return column.texts.fill_null(stand_in(column.field))


def stand_in(field: Field) -> str:
    """What stands for a missing cell: an empty text, if the schema lets it be one."""
    words = field.missing_values
    return "" if "" in words or not words else words[0]
