"""What coders gave to fields, judged by the schemas of the tables that they coded.

The units of a task make a table that is as wide as what was coded of them. It has the fields of
the table of which they would be rows, and the run that judges data judges it: what could not
stand there is no value of a coding.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from validate._src.curation.csvfile import write_records
from validate._src.curation.reliability.codings import Unit
from validate._src.engine.run import check
from validate._src.tables.reading import read_table
from validate._src.words.codes import ERROR
from validate._src.words.model import Dialect, Package, Part, TabularResource
from validate._src.words.schema import Edtf, Field, Schema

NOMINAL, ORDINAL, INTERVAL = "nominal", "ordinal", "interval"
NUMBERS = ("integer", "number", "year")
CLOSED = (*NUMBERS, "boolean", "date", "datetime", "duration", "time", "yearmonth")
"""Types whose values can be compared as they are; of texts, the schema must say which there are."""
FIRST_ROW = 2  # below the header


@dataclass(frozen=True)
class Coded:
    """What the units of one table have in its fields.

    Attributes:
        levels: the level of measurement of each field that was coded, in the order of the schema.
        orders: the values of each that has ordered categories, in their order.
        values: typed values by coder, name of the unit, and field; None for an empty cell.
        faults: what is wrong with units, each with the unit.
    """

    levels: Mapping[str, str]
    orders: Mapping[str, Sequence[Any]]
    values: Mapping[tuple[str, str], Mapping[str, Any]]
    faults: Sequence[tuple[Unit, str]]


def coded(package: Package, table: TabularResource, units: Sequence[Unit], *, given: bool) -> Coded:
    """What units have in the fields of a table, typed, and what is wrong with it.

    Args:
        package: the package, whose tables may be referred to.
        table: one of its tables.
        units: units that were coded as rows of it, at least one.
        given: whether the coders were given the units. Then a required field may be empty: to
            that coder, the row would not stand.
    """
    names = dict.fromkeys(name for unit in units for name in unit.values)
    faults = [*_unknown(table, units)]
    free = {"unique", "required"} if given else {"unique"}
    fields = [
        _alone(field, free) for field in table.schema.fields if _is_closed(field, table, names)
    ]
    faults += _incomplete(units, names)
    columns: dict[str, list[Any]] = {}
    if fields:  # units may have no values at all, and then are no rows
        wide = _wide(table, fields, units)
        faults += _found(package, wide, units)
        values = read_table(wide).values
        columns = {field.name: values[field.name].to_list() for field in fields}
    if not faults:
        faults += _incomparable(units, columns)
    return Coded(
        levels={field.name: _level(field) for field in fields},
        orders={
            field.name: [category.value for category in field.categories or ()]
            for field in fields
            if _level(field) == ORDINAL
        },
        values={
            (unit.coder, unit.name): {name: column[index] for name, column in columns.items()}
            for index, unit in enumerate(units)
        },
        faults=faults,
    )


def _is_closed(field: Field, table: TabularResource, names: Mapping[str, None]) -> bool:
    """Whether a field was coded, and its schema says what may stand in it."""
    refers = any(field.name in key.fields for key in table.schema.foreign_keys)
    listed = field.categories is not None or {"enum", "pattern"} & field.constraints.keys()
    closed = field.type == "string" and (listed or refers or field.edtf is not None)
    return field.name in names and (field.type in CLOSED or bool(closed))


def _unknown(table: TabularResource, units: Sequence[Unit]) -> Iterator[tuple[Unit, str]]:
    """Fields that the table does not have, or that may hold any text."""
    for unit in units:
        for name in unit.values:
            if name not in table.schema.names:
                yield unit, f"{table.name} has no field {name}"
            elif not _is_closed(table.schema.field(name), table, {name: None}):
                yield unit, f"{table.name}.{name} has no closed values that could be compared"


def _incomplete(units: Sequence[Unit], names: Mapping[str, None]) -> Iterator[tuple[Unit, str]]:
    """Units without a value, be it an empty one, in a field that others have."""
    for unit in units:
        for name in names:
            if name not in unit.values:
                yield unit, f"{name} is not coded"


def _alone(field: Field, free: Set[str]) -> Field:
    """A field without what other cells of its table have to do with it, or constraints not held."""
    constraints = {name: one for name, one in field.constraints.items() if name not in free}
    edtf = None if field.edtf is None else Edtf()
    return replace(field, missing_values=("",), constraints=constraints, edtf=edtf, numeral=None)


def _wide(
    table: TabularResource, fields: Sequence[Field], units: Sequence[Unit]
) -> TabularResource:
    """The units as rows of a table of their own.

    They are numbered, or a unit of which all cells are empty would be a blank row.
    """
    names = [field.name for field in fields]
    name = _other_than(names)
    numbered = Field(name, "integer", "default", {"name": name}, ("",), {})
    rows = [
        [str(number), *(unit.values.get(name) or "" for name in names)]
        for number, unit in enumerate(units)
    ]
    labels = [numbered.name, *(field.label for field in fields)]
    content = write_records([labels, *rows]).encode()
    keys = (key for key in table.schema.foreign_keys if {*key.fields} <= {*names})
    return replace(
        table,
        name=f"coded {table.name}",
        parts=(Part("coded", None, content),),
        data=None,
        format="csv",
        compression="",
        encoding="utf-8",
        detects_encoding=False,
        dialect=Dialect(),
        schema=Schema((numbered, *fields), foreign_keys=tuple(keys)),
        bytes=None,
        hash=None,
        judged=True,
        severity={},
    )


def _other_than(names: Sequence[str]) -> str:
    name = "number"
    while name in names:
        name += "_"
    return name


def _found(
    package: Package, wide: TabularResource, units: Sequence[Unit]
) -> Iterator[tuple[Unit, str]]:
    """What a run finds in the table of the units."""
    targets = {
        key.resource: replace(package.resources[key.resource], judged=False)
        for key in wide.schema.foreign_keys
    }
    report = check(Package(package.file, package.name, None, {**targets, wide.name: wide}))
    for finding in report.findings:
        if finding.resource == wide.name and finding.severity == ERROR and finding.row:
            yield units[finding.row - FIRST_ROW], finding.said
    for part in report.not_checked:
        yield units[0], f"{part.what} cannot be judged: {part.why}"


def _incomparable(
    units: Sequence[Unit], columns: Mapping[str, Sequence[Any]]
) -> Iterator[tuple[Unit, str]]:
    """Values in which nothing is wrong and that cannot be compared.

    Those are integers beyond 64 bits, and what a number can be that is none: NaN or infinite.
    """
    for name, column in columns.items():
        for unit, value in zip(units, column, strict=True):
            endless = isinstance(value, float) and not isfinite(value)
            if endless or (value is None and unit.values[name]):
                yield unit, f"{name}: a value beyond what can be compared"


def _level(field: Field) -> str:
    """The level of measurement of a field: what its schema says of the order of values."""
    if field.categories is not None:
        return ORDINAL if field.properties.get("categoriesOrdered") else NOMINAL
    return INTERVAL if field.type in NUMBERS else NOMINAL
