"""What the descriptor says of a table, and how Polars reads it by that."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from common import folder

Field = dict[str, Any]
FORMS_OF_NUMBERS = ("groupChar", "decimalChar", "bareNumber")
WORDS_OF_BOOLEANS = ("trueValues", "falseValues")


@dataclass(frozen=True)
class Described:
    """The table of a package that is named like it.

    Attributes:
        files: its files.
        form: their format.
        fields: the fields of its schema.
        separator: what parts its cells.
        missing: the texts of missing values.
    """

    files: list[Path]
    form: str
    fields: list[Field]
    separator: str
    missing: list[str]


def described() -> Described:
    """What the descriptor says of the table."""
    package = json.loads((folder() / "datapackage.json").read_text("utf-8"))
    resource = next(each for each in package["resources"] if each["name"] == package["name"])
    paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
    return Described(
        [folder() / path for path in paths],
        resource["format"],
        resource["schema"]["fields"],
        resource.get("dialect", {}).get("delimiter", ","),
        resource["schema"].get("missingValues", [""]),
    )


def scanned_csv(text_only: bool = False, datetimes: bool = False) -> pl.LazyFrame:
    """The rows of the table, read from CSV, with the types that Polars reads by itself.

    Args:
        text_only: whether all columns are read as text.
        datetimes: whether moments are parsed.
    """
    table = described()
    return pl.scan_csv(
        table.files,
        schema={
            field["name"]: pl.String if text_only else type_of(field, datetimes)
            for field in table.fields
        },
        separator=table.separator,
        null_values=[] if text_only else [text for text in table.missing if text],
        truncate_ragged_lines=text_only,
    )


def type_of(field: Field, datetimes: bool) -> type[pl.DataType] | pl.DataType:
    """The type of a field, text where Polars has no form of reading it."""
    match field["type"]:
        case "integer":
            return pl.Int64
        case "number" if not any(key in field for key in FORMS_OF_NUMBERS):
            return pl.Float64
        case "boolean" if not any(key in field for key in WORDS_OF_BOOLEANS):
            return pl.Boolean
        case "date" if "format" not in field:
            return pl.Date
        case "datetime" if datetimes:
            return pl.Datetime("us", "UTC")
        case _:
            return pl.String
