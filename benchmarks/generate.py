"""Writes a package that the benchmarks judge: a table of one shape, in one format.

The same arguments give the same bytes.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
from claims import CLAIMS
from drawing import drawn
from faults import CHUNK, FIRST_ROW, Fault, indices, planned
from forms import FORMS, Form, Piece
from shape import Schema, Shape
from shapes import SHAPES

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLES = {shape.name: shape for shape in (CLAIMS, *SHAPES)}
VARIANTS = ("clean", "faults", "column", "scattered")
FAULTS = 1000
SCATTERED, REPEATED = 100, 997  # in ten thousand rows; every so many rows


@dataclass(frozen=True)
class Wanted:
    """What is to be written.

    Attributes:
        shape: the table.
        form: its format.
        rows: how many rows.
        variant: what is wrong in them.
        files: in how many files it is.
    """

    shape: Shape
    form: Form
    rows: int
    variant: str
    files: int


def generate(folder: Path, wanted: Wanted, count: int) -> None:
    """Writes a package, the descriptor last, and the list of its faults.

    Args:
        folder: where to.
        wanted: what.
        count: how many faults the variant `faults` has.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shape = wanted.shape
    some = wanted.variant == "faults"
    faults = planned(shape, wanted.rows, count, wanted.form.can_have) if some else []
    resources = [
        written_other(folder, wanted.form, name, frame, schema)
        for name, (frame, schema) in shape.others.items()
    ]
    resources.append(written(folder, wanted, faults))
    (folder / "faults.json").write_text(as_json([*listed(wanted, faults)]), "utf-8")
    package = {"$schema": PROFILE, "name": shape.name, "resources": resources}
    (folder / "datapackage.json").write_text(as_json(package), "utf-8")


def written(folder: Path, wanted: Wanted, faults: list[Fault]) -> dict[str, Any]:
    """Writes the table of a package, and describes it."""
    shape, form, files = wanted.shape, wanted.form, wanted.files
    bounds = [wanted.rows * number // files for number in range(files + 1)]
    parts = [f"-{number + 1:02}" if files > 1 else "" for number in range(files)]
    names = [f"{shape.name}{part}.{form.suffix}" for part in parts]
    separator = shape.dialect.get("delimiter", ",")
    for name, (start, stop) in zip(names, pairwise(bounds), strict=True):
        chunks = chunked(wanted, start, stop, faults)
        form.write(folder / name, shape.schema, separator, chunks)
    dialect = shape.dialect if form.suffix == "csv" else form.dialect
    return described(form, shape.name, names if files > 1 else names[0], shape.schema, dialect)


def written_other(
    folder: Path, form: Form, name: str, frame: pl.DataFrame, schema: Schema
) -> dict[str, Any]:
    """Writes a further table of a package, and describes it."""
    file = f"{name}.{form.suffix}"
    form.write(folder / file, schema, ",", iter([[frame]]))
    return described(form, name, file, schema, form.dialect)


def described(
    form: Form, name: str, path: str | list[str], schema: Schema, dialect: Mapping[str, str]
) -> dict[str, Any]:
    """A table as the descriptor has it."""
    resource = {"name": name, "type": "table", "path": path, "format": form.suffix}
    if form.suffix != "parquet":
        resource["encoding"] = "utf-8"
    if dialect:
        resource["dialect"] = dialect
    return resource | {"schema": schema}


def chunked(wanted: Wanted, start: int, stop: int, faults: list[Fault]) -> Iterator[list[Piece]]:
    """The rows of a file, some at a time."""
    for first in range(start, stop, CHUNK):
        last = min(first + CHUNK, stop)
        frame = varied(wanted, indices(first, last))
        here = [fault for fault in faults if first <= fault.row - FIRST_ROW < last]
        yield [*spoilt(frame, first, here)]


def varied(wanted: Wanted, index: pl.Series) -> pl.DataFrame:
    """The rows at some indices with what is wrong in the variants that list no row."""
    shape, frame = wanted.shape, wanted.shape.rows(index)
    name, text = shape.wrong
    if wanted.variant == "column":
        return frame.with_columns(text.alias(name))
    if wanted.variant != "scattered":
        return frame
    key = shape.schema["primaryKey"][0]
    at_fault = drawn("at fault", 10_000) < SCATTERED
    again = pl.col("index") % REPEATED == REPEATED - 1
    return (
        frame.insert_column(0, index.alias("index"))
        .with_columns(
            pl.when(at_fault).then(text).otherwise(name).alias(name),
            pl.when(again).then(pl.col(key).shift(1)).otherwise(key).alias(key),
        )
        .drop("index")
    )


def spoilt(frame: pl.DataFrame, first: int, faults: list[Fault]) -> Iterator[Piece]:
    """Rows with the faults that are put into some of them."""
    begin = 0
    for fault in faults:
        place = fault.row - FIRST_ROW - first
        if place > begin:
            yield frame[begin:place]
        cells = frame.row(place, named=True)
        yield fault.put_into({name: cell or "" for name, cell in cells.items()})
        begin = place + 1
    if begin < frame.height:
        yield frame[begin:]


def listed(wanted: Wanted, faults: list[Fault]) -> Iterator[dict[str, Any]]:
    """The faults of a package; one of every row has no row."""
    resource = wanted.shape.name
    if wanted.variant == "column":
        field = wanted.shape.wrong[0]
        place = {"resource": resource, "row": None, "field": field}
        yield place | {"code": "constraint-error", "kind": "column"}
    for fault in faults:
        way = fault.way
        place = {"resource": resource, "row": fault.row, "field": way.field}
        yield place | {"code": way.code, "kind": way.kind}


def as_json(value: object) -> str:
    """A value as JSON text for people."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--table", choices=TABLES, default="claims")
    parser.add_argument("--format", choices=FORMS, default="csv")
    parser.add_argument("--rows", type=int, required=True, metavar="N")
    parser.add_argument("--variant", choices=VARIANTS, default="clean")
    parser.add_argument("--files", type=int, default=1, metavar="N", help="of a clean table")
    parser.add_argument("--faults", type=int, default=FAULTS, metavar="N")
    given = parser.parse_args()
    if given.files > 1 and given.variant != "clean":
        parser.error("only a clean table is written in several files")
    shape, form = TABLES[given.table], FORMS[given.format]
    wanted = Wanted(shape, form, given.rows, given.variant, given.files)
    generate(given.folder, wanted, given.faults)


if __name__ == "__main__":
    main()
