"""The table of docs/native-types.md is that of the code."""

import polars as pl
import pytest
from support.places import ROOT

from validate._src.fields.natives import HELD, group_of
from validate._src.fields.types import FIELD_TYPES
from validate._src.reading.spelled import kind_of

PAGE = ROOT / "docs" / "native-types.md"
LABELS = "| Parquet or Arrow | Polars | is read as | field types | without text |"
HEADER = f"{LABELS}\n|---|---|---|---|---|\n"
NATIVE = {
    "integers of 8 to 128 bits": [
        pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64,
    ],
    "half": [pl.Float16],
    "float": [pl.Float32],
    "double": [pl.Float64],
    "decimal": [pl.Decimal(10, 2)],
    "boolean": [pl.Boolean],
    "date": [pl.Date],
    "time": [pl.Time],
    "timestamp, with and without a zone": [pl.Datetime("us"), pl.Datetime("ns", "Asia/Tokyo")],
    "duration": [pl.Duration],
    "string": [pl.String],
    "dictionary of strings": [pl.Categorical, pl.Enum(["a"])],
    "binary": [pl.Binary],
    "list": [pl.List(pl.Int64), pl.Array(pl.Int64, 2)],
    "struct, map": [pl.Struct({"a": pl.Int64})],
}  # fmt: skip
"""Types of Polars, by what Parquet or Arrow call them."""


def names(found):
    return ", ".join(f"`{name}`" for name in found)


def fields_with(kind):
    """The field types that have values of a native type."""
    if kind == "text":
        return "all that can read it"
    if kind == "number":
        return f"{names(of_kind(kind))}; whole ones as integers"
    return names(of_kind(kind))


def of_kind(kind):
    return [name for name, field_type in FIELD_TYPES.items() if kind in field_type.native]


def row(parquet, dtypes):
    series = [pl.Series(dtype=dtype).dtype for dtype in dtypes]
    (kind,) = {kind_of(dtype) for dtype in series}
    groups = {group_of(dtype) for dtype in series}
    held = [name for name in FIELD_TYPES if any((group, name) in HELD for group in groups)]
    shown = [str(dtype.base_type()) for dtype in series]
    cells = parquet, names(dict.fromkeys(shown)), f"`{kind}`", fields_with(kind), names(held)
    return f"| {' | '.join(cells)} |\n".replace("|  |", "| |")


def test_the_table_of_native_types_is_that_of_the_code(golden):
    before, after = PAGE.read_text("utf-8").split(HEADER)
    rows = "".join(row(*one) for one in NATIVE.items())
    golden.text(PAGE, before + HEADER + rows + after[after.index("\n- *Field types*") :])


@pytest.mark.parametrize("group", sorted({group for group, _ in HELD}))
def test_each_type_that_needs_no_text_is_on_the_page(group):
    dtypes = (pl.Series(dtype=dtype).dtype for each in NATIVE.values() for dtype in each)
    assert group in map(group_of, dtypes)
