"""The formats in which a table is written."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from breaking import LINES, TEXT, Cells
from native import as_native, types_of_objects, with_values
from shape import Schema

Piece = pl.DataFrame | Cells
"""Whole rows of text, or the cells of a row with a fault."""
Chunks = Iterator[list[Piece]]
ROWS_OF_A_GROUP = 200_000


@dataclass(frozen=True)
class Form:
    """A format.

    Attributes:
        suffix: of its files.
        write: writes a table to a file, given its schema and what parts its cells.
        can_have: the faults it can have, beside those of values: `lines`, `text`.
        dialect: what the descriptor has to say of it.
    """

    suffix: str
    write: Callable[[Path, Schema, str, Chunks], None]
    can_have: frozenset[str] = frozenset()
    dialect: Mapping[str, str] = field(default_factory=dict[str, str])


def write_csv(file: Path, schema: Schema, separator: str, chunks: Chunks) -> None:
    """Delimited text."""

    def lines() -> Iterator[str]:
        yield csv_line([each["name"] for each in schema["fields"]], separator)
        for piece in pieces(chunks):
            if isinstance(piece, pl.DataFrame):
                yield piece.write_csv(include_header=False, separator=separator)
            else:
                yield csv_line([*piece.values()], separator)

    write(file, lines())


def csv_line(cells: list[str], separator: str) -> str:
    """Cells as a line of CSV, quoted only where needed."""
    line = io.StringIO()
    csv.writer(line, delimiter=separator, lineterminator="\n").writerow(cells)
    return line.getvalue()


def write_ndjson(file: Path, schema: Schema, _: str, chunks: Chunks) -> None:
    """An object of JSON a line."""
    write(file, (f"{as_json(row)}\n" for row in json_rows(schema, chunks)))


def write_objects(file: Path, schema: Schema, _: str, chunks: Chunks) -> None:
    """A list of objects."""
    write(file, listed(json_rows(schema, chunks)))


def write_arrays(file: Path, schema: Schema, _: str, chunks: Chunks) -> None:
    """A list of lists, that of the labels first."""

    def rows() -> Iterator[list[Any]]:
        yield [each["name"] for each in schema["fields"]]
        for row in json_rows(schema, chunks):
            yield [*row.values()]

    write(file, listed(rows()))


def listed(rows: Iterator[Any]) -> Iterator[str]:
    """Rows as a list in JSON, a row a line."""
    for number, row in enumerate(rows):
        yield f"{',' if number else '['}\n{as_json(row)}"
    yield "\n]\n"


def json_rows(schema: Schema, chunks: Chunks) -> Iterator[dict[str, Any]]:
    """The rows as JSON has them: what is not of its type stays text."""
    for piece in pieces(chunks):
        yield from with_values(piece, schema)


def as_json(value: object) -> str:
    """A value as JSON on a line."""
    return json.dumps(value, ensure_ascii=False)


def write_parquet(file: Path, schema: Schema, _: str, chunks: Chunks) -> None:
    """Parquet, with the native types of the fields."""
    objects: dict[str, pl.DataType] = {}
    with TemporaryDirectory(dir=file.parent) as folder:
        for number, chunk in enumerate(chunks):
            objects = objects or types_of_objects(schema, chunk)
            frame = pl.concat(as_native(piece, schema, objects) for piece in chunk)
            frame.write_parquet(Path(folder) / f"{number:06}.parquet")
        parts = pl.scan_parquet(Path(folder) / "*.parquet")
        parts.sink_parquet(file, row_group_size=ROWS_OF_A_GROUP)


def pieces(chunks: Chunks) -> Iterator[Piece]:
    """The pieces of all chunks."""
    for chunk in chunks:
        yield from chunk


def write(file: Path, texts: Iterator[str]) -> None:
    """Writes text to a file."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(texts)


FORMS = {
    "csv": Form("csv", write_csv, frozenset({LINES, TEXT})),
    "ndjson": Form("ndjson", write_ndjson, frozenset({TEXT})),
    "json-objects": Form("json", write_objects, frozenset({TEXT}), {"itemType": "object"}),
    "json-arrays": Form("json", write_arrays, frozenset({TEXT}), {"itemType": "array"}),
    "parquet": Form("parquet", write_parquet),
}
