"""Table Schemas as schemas of Pandera, which users put before frames of their own."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import polars as pl

from validate._src.checks._keyvalues import INDEX, key_values
from validate._src.checks._uniqueness import Uniqueness, uniquenesses
from validate._src.checks.constraints._columns import NOT_NULL, TEXT, TYPE, VALUE, Column
from validate._src.checks.constraints._compiled import CompiledSchema, compiled
from validate._src.checks.constraints._rules import CompiledRule
from validate._src.fields.constraints import REQUIRED, UNIQUE
from validate._src.fields.types import FIELD_TYPES
from validate._src.package.ledger import Ledger
from validate._src.tables.inframe import frame_table
from validate._src.words.codes import ERROR
from validate._src.words.errors import PackageError
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field

if TYPE_CHECKING:
    import pandera.polars as pa

PRIMARY_KEY = "primary-key"
ALL_FIELDS = ("exact", "equal", "subset")
"""Values of `fieldsMatch` by which each field has a column."""
NOT_NULLABLE = "not_nullable"
"""What Pandera calls its own check for missing values."""
NO_OTHERS = ("exact", "equal", "superset")
"""Those by which there is no other column."""


def pandera_schema(resource: TabularResource) -> "pa.DataFrameSchema":
    """The schema of a table as Pandera has it, for frames with columns such as `load` gives.

    Args:
        resource: the table.

    Raises:
        PackageError: a constraint or rule of the schema cannot be used.
    """
    import pandera.polars as pa

    schema, judged = resource.schema, _compiled(resource)
    keys = [key for key in uniquenesses(schema) if key.rule != UNIQUE.name]
    rules = [_rule_check(rule, resource) for rule in judged.rules.values()]
    return pa.DataFrameSchema(
        {field.name: _column(field, resource, judged) for field in schema.fields},
        checks=[*(_key_check(key, resource) for key in keys), *rules],
        strict=schema.fields_match in NO_OTHERS,
        ordered=schema.fields_match == "exact",
        name=resource.name,
        title=resource.title or None,
        description=resource.description or None,
        metadata=dict(schema.properties),
    )


def _compiled(resource: TabularResource) -> CompiledSchema:
    """What rows that have all columns are judged by.

    Raises:
        PackageError: a part of it cannot be used.
    """
    ledger, fields = Ledger(), resource.schema.fields
    no_rows = pl.DataFrame(schema={one.name: FIELD_TYPES[one.type].dtype for one in fields})
    judged = compiled(frame_table(resource, no_rows), ledger)
    for finding in ledger.findings():
        raise PackageError(f"{finding.place}: {finding.message}")
    return judged


def _column(field: Field, resource: TabularResource, judged: CompiledSchema) -> "pa.Column":
    import pandera.polars as pa

    schema, properties = resource.schema, field.properties
    return pa.Column(
        FIELD_TYPES[field.type].dtype,
        checks=[*_column_checks(field, resource, judged)],
        nullable=not schema.requires(field) or _may_be_nan(field),
        required=schema.fields_match in ALL_FIELDS,
        title=properties.get("title"),
        description=properties.get("description"),
        metadata=dict(properties),
    )


def _may_be_nan(field: Field) -> bool:
    """Whether a value may be NaN, which Pandera takes for null where a column has none, and we not.

    Source: Data Package 2.0, Table Schema, "number": NaN is a value.
    """
    return FIELD_TYPES[field.type].dtype == pl.Float64


def _column_checks(
    field: Field, resource: TabularResource, judged: CompiledSchema
) -> "Iterator[pa.Check]":
    """The checks of a column: its type, that it is not missing, and its constraints."""
    if resource.schema.requires(field) and _may_be_nan(field):
        yield _check(_is_given, NOT_NULLABLE, None, ignore_na=False)
    for prefix in (TEXT, VALUE):
        column = judged.columns[prefix + field.name]
        for condition in column.asked:
            name = REQUIRED.name if condition == NOT_NULL else condition
            met = partial(_met, field=field, resource=resource, column=column, condition=condition)
            yield _check(met, name, _asked(field, name))
    if field.constraints.get(UNIQUE.name) is True:
        key = Uniqueness((field.name,), "", None)
        yield _check(partial(_are_keyed, key=key, resource=resource), UNIQUE.name, None)


def _asked(field: Field, name: str) -> str | None:
    """What a check asks, as the schema says it."""
    if name == TYPE:
        return f"{field.type}, format {field.format}"
    argument: Any = field.constraints.get(name)
    return None if argument is None else f"{name} {argument}"


def _key_check(key: Uniqueness, resource: TabularResource) -> "pa.Check":
    what = f"{key.rule or 'primaryKey'} {', '.join(key.fields)}"
    return _check(partial(_are_keyed, key=key, resource=resource), what, None)


def _rule_check(rule: CompiledRule, resource: TabularResource) -> "pa.Check":
    import pandera.polars as pa

    return pa.Check(
        partial(_holds, rule=rule, resource=resource),
        name=rule.rule.name,
        error=rule.rule.name,
        description=rule.rule.message,
        raise_warning=rule.rule.severity != ERROR,
    )


def _check(met: Any, name: str, description: str | None, *, ignore_na: bool = True) -> "pa.Check":
    import pandera.polars as pa

    return pa.Check(met, name=name, error=name, description=description, ignore_na=ignore_na)


def _is_given(data: "pa.PolarsData") -> pl.LazyFrame:
    """Whether n values are not null."""
    return data.lazyframe.select(pl.col(data.key).is_not_null())


def _met(
    data: "pa.PolarsData",
    *,
    field: Field,
    resource: TabularResource,
    column: Column,
    condition: str,
) -> pl.LazyFrame:
    """Whether n cells meet a condition of their column.

    A null where a value is required Pandera finds itself; a text that stands for null is found
    here.
    """
    given = _rows(data, [field.name])
    table = frame_table(resource, given)
    text, value = table.cells[field.name], table.values[field.name]
    frame = pl.DataFrame([text.alias(TEXT + field.name), value.alias(VALUE + field.name)])
    cell = pl.col(column.name)
    if condition == NOT_NULL:
        met = cell.is_not_null() | pl.lit(given[field.name].is_null())
    else:
        met = column.conditions[condition](cell).fill_null(value=True)
    return frame.select(met.alias(field.name)).lazy()


def _are_keyed(
    data: "pa.PolarsData", *, key: Uniqueness, resource: TabularResource
) -> pl.LazyFrame:
    """Whether n rows are the first with their values of a key, which only a primary key must have.

    Rows without a part of the key are not compared.
    """
    table = frame_table(resource, _rows(data, key.fields))
    keyed = pl.Series("keyed", [True]).new_from_index(0, len(table.rows))
    if table.has(key.fields):
        values = key_values(table, key.fields)
        index = pl.col(INDEX)
        others = [name for name in values.columns if name != INDEX]
        repeated = values.filter(index != index.first().over(others))[INDEX]
        keyed = keyed.scatter(repeated, False)
        if key.code == PRIMARY_KEY:
            keyed &= table.cells.select(~pl.all_horizontal(pl.all().is_null())).to_series()
    return keyed.to_frame().lazy()


def _holds(data: "pa.PolarsData", *, rule: CompiledRule, resource: TabularResource) -> pl.LazyFrame:
    """Whether a rule holds for n rows; it does where it is unknown."""
    table = frame_table(resource, _rows(data, rule.names))
    if not table.has(rule.names):
        return pl.LazyFrame({"holds": pl.Series([True]).new_from_index(0, len(table.rows))})
    holds = rule.verdicts(table, most=len(table.rows)).holds
    return holds.fill_null(value=True).to_frame().lazy()


def _rows(data: "pa.PolarsData", names: Sequence[str]) -> pl.DataFrame:
    """All rows that Pandera looks at, with those of these columns that are there."""
    frame = data.lazyframe.collect()
    return frame.select(name for name in names if name in frame.columns)
